import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListsView } from '../../../shared/contract/list-views';
import { send, useDesk } from '../../bridge/desk';
import { useCommand } from '../../bridge/use-command';
import { usePageView } from '../../bridge/page-views';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { NoRows, StaleRows } from '../../components/rows-state';
import styles from '../../components/side-list.module.css';
import frame from '../calls/calls-page.module.css';
import { moveFocus } from '../calls/move-focus';
import { ImportPanel } from './import-panel';
import { LimitsPanel } from './limits-panel';
import { ListDetail } from './list-detail';
import { ListRowButton } from './list-row-button';

/** A supervisor's view of the leads: every list, an import, a simulated shift, and who holds which lead. */
export function ListsPage() {
  const { t } = useTranslation();
  const desk = useDesk();
  const view = usePageView('lists');
  const [front, setFront] = useState<'import' | 'limits' | 'list'>('list');
  const [listInFront, setListInFront] = useState(true);
  useEffect(() => {
    // Reports its own fault and never rejects.
    void send(desk, 'lists:watch', { on: true });
    return () => void send(desk, 'lists:watch', { on: false });
  }, [desk]);
  const opened = view?.open ?? null;
  const selected = view?.rows.find(({ id }) => id === opened?.id);
  // An import that is under way stands where nothing else was chosen.
  const underWay = selected === undefined && view !== undefined && view.import !== null;
  const detail =
    front === 'limits'
      ? 'limits'
      : front === 'import' || underWay
        ? 'import'
        : selected === undefined
          ? 'none'
          : 'list';
  return (
    <div className={frame.page} data-front={listInFront || detail === 'none' ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('nav.lists')}</h1>
      <div className={`${frame.list ?? ''} ${styles.side ?? ''}`}>
        <div className={styles.tools}>
          <Button
            testId="lists-import"
            onPress={() => {
              setFront('import');
              setListInFront(false);
            }}
          >
            {t('lists.import')}
          </Button>
          <Button
            testId="lists-limits"
            onPress={() => {
              setFront('limits');
              setListInFront(false);
            }}
          >
            {t('limits.open')}
          </Button>
        </div>
        <Rows
          view={view}
          onOpen={(list) => {
            setFront('list');
            setListInFront(false);
            // The same.
            void send(desk, 'lists:open', { list });
          }}
        />
      </div>
      <div className={frame.detail}>
        {detail === 'import' && (
          <ImportPanel
            current={view?.import ?? null}
            platforms={view?.platforms ?? []}
            onBack={() => {
              setFront('list');
              setListInFront(true);
            }}
          />
        )}
        {detail === 'limits' && (
          <LimitsPanel
            limits={view?.limits ?? null}
            onBack={() => {
              setFront('list');
              setListInFront(true);
            }}
          />
        )}
        {detail === 'list' && selected !== undefined && opened !== null && (
          <ListDetail
            key={selected.id}
            list={selected}
            open={opened}
            held={view?.held ?? []}
            onBack={() => setListInFront(true)}
          />
        )}
        {detail === 'none' && <EmptyState icon="list" title={t('lists.choose')} about={t('lists.choose_about')} />}
      </div>
    </div>
  );
}

function Rows({ view, onOpen }: { view: ListsView | undefined; onOpen: (list: string) => void }) {
  const { t } = useTranslation();
  const more = useCommand('lists:more');
  const rows = view?.rows ?? [];
  if (view === undefined || rows.length === 0) {
    const words = {
      ...{ loading: t('lists.loading'), unread: t('lists.unread') },
      ...{ none: t('lists.none'), about: t('lists.none_about') },
    };
    return <NoRows view={view} icon="list" words={words} />;
  }
  return (
    <>
      <div role="status">
        <StaleRows view={view} />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows inside are the interactive elements */}
      <div className={styles.list} role="region" aria-label={t('nav.lists')} onKeyDown={moveFocus}>
        {rows.map((list) => (
          <ListRowButton key={list.id} list={list} selected={list.id === view.open?.id} onOpen={onOpen} />
        ))}
      </div>
      {view.more && (
        <Button testId="lists-more" isPending={more.pending} onPress={() => more.run({})}>
          {t('lists.more')}
        </Button>
      )}
    </>
  );
}
