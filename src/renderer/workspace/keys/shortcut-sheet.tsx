import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../../components/button';
import styles from './shortcut-sheet.module.css';

/** Every key of the desk, in one place; the code that reads each stands beside the window it works in. */
const KEYS = [
  { keys: 'Enter', what: 'claim' },
  { keys: 'Esc', what: 'hide' },
  { keys: 'Ctrl+Shift+Space', what: 'focus' },
  { keys: '↑ ↓', what: 'rows' },
  { keys: '1 – 9', what: 'outcome' },
  { keys: 'Backspace', what: 'level' },
  { keys: 'Ctrl+Enter', what: 'save' },
  { keys: 'Alt+1 … Alt+3', what: 'pages' },
  { keys: '?', what: 'sheet' },
] as const;

const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Opens on `?`, wherever no text is being typed. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.defaultPrevented || takesText(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen={open} onOpenChange={setOpen} isDismissable>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.sheet ?? ''} data-testid="shortcuts">
          {({ close }) => (
            <>
              <Heading slot="title" className={styles.title ?? ''}>
                {t('keys.title')}
              </Heading>
              <dl className={styles.keys}>
                {KEYS.map(({ keys, what }) => (
                  <div key={what}>
                    <dt>
                      <kbd className={styles.key}>{keys}</kbd>
                    </dt>
                    <dd>{t(`keys.${what}`)}</dd>
                  </div>
                ))}
              </dl>
              <Button onPress={close}>{t('action.close')}</Button>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
