import { useTranslation } from 'react-i18next';
import type { ImportView } from '../../../shared/contract/list-views';
import { NO_ANSWER, useReasonWords } from '../../bridge/reason-words';
import { Progress } from '../../components/progress';
import { percent, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './import-panel.module.css';

/** Where a file is on its way, or why it cannot be used. */
export function ImportState({ current: { state, job, file, reason } }: { current: ImportView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useReasonWords();
  return (
    <>
      <p className={styles.file}>
        <bdi>{file}</bdi>
      </p>
      <div role="status" className={styles.state}>
        {state === 'uploading' && <p>{t('import.uploading')}</p>}
        {state === 'working' && job !== null && (
          <Progress
            part={job.progress.part}
            words={t(`import.${job.state === 'importing' || job.state === 'publishing' ? 'importing' : 'checking'}`, {
              n: wholeNumber(job.progress.rows, locale),
              part: percent(job.progress.part, locale),
            })}
          />
        )}
        {state === 'done' && <p className={styles.done}>{t('import.done')}</p>}
        {state === 'cancelled' && <p>{t('import.cancelled')}</p>}
      </div>
      {state === 'failed' && (
        <p role="alert" className={styles.wrong}>
          {job?.fault !== undefined && job.fault !== null
            ? t(`import_fault.${job.fault}`)
            : reason === undefined
              ? words(NO_ANSWER)
              : words({ reason })}
        </p>
      )}
    </>
  );
}
