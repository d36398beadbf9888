import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { Masked } from './masked';
import { Section } from './section';
import { SummaryText } from './summary-text';
import styles from './summary.module.css';

/** The platform's words as plain text, or why there are none. */
export function Summary({
  summary,
  platform,
  privacy,
  transcript,
}: {
  summary: CallView['summary'];
  platform: string;
  privacy: boolean;
  transcript: CallView['transcript'];
}) {
  const { t } = useTranslation();
  const heard = useMemo(() => transcript.turns.slice(0, transcript.since_summary), [transcript]);
  return (
    <Section title={t('summary.title')}>
      {summary.state === 'present' ? (
        <Masked on={privacy} label={t('who.masked_summary')}>
          <SummaryText text={summary.text} turns={heard} />
        </Masked>
      ) : (
        <p className={styles.absent} data-testid="pop-summary">
          {t(`summary.${summary.reason}`, { platform })}
        </p>
      )}
    </Section>
  );
}
