import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportView, ListsView } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { BackButton } from '../../components/back-button';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import { Problem } from '../../components/problem';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { ColumnChoices } from './column-choices';
import { ImportForm } from './import-form';
import { ImportReport } from './import-report';
import { ImportState } from './import-state';

/** Leads from a file: chosen, checked without importing anything, every refused row explained, then imported. */
export function ImportPanel({
  current,
  platforms,
  onBack,
}: {
  current: ImportView | null;
  platforms: ListsView['platforms'];
  onBack: () => void;
}) {
  const { t } = useTranslation();
  return (
    <article className={detail.detail} data-testid="import">
      <BackButton onPress={onBack} />
      <h2 className={detail.name}>{t('import.title')}</h2>
      {current === null ? <ImportForm platforms={platforms} /> : <Running current={current} onClosed={onBack} />}
    </article>
  );
}

function Running({ current, onClosed }: { current: ImportView; onClosed: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const run = useCommand('lists:import-run');
  const close = useCommand('lists:import-close');
  const check = useCommand('lists:import-check');
  const [mapped, setMapped] = useState<number>();
  const { state, job } = current;
  const report = job?.report ?? null;
  return (
    <>
      <ImportState current={current} />
      {job !== null && report !== null && state !== 'failed' && (
        <ImportReport
          report={report}
          became={state === 'checked' ? 'would' : 'imported'}
          save="lists:import-refused"
          columns={
            state === 'checked' ? (
              <ColumnChoices
                columns={report.columns}
                mapping={job.settings.mapping}
                last={mapped}
                onMapping={(mapping, column) => {
                  setMapped(column);
                  check.run({ settings: { ...job.settings, mapping } });
                }}
              />
            ) : undefined
          }
        />
      )}
      <div className={detail.actions}>
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
        <Problem words={run.problem ?? check.problem ?? close.problem} />
      </div>
    </>
  );
}
