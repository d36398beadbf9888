import { useTranslation } from 'react-i18next';
import styles from './no-transcript.module.css';

/** Why there are no turns: none yet, or this platform sends none. */
export function NoTranscript({ offered, platform }: { offered: boolean; platform: string }) {
  const { t } = useTranslation();
  return (
    <p className={styles.none}>{offered ? t('transcript.none_yet') : t('transcript.not_offered', { platform })}</p>
  );
}
