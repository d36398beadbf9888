import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { DeskView } from '../../../shared/contract/views';
import { send, useDesk } from '../../bridge/desk';
import { EmptyState } from '../../components/empty-state';
import { CallDetail } from './call-detail';
import { CallList } from './call-list';
import styles from './calls-page.module.css';

/** List and detail side by side; one at a time where the window is narrow. */
export function CallsPage({ view }: { view: DeskView }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [listInFront, setListInFront] = useState(true);
  const { selected } = view;
  const row = view.rows.find(({ call }) => call === selected?.call);
  const open = (call: CallId) => {
    setListInFront(false);
    // Reports its own fault and never rejects.
    void send(desk, 'call:open', { call });
  };
  return (
    <div className={styles.page} data-front={listInFront || selected === null ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('nav.calls')}</h1>
      <div className={styles.list}>
        <CallList rows={view.rows} mode={view.mode} selected={selected?.call ?? null} onOpen={open} />
      </div>
      <div className={styles.detail}>
        {selected === null ? (
          <EmptyState icon="calls" title={t('calls.choose')} about={t('calls.choose_about')} />
        ) : (
          <CallDetail
            key={selected.call}
            call={selected}
            group={row?.group ?? 'ended'}
            onBack={() => setListInFront(true)}
          />
        )}
      </div>
    </div>
  );
}
