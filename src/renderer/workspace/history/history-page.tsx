import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import { EmptyState } from '../../components/empty-state';
import frame from '../calls/calls-page.module.css';
import { HistoryDetail } from './history-detail';
import { HistoryList } from './history-list';
import { HistorySearchBar } from './history-search-bar';
import styles from './history-page.module.css';
import { useHistory, type HistorySearch } from './use-history';

/**
 * Every call this desk saw: found by name, number or any word said, one of them open beside the list.
 * @param first the call that is open at first
 */
export function HistoryPage({ first = null }: { first?: CallId | null }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<HistorySearch>({ text: '', kind: 'all' });
  const [open, setOpen] = useState<CallId | null>(first);
  const found = useHistory(search);
  const unsearched = search.text.trim() === '' && search.kind === 'all';
  return (
    <div className={frame.page} data-front={open === null ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('past.title')}</h1>
      <div className={`${frame.list ?? ''} ${styles.side ?? ''}`}>
        <HistorySearchBar search={search} onSearch={setSearch} found={found} />
        {found.state === 'searching' && <EmptyState icon="hourglass" title={t('past.searching')} />}
        {found.state === 'unread' && <EmptyState icon="alert" title={t('past.unread')} alert />}
        {found.state === 'ready' && found.rows.length === 0 && (
          <EmptyState
            icon="search"
            title={unsearched ? t('past.none') : t('past.nothing')}
            about={unsearched ? t('past.none_about') : t('past.nothing_about')}
          />
        )}
        {found.state === 'ready' && found.rows.length > 0 && (
          <HistoryList rows={found.rows} more={found.more} selected={open} onOpen={setOpen} />
        )}
      </div>
      <div className={frame.detail}>
        {open === null ? (
          <EmptyState icon="clock" title={t('past.choose')} about={t('past.choose_about')} />
        ) : (
          <HistoryDetail key={open} call={open} onBack={() => setOpen(null)} />
        )}
      </div>
    </div>
  );
}
