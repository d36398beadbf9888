import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { DeskView } from '../../../shared/contract/views';
import { send, useDesk } from '../../bridge/desk';
import { EmptyState } from '../../components/empty-state';
import type { OutcomeAsked } from '../use-asked-outcome';
import { CallDetail } from './call-detail';
import { CallList } from './call-list';
import styles from './calls-page.module.css';

/** List and detail side by side; one at a time where the window is narrow. */
export function CallsPage({
  view,
  asked,
  outcome,
}: {
  view: DeskView;
  /** How often the call has been asked for from outside: from the pop, a notification, a link. */
  asked: number;
  /** The call whose outcome was asked for, and with which asking. */
  outcome: OutcomeAsked | undefined;
}) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { selected } = view;
  // The call is in front until the person goes back to the list, and again whenever one is chosen or asked for.
  const asking = `${selected?.call ?? ''} ${asked}`;
  const [listSince, setListSince] = useState<string | null>(null);
  const row = view.rows.find(({ call }) => call === selected?.call);
  const open = (call: CallId) => {
    setListSince(null);
    // Reports its own fault and never rejects.
    void send(desk, 'call:open', { call });
  };
  return (
    <div
      className={styles.page}
      data-testid="calls-page"
      data-front={selected === null || listSince === asking ? 'list' : 'detail'}
    >
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
            outcomeAsked={outcome?.call === selected.call ? outcome.times : 0}
            onBack={() => setListSince(asking)}
          />
        )}
      </div>
    </div>
  );
}
