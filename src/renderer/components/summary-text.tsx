import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TurnView } from '../../shared/contract/views';
import { wholeNumber } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { supportedSentences } from './support';
import styles from './summary.module.css';
import { Turn } from './turn';

/** The summary as plain text; a number behind a sentence opens the words it rests on. */
export function SummaryText({ text, turns }: { text: string; turns: readonly TurnView[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState<TurnView | null>(null);
  const parts = useMemo(() => supportedSentences(text, turns), [text, turns]);
  const sources = [...new Set(parts.flatMap(({ turn }) => (turn === null ? [] : [turn])))];
  return (
    <>
      <p className={styles.text} dir="auto" data-testid="pop-summary">
        {parts.map(({ text: sentence, turn }, index) => (
          <span key={index}>
            {turn === null ? sentence : sentence.trimEnd()}
            {turn !== null && (
              <button
                type="button"
                className={styles.source}
                aria-expanded={open?.key === turn.key}
                aria-label={t('summary.source', { n: wholeNumber(sources.indexOf(turn) + 1, locale) })}
                onClick={() => setOpen(open?.key === turn.key ? null : turn)}
              >
                {wholeNumber(sources.indexOf(turn) + 1, locale)}
              </button>
            )}
            {turn !== null && sentence.slice(sentence.trimEnd().length)}
          </span>
        ))}
      </p>
      {open !== null && (
        <blockquote className={styles.quote} aria-live="polite">
          <Turn turn={open} />
        </blockquote>
      )}
    </>
  );
}
