import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../shared/contract/views';
import { STANDARD_KEYS } from '../../shared/lib/keys';
import { useDesk } from '../bridge/desk';
import { KeysProvider } from '../bridge/keys';
import { usePageView } from '../bridge/page-views';
import { useView, type ViewStore } from '../bridge/view-store';
import { EmptyState } from '../components/empty-state';
import { CrmProvider } from '../components/open-crm';
import { CallsPage } from './calls/calls-page';
import { CallbacksPage } from './callbacks/callbacks-page';
import { ReminderBar } from './callbacks/reminder-bar';
import { CampaignsPage } from './campaigns/campaigns-page';
import type { TypedCampaign } from './campaigns/typed-campaign';
import { DeskAnnouncer } from './desk-announcer';
import { DeskCheckPage } from './desk-check/desk-check-page';
import { FirstRunPage } from './first-run/first-run-page';
import { FloorPage } from './floor/floor-page';
import { HistoryPage } from './history/history-page';
import { ShortcutSheet } from './keys/shortcut-sheet';
import { usePageKeys } from './keys/use-page-keys';
import { NavRail } from './nav-rail';
import { Notices } from './notices';
import { DialerPage } from './dialer/dialer-page';
import { ListsPage } from './lists/lists-page';
import { DraftsProvider, type Drafts } from './outcome/drafts';
import type { Page } from './pages';
import { OutcomesPage } from './settings/outcomes/outcomes-page';
import { SettingsPage } from './settings/settings-page';
import { StaleBanner } from './stale-banner';
import { TopBar } from './top-bar';
import { useAskedOutcome } from './use-asked-outcome';
import styles from './workspace-window.module.css';

const isSupervisor = (agent: DeskView['agent']) => agent !== null && agent.role !== 'agent';

export function WorkspaceWindow({ store, firstPage = 'calls' }: { store: ViewStore<DeskView>; firstPage?: Page }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const view = useView(store);
  const [page, setPage] = useState<Page>(firstPage);
  const [drafts] = useState<Drafts>(() => new Map());
  // Here, so that it outlives its page: whoever looks something up elsewhere finds it as it was.
  const [campaign, setCampaign] = useState<TypedCampaign>();
  const supervisor = isSupervisor(view?.agent ?? null);
  const callbacks = usePageView('callbacks');
  const outcome = useAskedOutcome(setPage);
  const go = (next: Page) => {
    outcome.forgetPast();
    setPage(next);
  };
  usePageKeys(go, supervisor);
  // How often main has asked for a page.
  const [asked, setAsked] = useState(0);
  useEffect(
    () =>
      desk.on('desk:navigate', (data) => {
        setPage(data.page);
        setAsked((times) => times + 1);
      }),
    [desk],
  );
  if (view === undefined) return <EmptyState icon="hourglass" title={t('app.starting')} />;
  const waiting = view.rows.filter((row) => row.group === 'waiting').length;
  const due = (callbacks?.due ?? 0) + (callbacks?.overdue ?? 0);
  return (
    <KeysProvider value={view.keys ?? STANDARD_KEYS}>
      <CrmProvider value={view.crm === true}>
        <div className={styles.window}>
          <DeskAnnouncer rows={view.rows} />
          <ShortcutSheet supervisor={supervisor} />
          <NavRail page={page} onPage={go} waiting={waiting} due={due} supervisor={supervisor} />
          <div className={styles.side}>
            <TopBar view={view} onSetUp={() => setPage('settings')} onOutcome={outcome.ask} />
            <StaleBanner connection={view.connection} />
            <Notices notices={view.notices} />
            <ReminderBar onShow={() => setPage('callbacks')} />
            <main className={styles.page}>
              <DraftsProvider value={drafts}>
                {page === 'calls' && <CallsPage view={view} asked={asked} outcome={outcome.present} />}
                {page === 'dialer' && <DialerPage supervisor={supervisor} />}
                {page === 'history' && <HistoryPage key={outcome.past?.times} first={outcome.past?.call ?? null} />}
              </DraftsProvider>
              {page === 'callbacks' && <CallbacksPage />}
              {page === 'campaigns' && <CampaignsPage supervisor={supervisor} typed={campaign} onTyped={setCampaign} />}
              {page === 'lists' && supervisor && <ListsPage />}
              {page === 'floor' && supervisor && <FloorPage />}
              {page === 'first-run' && <FirstRunPage view={view} onDone={() => setPage('calls')} />}
              {page === 'desk-check' && <DeskCheckPage live={view.connection.state === 'live'} />}
              {page === 'outcomes' && <OutcomesPage onBack={() => setPage('settings')} />}
              {page === 'settings' && (
                <SettingsPage
                  mode={view.mode}
                  onPage={setPage}
                  shortcutTaken={view.notices.some(({ kind }) => kind === 'shortcut_taken')}
                />
              )}
            </main>
          </div>
        </div>
      </CrmProvider>
    </KeysProvider>
  );
}
