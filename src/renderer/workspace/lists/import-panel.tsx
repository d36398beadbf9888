import { useTranslation } from 'react-i18next';
import type { ImportView } from '../../../shared/contract/list-views';
import { NO_ANSWER, useReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { Problem } from '../../components/problem';
import { Progress } from '../../components/progress';
import { percent, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { ImportForm } from './import-form';
import styles from './import-panel.module.css';
import { ImportReport } from './import-report';

/** Leads from a file: chosen, checked without importing anything, every refused row explained, then imported. */
export function ImportPanel({ current, onBack }: { current: ImportView | null; onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <article className={styles.panel} data-testid="import">
      <div className={styles.back}>
        <Button kind="plain" onPress={onBack}>
          <Icon name="back" />
          {t('calls.back')}
        </Button>
      </div>
      <h2 className={styles.title}>{t('import.title')}</h2>
      {current === null ? <ImportForm /> : <Running current={current} onClosed={onBack} />}
    </article>
  );
}

function Running({ current, onClosed }: { current: ImportView; onClosed: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useReasonWords();
  const run = useCommand('lists:import-run');
  const close = useCommand('lists:import-close');
  const { state, job, file } = current;
  const report = job?.report ?? null;
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
            : current.reason === undefined
              ? words(NO_ANSWER)
              : words({ reason: current.reason })}
        </p>
      )}
      {report !== null && state !== 'failed' && <ImportReport report={report} dry={state === 'checked'} />}
      <div className={styles.actions}>
        {state === 'checked' && report !== null && (
          <Button
            kind="primary"
            testId="import-run"
            isDisabled={report.imported === 0}
            isPending={run.pending}
            onPress={() => run.run({})}
          >
            {t('import.run', { count: report.imported, n: wholeNumber(report.imported, locale) })}
          </Button>
        )}
        <Button
          testId="import-close"
          isPending={close.pending}
          onPress={() =>
            close.run({}, (ok) => {
              if (ok) onClosed();
            })
          }
        >
          {state === 'done' || state === 'failed' || state === 'cancelled' ? t('action.close') : t('action.cancel')}
        </Button>
        <Problem words={run.problem ?? close.problem} />
      </div>
    </>
  );
}
