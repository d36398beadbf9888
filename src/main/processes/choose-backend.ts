/** Which relay the settings ask for. */
import { z } from 'zod';
import type { Settings } from '../../shared/contract/settings';
import type { Vault } from '../secrets/vault';
import { practiceBackend, soloBackend, teamBackend } from './backend';
import type { Backend, BackendOptions } from './backend';
import { soloRelayConfig } from './configs';

const platformsSchema = z.record(z.string(), z.unknown());

/** The platforms' section of the embedded relay as it was typed in, undefined when there is none that can be read. */
function soloPlatforms(vault: Vault): Record<string, unknown> | undefined {
  const kept = vault.get('solo.platforms');
  if (kept === undefined) return undefined;
  try {
    return platformsSchema.parse(JSON.parse(kept));
  } catch {
    return undefined;
  }
}

export function chooseBackend(settings: Settings, vault: Vault, options: BackendOptions): Backend {
  switch (settings.mode) {
    case 'practice':
      return practiceBackend(options);
    case 'solo': {
      const platforms = soloPlatforms(vault);
      if (platforms === undefined) return teamBackend({ ok: false, reason: 'not_configured' }, options.announce);
      return soloBackend(options, soloRelayConfig(options.profile, platforms));
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
