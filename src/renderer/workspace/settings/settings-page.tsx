import { useTranslation } from 'react-i18next';
import type { DeskMode } from '../../../shared/contract/views';
import { EmptyState } from '../../components/empty-state';
import { Problem } from '../../components/problem';
import { ModeChoice } from './mode-choice';
import { Preferences } from './preferences';
import { SettingsGroup } from './settings-group';
import styles from './settings-page.module.css';
import { TeamForm } from './team-form';
import { useSettings } from './use-settings';

export function SettingsPage({ mode, shortcutTaken }: { mode: DeskMode; shortcutTaken: boolean }) {
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
            <Preferences settings={state.settings} save={state.save} shortcutTaken={shortcutTaken} />
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
