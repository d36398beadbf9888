import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../shared/contract/views';
import { useDesk } from '../bridge/desk';
import { useView, type ViewStore } from '../bridge/view-store';
import { EmptyState } from '../components/empty-state';
import { CallsPage } from './calls/calls-page';
import { DeskAnnouncer } from './desk-announcer';
import { NavRail, type Page } from './nav-rail';
import { Notices } from './notices';
import { SettingsPage } from './settings/settings-page';
import { StaleBanner } from './stale-banner';
import { TopBar } from './top-bar';
import styles from './workspace-window.module.css';

export function WorkspaceWindow({ store }: { store: ViewStore<DeskView> }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const view = useView(store);
  const [page, setPage] = useState<Page>('calls');
  useEffect(() => desk.on('desk:navigate', (data) => setPage(data.page)), [desk]);
  if (view === undefined) return <EmptyState icon="hourglass" title={t('app.starting')} />;
  const waiting = view.rows.filter((row) => row.group === 'waiting').length;
  return (
    <div className={styles.window}>
      <DeskAnnouncer rows={view.rows} />
      <NavRail page={page} onPage={setPage} waiting={waiting} />
      <div className={styles.side}>
        <TopBar view={view} onSetUp={() => setPage('settings')} />
        <StaleBanner connection={view.connection} />
        <Notices notices={view.notices} />
        <main className={styles.page}>
          {page === 'calls' ? <CallsPage view={view} /> : <SettingsPage mode={view.mode} />}
        </main>
      </div>
    </div>
  );
}
