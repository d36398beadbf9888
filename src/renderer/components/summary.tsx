import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { Masked } from './masked';
import { Section } from './section';
import styles from './summary.module.css';

/** The platform's words as plain text, or why there are none. */
export function Summary({
  summary,
  platform,
  privacy,
}: {
  summary: CallView['summary'];
  platform: string;
  privacy: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Section title={t('summary.title')}>
      {summary.state === 'present' ? (
        <Masked on={privacy} label={t('who.masked_summary')}>
          <p className={styles.text} dir="auto" data-testid="pop-summary">
            {summary.text}
          </p>
        </Masked>
      ) : (
        <p className={styles.absent} data-testid="pop-summary">
          {t(`summary.${summary.reason}`, { platform })}
        </p>
      )}
    </Section>
  );
}
