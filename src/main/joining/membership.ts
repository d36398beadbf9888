/** Becoming a member of a team: the address into the settings, the token into the keychain, then connect. */
import type { Outcome } from '../../shared/contract/ipc';
import type { Notices } from '../observability/notices';
import type { Vault } from '../secrets/vault';
import type { SettingsStore } from '../settings/settings';

export interface MembershipParts {
  settings: SettingsStore;
  vault: Vault;
  notices: Notices;
  /** A new token was stored: connect with it. */
  rejoin: () => void;
}

export type Enrol = (relay: string, token: string) => Outcome;

/** @returns a function that takes a checked relay address (`ws(s)://host[:port]`) and the agent's token for it */
export function createEnrol({ settings, vault, notices, rejoin }: MembershipParts): Enrol {
  return (relay, token) => {
    if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, reason: 'token_malformed' };
    const now = settings.get();
    // Another address of the team this desk knows already: the others stay.
    const team = now.team.relays.includes(relay) ? now.team : { relays: [relay] };
    const saved = settings.set({ ...now, mode: 'team', team });
    if (!saved.ok) return saved;
    if (vault.set('team.token', token) === 'memory') notices.add('keychain_missing');
    rejoin();
    return { ok: true };
  };
}
