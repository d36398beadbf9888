import { useTranslation } from 'react-i18next';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import field from '../../components/field.module.css';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { Choice } from '../settings/choice';
import { ExportButton } from './export-button';
import styles from './history-search-bar.module.css';
import type { HistorySearch, HistoryState } from './use-history';

const KINDS = ['all', 'answered', 'missed', 'other'] as const satisfies readonly HistorySearch['kind'][];
/** Characters of a search that main takes (`HISTORY_LIMITS.maxQuery`). */
const MAX_QUERY = 200;

export function HistorySearchBar({
  search,
  onSearch,
  found,
}: {
  search: HistorySearch;
  onSearch: (search: HistorySearch) => void;
  found: HistoryState;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className={styles.bar}>
      <SearchField
        aria-label={t('past.search')}
        value={search.text}
        maxLength={MAX_QUERY}
        onChange={(text) => onSearch({ ...search, text })}
      >
        <Input className={field.input ?? ''} placeholder={t('past.search')} dir="auto" data-testid="history-search" />
      </SearchField>
      <Choice
        label={t('past.kind')}
        value={search.kind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`past.${kind}`) }))}
        onChange={(kind) => onSearch({ ...search, kind })}
      />
      <div className={styles.found}>
        <p className={styles.total} role="status">
          {found.state === 'ready' &&
            (found.total.capped
              ? t('past.capped', { n: wholeNumber(found.total.count, locale) })
              : t('past.total', { count: found.total.count }))}
        </p>
        {found.state === 'ready' && found.total.count > 0 && <ExportButton search={search} />}
      </div>
    </div>
  );
}
