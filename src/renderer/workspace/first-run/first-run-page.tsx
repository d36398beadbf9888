import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/settings';
import type { DeskView } from '../../../shared/contract/views';
import { Button } from '../../components/button';
import { DeskCheckPanel } from '../desk-check/desk-check-panel';
import page from '../settings/settings-page.module.css';
import { SoloSetup } from './solo-setup';
import { Doors, type Door } from './doors';
import { JoinTeam } from './join-team';
import { useInvite } from './use-invite';
import { useSettings } from '../settings/use-settings';
import { Problem } from '../../components/problem';

/**
 * The three doors, each ending with the desk check. Practice runs behind this page all the while, and calls pop as ever:
 * nothing here has to be finished.
 */
export function FirstRunPage({ view, onDone }: { view: DeskView; onDone: () => void }) {
  const { t } = useTranslation();
  const [chosen, setStep] = useState<Door | 'doors' | 'check'>('doors');
  const settings = useSettings();
  const { invite, read } = useInvite();
  // A link brought an invite: that question comes first.
  const step = invite !== null && invite.host !== null ? 'team' : chosen;
  const enter = (mode: Settings['mode']) => {
    if (settings.state !== 'ready') return;
    settings.save({ ...settings.settings, mode });
    setStep('check');
  };
  return (
    <div className={page.page} data-testid="first-run">
      <div className={page.column}>
        <h1 className={page.title}>{t(step === 'check' ? 'check.title' : 'door.title')}</h1>
        {step === 'doors' && (
          <Doors onDoor={(door) => (door === 'practice' ? enter('practice') : setStep(door))} mode={view.mode} />
        )}
        {step === 'solo' && <SoloSetup onReady={() => enter('solo')} />}
        {step === 'team' && invite !== null && (
          <JoinTeam invite={invite} onRead={read} onJoined={() => setStep('check')} />
        )}
        {step === 'check' && <DeskCheckPanel live={view.connection.state === 'live'} />}
        <Problem words={settings.state === 'ready' ? settings.problem : null} />
        <div>
          {step === 'check' ? (
            <Button kind="primary" testId="door-done" onPress={onDone}>
              {t('door.done')}
            </Button>
          ) : (
            // An invite is answered by yes or no.
            chosen !== 'doors' &&
            invite?.host === null && (
              <Button testId="door-back" onPress={() => setStep('doors')}>
                {t('door.back')}
              </Button>
            )
          )}
        </div>
      </div>
    </div>
  );
}
