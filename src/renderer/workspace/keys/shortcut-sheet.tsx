import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { Keys } from '../../../shared/contract/keys';
import { isChord, useKeys } from '../../bridge/keys';
import { Button } from '../../components/button';
import { useChordWords } from '../../components/chord';
import { pagesFor } from '../pages';
import styles from './shortcut-sheet.module.css';

/** Every key of the desk, in one place; the code that reads each stands beside the window it works in. */
function rowsOf(keys: Keys, pages: number) {
  return [
    { keys: keys.claim, what: 'claim' },
    { keys: keys.hide, what: 'hide' },
    { keys: keys.focus, what: 'focus' },
    { keys: '↑ ↓', what: 'rows' },
    { keys: '1 – 9', what: 'outcome' },
    { keys: 'Backspace', what: 'level' },
    { keys: keys.save, what: 'save' },
    { keys: keys.call, what: 'call' },
    { keys: keys.next, what: 'next' },
    { keys: keys.later, what: 'later' },
    { keys: keys.skip, what: 'skip' },
    { keys: keys.pass, what: 'pass' },
    { keys: keys.remove, what: 'remove' },
    { keys: keys.never, what: 'never' },
    { keys: keys.extend, what: 'extend' },
    { keys: `Alt+1 … Alt+${pages}`, what: 'pages' },
    { keys: ['Ctrl +', 'Ctrl −', 'Ctrl 0'], what: 'text_size' },
    { keys: keys.sheet, what: 'sheet' },
  ] as const;
}

const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Opens on its key, wherever no text is being typed. */
export function ShortcutSheet({ supervisor }: { supervisor: boolean }) {
  const { t } = useTranslation();
  const chordWords = useChordWords();
  const keys = useKeys();
  const { sheet } = keys;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isChord(event, sheet) || event.defaultPrevented || takesText(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [sheet]);
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
                {rowsOf(keys, pagesFor(supervisor).length).map(({ keys: chord, what }) => (
                  <div key={what}>
                    <dt className={styles.chords}>
                      {typeof chord === 'string' ? (
                        <kbd className={styles.key}>{chordWords(chord)}</kbd>
                      ) : (
                        chord.map((one) => (
                          <kbd key={one} className={styles.key}>
                            {one}
                          </kbd>
                        ))
                      )}
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
