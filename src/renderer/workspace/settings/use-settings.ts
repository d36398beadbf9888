import { useCallback, useEffect, useState } from 'react';
import type { Settings } from '../../../shared/contract/settings';
import { useDesk } from '../../bridge/desk';
import { useCommand } from '../../bridge/use-command';

export type SettingsState =
  | { state: 'loading' }
  | { state: 'unread' }
  | {
      state: 'ready';
      settings: Settings;
      saved: boolean;
      problem: string | null;
      save: (settings: Settings, kept?: () => void) => void;
    };

/** The settings as main keeps them, whoever changed them. A change is shown at once and taken back when main could not keep it. */
export function useSettings(): SettingsState {
  const desk = useDesk();
  const { run, problem } = useCommand('settings:set');
  const [settings, setSettings] = useState<Settings | 'unread' | null>(null);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    let current = true;
    desk.request('settings:get', {}).then(
      (read) => {
        if (current) setSettings(read);
      },
      (error: unknown) => {
        reportError(error);
        if (current) setSettings('unread');
      },
    );
    const stop = desk.on('settings:view', setSettings);
    return () => {
      current = false;
      stop();
    };
  }, [desk]);
  const save = useCallback(
    (next: Settings, kept?: () => void) => {
      const before = settings;
      setSettings(next);
      setSaved(false);
      run({ settings: next }, (ok) => {
        setSaved(ok);
        if (ok) kept?.();
        else setSettings(before);
      });
    },
    [settings, run],
  );
  if (settings === null) return { state: 'loading' };
  if (settings === 'unread') return { state: 'unread' };
  return { state: 'ready', settings, saved, problem, save };
}
