/** The doors into the desk, and what stands behind them: keys, invites, the company's policy, the desk check, the floor. */
import { writeFile } from 'node:fs/promises';
import type { Outcome } from '../../shared/contract/ipc';
import { SOLO_FORMS } from '../../shared/lib/solo-forms';
import type { SoloPlatform } from '../../shared/contract/solo';
import type { PolicyView } from '../../shared/contract/policy';
import type { DeskChecks } from '../desk-check/desk-check';
import { fetchFloor, floorCsv } from '../floor/floor';
import type { Handlers } from '../ipc/gate';
import type { Joining } from '../joining/joining';
import type { Notices } from '../observability/notices';
import type { SettingsStore } from '../settings/settings';
import { registerWebhook } from '../solo/register';
import type { SoloKeys } from '../solo/solo-keys';

export type SetupChannel = Extract<
  keyof Handlers,
  | `${'solo' | 'policy' | 'desk-check' | 'floor'}:${string}`
  | 'team:read-invite'
  | 'team:invite'
  | 'team:accept'
  | 'team:decline'
>;

export interface SetupParts {
  joining: Joining;
  solo: SoloKeys;
  policy: PolicyView;
  checks: DeskChecks;
  settings: SettingsStore;
  notices: Notices;
  /** The relay in use. */
  rest: () => { relay: string; token: string } | undefined;
  fetch: typeof globalThis.fetch;
  newKey: () => string;
  copy: (text: string) => void;
  /** Where the person wants the file; undefined when they changed their mind. */
  askWhere: (name: string) => Promise<string | undefined>;
  /** The keys changed: the relay starts anew with them. */
  keysChanged: () => void;
  failed: (what: string, cause: unknown) => void;
}

const DONE: Outcome = { ok: true };
const NOT_CONNECTED: Outcome = { ok: false, reason: 'offline' };

export function createSetup(parts: SetupParts): Pick<Handlers, SetupChannel> {
  const { joining, solo, settings, checks } = parts;
  const registrations = new Map<string, string>();

  async function register(platform: SoloPlatform): Promise<Outcome> {
    const rest = parts.rest();
    const at = settings.get().solo;
    const url = solo.addressOf(platform, at);
    if (!SOLO_FORMS[platform].registers || url === undefined) return { ok: false, reason: 'cannot_register' };
    if (at.public_url === undefined) return { ok: false, reason: 'address_needed' };
    if (rest === undefined || settings.get().mode !== 'solo') return NOT_CONNECTED;
    const key = registrations.get(url) ?? parts.newKey();
    registrations.set(url, key);
    const outcome = await registerWebhook({ ...rest, fetch: parts.fetch, platform, url, key });
    // A refusal is an answer: the next try is a wish of its own.
    if (!outcome.ok && outcome.reason !== 'relay_unreachable') registrations.delete(url);
    return outcome;
  }

  async function floor() {
    const rest = parts.rest();
    return rest === undefined ? null : fetchFloor({ ...rest, fetch: parts.fetch });
  }

  async function exportFloor(): Promise<Outcome> {
    const now = await floor();
    if (now === null) return NOT_CONNECTED;
    const file = await parts.askWhere(`floor-${now.now.slice(0, 16).replaceAll(':', '-')}.csv`);
    if (file === undefined) return DONE;
    try {
      await writeFile(file, floorCsv(now), 'utf8');
      return DONE;
    } catch (error) {
      parts.failed('floor.not_exported', error);
      return { ok: false, reason: 'export_failed' };
    }
  }

  return {
    'team:read-invite': ({ code, address }) => joining.read(code, address),
    'team:invite': () => joining.view(),
    'team:accept': () => joining.accept(),
    'team:decline': () => {
      joining.decline();
      return DONE;
    },
    'solo:get': () => solo.view(settings.get().solo),
    'solo:save': ({ platform, form }) => {
      const saved = solo.save(platform, form);
      if (!saved.ok) return saved;
      if (saved.kept === 'memory') parts.notices.add('keychain_missing');
      parts.keysChanged();
      return saved;
    },
    'solo:remove': ({ platform }) => {
      solo.remove(platform);
      parts.keysChanged();
      return DONE;
    },
    'solo:copy': ({ platform, what }) => {
      const text = what === 'address' ? solo.addressOf(platform, settings.get().solo) : solo.webhookSecretOf(platform);
      if (text === undefined) return { ok: false, reason: 'not_set_up' };
      parts.copy(text);
      return DONE;
    },
    'solo:register': ({ platform }) => register(platform),
    'policy:get': () => parts.policy,
    'desk-check:run': () => checks.run(),
    'desk-check:copy': (answers) => {
      const report = checks.report(answers);
      if (report === undefined) return { ok: false, reason: 'no_check_yet' };
      parts.copy(report);
      return DONE;
    },
    'floor:get': async () => ({ floor: await floor() }),
    'floor:export': exportFloor,
  };
}
