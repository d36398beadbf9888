import { useTranslation } from 'react-i18next';
import type { DeskMode } from '../../../shared/contract/views';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Problem } from '../../components/problem';
import { SoloSetup } from '../first-run/solo-setup';
import type { Page } from '../pages';
import { CompanySettings } from './company-settings';
import { Diagnostics } from './diagnostics';
import { Locked, PolicyProvider } from './locked';
import { ModeChoice } from './mode-choice';
import { Preferences } from './preferences';
import { RelayAddresses } from './relay-addresses';
import { SettingsGroup } from './settings-group';
import styles from './settings-page.module.css';
import { TeamForm } from './team-form';
import { useSettings } from './use-settings';

export function SettingsPage({
  mode,
  shortcutTaken,
  onPage,
}: {
  mode: DeskMode;
  shortcutTaken: boolean;
  onPage: (page: Page) => void;
}) {
  const { t } = useTranslation();
  const state = useSettings();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('settings.title')}</h1>
        {state.state === 'loading' && <EmptyState icon="hourglass" title={t('settings.loading')} />}
        {state.state === 'unread' && <EmptyState icon="alert" title={t('settings.unread')} alert />}
        {state.state === 'ready' && (
          <PolicyProvider>
            <SettingsGroup title={t('settings.connection')}>
              <Locked keys={['mode', 'team']}>
                <ModeChoice
                  mode={state.settings.mode}
                  onMode={(next) => state.save({ ...state.settings, mode: next })}
                />
                {state.settings.mode === 'team' && state.settings.team.relays.length > 0 && (
                  <RelayAddresses
                    key={state.settings.team.relays.join()}
                    relays={state.settings.team.relays}
                    onRelays={(relays) => state.save({ ...state.settings, team: { relays } })}
                  />
                )}
              </Locked>
              {state.settings.mode === 'solo' && mode === 'solo' && <SoloSetup />}
              <TeamForm relay={state.settings.team.relays[0] ?? ''} />
              <div className={styles.buttons}>
                <Button testId="open-first-run" onPress={() => onPage('first-run')}>
                  {t('door.again')}
                </Button>
                <Button testId="open-desk-check" onPress={() => onPage('desk-check')}>
                  {t('check.title')}
                </Button>
              </div>
            </SettingsGroup>
            <CompanySettings />
            <Preferences
              settings={state.settings}
              save={state.save}
              shortcutTaken={shortcutTaken}
              onOutcomes={() => onPage('outcomes')}
            />
            <Diagnostics />
            <div className={styles.outcome} data-said={state.saved || state.problem !== null || undefined}>
              <p className={styles.saved} role="status">
                {state.saved && t('settings.saved')}
              </p>
              <Problem words={state.problem} />
            </div>
          </PolicyProvider>
        )}
      </div>
    </div>
  );
}
