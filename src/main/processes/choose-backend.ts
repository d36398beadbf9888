/** Which relay the settings ask for. */
import type { Settings } from '../../shared/contract/settings';
import type { Vault } from '../secrets/vault';
import type { SoloKeys } from '../solo/solo-keys';
import { practiceBackend, soloBackend, teamBackend } from './backend';
import type { Backend, BackendOptions } from './backend';
import { soloRelayConfig } from './configs';

/** What is kept in the keychain. */
export interface Secrets {
  vault: Vault;
  solo: SoloKeys;
}

export function chooseBackend(settings: Settings, { vault, solo }: Secrets, options: BackendOptions): Backend {
  switch (settings.mode) {
    case 'practice':
      return practiceBackend(options);
    case 'solo': {
      const platforms = solo.sections();
      if (platforms === undefined) return teamBackend({ ok: false, reason: 'not_configured' }, options.announce);
      return soloBackend(options, soloRelayConfig(options.profile, settings.solo.port, platforms));
    }
    case 'team': {
      const { relays } = settings.team;
      if (relays.length === 0) return teamBackend({ ok: false, reason: 'not_configured' }, options.announce);
      const token = vault.get('team.token');
      if (token === undefined) return teamBackend({ ok: false, reason: 'token_missing' }, options.announce);
      return teamBackend({ ok: true, relays, token }, options.announce);
    }
  }
}
