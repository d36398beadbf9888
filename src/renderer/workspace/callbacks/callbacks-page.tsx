import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackRow, CallbacksView } from '../../../shared/contract/callback-views';
import { usePageView } from '../../bridge/page-views';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { Banner } from '../../components/banner';
import { EmptyState } from '../../components/empty-state';
import frame from '../calls/calls-page.module.css';
import { moveFocus } from '../calls/move-focus';
import { CallbackDetail } from './callback-detail';
import { CallbackRowButton } from './callback-row-button';
import styles from './callbacks-page.module.css';

type Group = 'overdue' | 'due' | 'mine' | 'queue';
const GROUPS: readonly Group[] = ['overdue', 'due', 'mine', 'queue'];

function groupOf({ state, owner }: CallbackRow): Group {
  if (state !== 'waiting') return state;
  return owner === 'mine' ? 'mine' : 'queue';
}

/** What was promised: overdue and due first, then the agent's own to come, then the queue's. */
export function CallbacksPage() {
  const { t } = useTranslation();
  const view = usePageView('callbacks');
  const words = useRelayReasonWords();
  const [open, setOpen] = useState<string | null>(null);
  const [listInFront, setListInFront] = useState(true);
  const rows = view?.rows ?? [];
  const selected = rows.find(({ id }) => id === open) ?? rows.find(({ id }) => id === view?.reminders[0]);
  return (
    <div className={frame.page} data-front={listInFront || selected === undefined ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('nav.callbacks')}</h1>
      <div className={frame.list}>
        <div role="status">
          {view?.state === 'failed' && (
            <Banner tone="waiting" icon="alert">
              {t('callbacks.stale')} {words(view.reason ?? 'no_answer')}
            </Banner>
          )}
        </div>
        <Rows
          view={view}
          selected={selected?.id ?? null}
          onOpen={(id) => {
            setOpen(id);
            setListInFront(false);
          }}
        />
      </div>
      <div className={frame.detail}>
        {selected === undefined ? (
          <EmptyState icon="callback" title={t('callbacks.choose')} about={t('callbacks.choose_about')} />
        ) : (
          <CallbackDetail key={selected.id} row={selected} onBack={() => setListInFront(true)} />
        )}
      </div>
    </div>
  );
}

function Rows({
  view,
  selected,
  onOpen,
}: {
  view: CallbacksView | undefined;
  selected: string | null;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  if (view === undefined || (view.state === 'loading' && view.rows.length === 0))
    return <EmptyState icon="hourglass" title={t('callbacks.loading')} />;
  if (view.rows.length === 0)
    return <EmptyState icon="callback" title={t('callbacks.none')} about={t('callbacks.none_about')} />;
  return (
    // Arrow keys are a convenience over the tab order; each row is a button of its own.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows inside are the interactive elements
    <div className={styles.list} role="region" aria-label={t('nav.callbacks')} onKeyDown={moveFocus}>
      {GROUPS.map((group) => {
        const members = view.rows.filter((row) => groupOf(row) === group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-label={t(`callbacks.${group}`)} data-testid={`callbacks-${group}`}>
            <h2 className={styles.head} data-group={group}>
              {t(`callbacks.${group}`)}
            </h2>
            {members.map((row) => (
              <CallbackRowButton key={row.id} row={row} selected={row.id === selected} onOpen={onOpen} />
            ))}
          </section>
        );
      })}
      {view.more && <p className={styles.more}>{t('callbacks.more')}</p>}
    </div>
  );
}
