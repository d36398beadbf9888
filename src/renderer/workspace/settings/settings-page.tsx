import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/settings';
import type { DeskMode } from '../../../shared/contract/views';
import { EmptyState } from '../../components/empty-state';
import { Problem } from '../../components/problem';
import { Choice } from './choice';
import { ModeChoice } from './mode-choice';
import { SettingsGroup } from './settings-group';
import styles from './settings-page.module.css';
import { TeamForm } from './team-form';
import { Toggle } from './toggle';
import { useSettings } from './use-settings';

export function SettingsPage({ mode }: { mode: DeskMode }) {
  const { t } = useTranslation();
  const state = useSettings();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('settings.title')}</h1>
        {state.state === 'loading' && <EmptyState icon="hourglass" title={t('settings.loading')} />}
        {state.state === 'unread' && <EmptyState icon="alert" title={t('settings.unread')} alert />}
        {state.state === 'ready' && (
          <>
            <SettingsGroup title={t('settings.connection')}>
              <ModeChoice
                mode={state.settings.mode}
                running={mode}
                onMode={(next) => state.save({ ...state.settings, mode: next })}
              />
              <TeamForm relay={state.settings.team.relays[0] ?? ''} />
            </SettingsGroup>
            <Preferences settings={state.settings} save={state.save} />
            <p className={styles.saved} role="status">
              {state.saved && t('settings.saved')}
            </p>
            <Problem words={state.problem} />
          </>
        )}
      </div>
    </div>
  );
}

function Preferences({ settings, save }: { settings: Settings; save: (settings: Settings) => void }) {
  const { t } = useTranslation();
  const { pop } = settings;
  return (
    <>
      <SettingsGroup title={t('settings.calls')}>
        <Toggle
          label={t('settings.pop_enabled')}
          about={t('settings.pop_enabled_about')}
          value={pop.enabled}
          onChange={(enabled) => save({ ...settings, pop: { ...pop, enabled } })}
        />
        <Choice
          label={t('settings.display')}
          value={pop.display}
          options={[
            { value: 'cursor', label: t('settings.display_cursor') },
            { value: 'primary', label: t('settings.display_primary') },
          ]}
          onChange={(display) => save({ ...settings, pop: { ...pop, display } })}
        />
        <Toggle
          label={t('settings.notifications')}
          value={settings.notifications.enabled}
          onChange={(enabled) => save({ ...settings, notifications: { ...settings.notifications, enabled } })}
        />
      </SettingsGroup>
      <SettingsGroup title={t('settings.privacy')}>
        <Toggle
          label={t('settings.privacy_switch')}
          about={t('settings.privacy_about')}
          value={settings.privacy}
          onChange={(privacy) => save({ ...settings, privacy })}
        />
      </SettingsGroup>
      <SettingsGroup title={t('settings.appearance')}>
        <Choice
          label={t('settings.language')}
          value={settings.language}
          options={[
            { value: 'system', label: t('settings.system') },
            // Each language in its own words: the way back for someone who cannot read the present one.
            { value: 'en', label: 'English' },
            { value: 'hi', label: 'हिन्दी' },
            { value: 'tr', label: 'Türkçe' },
          ]}
          onChange={(language) => save({ ...settings, language })}
        />
        <Choice
          label={t('settings.theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('settings.system') },
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
          ]}
          onChange={(theme) => save({ ...settings, theme })}
        />
      </SettingsGroup>
    </>
  );
}
