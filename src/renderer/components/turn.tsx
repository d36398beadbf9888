import { useTranslation } from 'react-i18next';
import type { TurnView } from '../../shared/contract/views';
import styles from './turn.module.css';

/** One utterance. Who spoke is a word first; the indent and tint only help the eye. */
export function Turn({ turn }: { turn: TurnView }) {
  const { t } = useTranslation();
  return (
    <div className={styles.turn} data-speaker={turn.speaker} data-partial={turn.partial || undefined}>
      <span className={styles.speaker}>{t(`transcript.${turn.speaker}`)}</span>
      <span className={styles.text} dir="auto">
        {turn.text}
        {turn.partial && (
          <span className={styles.partial} title={t('transcript.speaking')}>
            …<span className="visually-hidden"> {t('transcript.speaking')}</span>
          </span>
        )}
      </span>
    </div>
  );
}

/** Where the summary's knowledge ends. */
export function SinceSummary() {
  const { t } = useTranslation();
  return (
    <div className={styles.since}>
      <span>{t('transcript.since_summary')}</span>
    </div>
  );
}
