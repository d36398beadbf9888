import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';
import styles from './modal.module.css';

/** A question in front of everything else. Escape and a press outside close it and change nothing. */
export function Modal({
  title,
  isOpen,
  onClose,
  testId,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  testId?: string;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <AriaModal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} data-testid={testId}>
          <Heading slot="title" className={styles.title ?? ''}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
