import { useTranslation } from 'react-i18next';
import type { ColumnTarget, ImportReport, ImportSettings } from '../../../shared/contract/lead-imports';
import { COLUMN_TARGETS } from '../../../shared/lib/column-targets';
import detail from '../../components/detail.module.css';
import { Section } from '../../components/section';
import { Choice } from '../settings/choice';
import styles from './import-panel.module.css';

type Column = ImportReport['columns'][number];

/** What each column of the file is taken for, to be put right before anything is imported: every choice is checked anew. */
export function ColumnChoices({
  columns,
  mapping,
  last,
  onMapping,
}: {
  columns: readonly Column[];
  /** What was chosen so far; the rest is guessed from the headers. */
  mapping: ImportSettings['mapping'];
  /** The column chosen last: it has the keyboard again once the check is through. */
  last: number | undefined;
  onMapping: (mapping: ImportSettings['mapping'], column: number) => void;
}) {
  const { t } = useTranslation();
  const choose = (chosen: number, to: ColumnTarget) => {
    onMapping([...mapping.filter(({ column }) => column !== chosen), { column: chosen, to }], chosen);
  };
  return (
    <Section title={t('import.columns')}>
      <p className={detail.soft}>{t('import.columns_about')}</p>
      <div className={styles.columns}>
        {columns.map(({ column, header, to, segment, samples: [sample] }) => (
          <Choice
            key={column}
            label={[header === '' ? t('import.column', { number: column + 1 }) : header, sample]
              .filter(Boolean)
              .join(' · ')}
            value={segment === true ? 'segment' : to}
            options={COLUMN_TARGETS.map((value) => ({ value, label: t(`column.${value}`) }))}
            onChange={(chosen) => choose(column, chosen)}
            hasKeyboard={column === last}
            testId={`import-column-${column}`}
          />
        ))}
      </div>
    </Section>
  );
}
