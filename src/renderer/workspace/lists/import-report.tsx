import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport as Report } from '../../../shared/contract/lead-imports';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import { Problem } from '../../components/problem';
import { Section } from '../../components/section';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import table from '../campaigns/campaign-calls.module.css';
import { useReasonCodeWords } from '../dialer/verdict-words';
import styles from './import-panel.module.css';

/** Where the rows that were left out are kept as a file. */
type SaveChannel = 'lists:import-refused' | 'campaigns:refused';

/** Rows in = imported + duplicates + refused; every refused row with its field and reason. */
export function ImportReport({
  report,
  became,
  save,
  columns,
}: {
  report: Report;
  /** What became, or would become, of the rows that are right. */
  became: 'would' | 'imported' | 'accepted';
  save: SaveChannel;
  /** What the columns are taken for, where that may still be chosen; else they are only told. */
  columns?: ReactNode;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const numbers = [
    ['rows', report.rows],
    [became, report.imported],
    ['duplicates', report.duplicates],
    ['refused', report.refused],
  ] as const;
  return (
    <div className={styles.parts} data-testid="import-report">
      <dl className={detail.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`import.${name}`)}</dt>
            <dd data-testid={`import-${name}`}>{wholeNumber(value, locale)}</dd>
          </div>
        ))}
      </dl>
      {columns ?? <Columns columns={report.columns} />}
      <Dial dial={report.dial} />
      <Problems report={report} save={save} />
    </div>
  );
}

function Columns({ columns }: Pick<Report, 'columns'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('import.columns')}>
      <ul className={styles.list}>
        {columns.map(({ column, header, to, name, segment }) => (
          <li key={column}>
            <bdi>{header === '' ? column + 1 : header}</bdi> → {t(`column.${segment === true ? 'segment' : to}`)}
            {to === 'field' && name !== null && name !== header && (
              <>
                {' '}
                <bdi className={detail.soft}>{name}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the rules would say of those that are imported. */
function Dial({ dial }: Pick<Report, 'dial'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useReasonCodeWords();
  const number = (value: number) => wholeNumber(value, locale);
  return (
    <Section title={t('import.rules')}>
      <p>
        {t('import.dial', {
          now: number(dial.allowed),
          later: number(dial.later),
          blocked: number(dial.blocked),
        })}
      </p>
      <ul className={styles.list}>
        {dial.rules.map(({ rule, reason, leads }) => (
          <li key={`${rule} ${reason}`}>
            {t('simulation.leads', { count: leads })}: {words(reason)} <code className={detail.soft}>{rule}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Problems({ report, save: channel }: { report: Report; save: SaveChannel }) {
  const { t } = useTranslation();
  const save = useCommand(channel);
  const { problems } = report;
  if (problems.length === 0) return null;
  const shown = report.refused + report.duplicates > problems.length;
  return (
    <Section title={t('import.problems')}>
      <div className={table.scroll}>
        <table className={table.table} data-testid="import-problems">
          <thead>
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('import.field')}</th>
              <th scope="col">{t('import.why')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ row, field, reason, of_row: of }) => (
              <tr key={`${row} ${reason} ${field ?? ''}`}>
                <th scope="row">{row}</th>
                <td dir="auto">{field}</td>
                <td>
                  {t(`refusal.${reason}`)}
                  {of !== undefined && ` (${t('import.of_row', { row: of })})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && <p className={detail.soft}>{t('import.first_only', { count: problems.length })}</p>}
      <div className={detail.actions}>
        <Button testId="import-refused-save" isPending={save.pending} onPress={() => save.run({})}>
          {t('import.save_refused')}
        </Button>
        <Problem words={save.problem} />
      </div>
    </Section>
  );
}
