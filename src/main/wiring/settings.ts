/** The settings in force, under the company's policy, and what follows when they change. */
import { companyPolicy } from '../policy/company-policy';
import { policyFile } from '../policy/read-policy';
import { openSettings } from '../settings/open-settings';
import { realScheduler as scheduler } from '../timing/scheduler';
import type { Parts } from './parts';

/** @returns how the settings file was found */
export function wireSettings(parts: Parts): { setAside: string | undefined; first: boolean } {
  const { platform, programData } = parts.environment;
  parts.company = companyPolicy(policyFile(platform, programData), platform);
  const { settings, ...read } = openSettings({
    profile: parts.places.profile,
    now: new Date(scheduler.now()),
    policy: parts.company.policy,
    changed: (now, before) => {
      const moved = now.mode !== before.mode || now.team.relays.join() !== before.team.relays.join();
      if (moved || now.solo.port !== before.solo.port) parts.backend.go();
      parts.windows.settingsChanged();
      parts.theme.choose(now.theme);
      parts.windows.send('workspace', 'settings:view', now);
      parts.surroundings.settingsChanged();
      parts.desk.reconsider();
    },
    failed: (cause) => parts.observed.log.error('settings.not_saved', cause),
  });
  parts.settings = settings;
  return read;
}
