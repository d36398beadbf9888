/** What the pages that set a desk up are shown with in the gallery. */
import type { DeskCheck } from '../../shared/contract/desk-check';
import type { FloorAnswer } from '../../shared/contract/floor';
import type { JoinView } from '../../shared/contract/joining';
import type { PolicyView } from '../../shared/contract/policy';
import { soloPlatformSchema, type SoloView } from '../../shared/contract/solo';
import { SOLO_FORMS } from '../../shared/lib/solo-forms';
import { DEFAULT_DISPOSITIONS, type DispositionNode } from '../../shared/contract/dispositions';
import type { OutcomeSources } from '../../shared/contract/outcomes';
import { settingsSchema, type Settings } from '../../shared/contract/settings';
import { NOW } from './samples';

export const noPolicy: PolicyView = { state: 'none', locked: [], file: '/etc/handover-desk/policy.json' };
export const managed: PolicyView = {
  state: 'in_force',
  locked: ['mode', 'team', 'privacy', 'language'],
  crm_hosts: ['crm.example.com'],
  file: '/etc/handover-desk/policy.json',
};

export const managedOutcomes: PolicyView = { ...managed, locked: ['outcomes'] };

export const ownOutcomes: OutcomeSources = { relay: null, standard: DEFAULT_DISPOSITIONS };
/** A relay names its own, one of them longer than anybody should. */
export const relayOutcomes: OutcomeSources = {
  relay: [
    ...DEFAULT_DISPOSITIONS.slice(0, 4),
    { code: 'branch_visit', labels: { en: 'Wants to visit the branch with a relative who is not there today' } },
    { code: 'dnc', dnc: true, final: true },
  ],
  standard: DEFAULT_DISPOSITIONS,
};
const nest = (code: string, child: DispositionNode): DispositionNode => ({
  code,
  children: [child, { code: `${code}2` }],
});
/** Four levels deep. */
export const deepOutcomes: Settings = settingsSchema.parse({
  outcomes: {
    dispositions: [
      ...DEFAULT_DISPOSITIONS,
      nest(
        'wants_something',
        nest('about_money', nest('about_a_refund', { code: 'cash', key: 7, needs_note: true, needs_amount: true })),
      ),
      {
        code: 'much_too_long',
        labels: { en: 'A name that somebody typed for a whole afternoon, as far as it would go, yes' },
      },
    ],
  },
});

export const noInvite: JoinView = { host: null, member_of: null };
export const invited: JoinView = {
  host: 'relay.a-rather-long-company-name.example.com:8443',
  member_of: 'old.example.com',
};

export const solo: SoloView = {
  keychain: false,
  local: 'http://127.0.0.1:4780',
  platforms: soloPlatformSchema.options.map((platform) => {
    const set = platform === 'vinfer';
    return {
      platform,
      set,
      fields: SOLO_FORMS[platform].fields.map(({ field, secret, usual }) => ({
        field,
        set,
        ...(set && secret !== true && usual !== undefined ? { value: usual } : {}),
      })),
      address: `http://127.0.0.1:4780/hooks/${platform}${platform === 'infer' ? '/…' : ''}`,
    };
  }),
};

export const deskCheck: DeskCheck = {
  at: NOW,
  results: [
    { item: 'link', grade: 'good', why: 'connected' },
    { item: 'signature', grade: 'good', why: 'signed', of: 'VInfer Neuron' },
    { item: 'signature', grade: 'warn', why: 'secret_only', of: 'Salpre' },
    { item: 'delay', grade: 'good', why: 'quick', n: 12 },
    { item: 'paint', grade: 'warn', why: 'slow', n: 640 },
    { item: 'display', grade: 'good', why: 'shown', of: 'DP-1' },
    { item: 'display', grade: 'bad', why: 'not_shown', of: 'HDMI-2' },
    { item: 'clock', grade: 'good', why: 'right', n: 0 },
    { item: 'notifications', grade: 'good', why: 'shown' },
    { item: 'do_not_disturb', grade: 'warn', why: 'on' },
    { item: 'tray', grade: 'warn', why: 'none' },
    { item: 'shortcut', grade: 'good', why: 'ours' },
    { item: 'sleep', grade: 'unknown', why: 'unread' },
    { item: 'keychain', grade: 'warn', why: 'none' },
  ],
};

const ago = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();
const agent = (id: string, name: string, doing: FloorAnswer['agents'][number]['doing'], seconds: number) => ({
  id,
  name,
  role: 'agent' as const,
  queues: ['collections'],
  doing,
  since: ago(seconds),
});

export const floor: FloorAnswer = {
  now: new Date(NOW).toISOString(),
  from: ago(6 * 3_600),
  agents: [
    { ...agent('asha', 'Asha Rao', 'call', 312), call: 'vinfer:call_7' },
    agent('ravi', 'Ravi Kumar Venkataraghavan-Chandrasekharan', 'available', 47),
    agent('maya', 'Maya Yıldız', 'wrapup', 95),
    agent('omar', 'عمر الفاروق', 'break', 1_260),
    agent('lena', 'Lena', 'busy', 640),
    agent('kofi', 'Kofi', 'offline', 9_000),
  ],
  waiting: [
    { call: 'vinfer:1', name: 'Amit Patel', since: ago(42), trigger: 'sentiment_negative', meant_for: ['Collections'] },
    { call: 'infer:2', since: ago(7), meant_for: [] },
  ],
  lists: [
    { id: '1', name: 'Welcome calls, January', paused: false, left: 12_403, callable: 1_102, held: 3, next_at: null },
    {
      ...{ id: '2', name: 'A list whose name somebody typed for a whole afternoon', paused: true, left: 90 },
      ...{ callable: 0, held: 0, next_at: new Date(NOW + 19 * 3_600_000).toISOString() },
    },
    { id: '3', name: 'Done', paused: false, left: 0, callable: 0, held: 0, next_at: null },
  ],
  missed: [
    {
      call: 'vinfer:3',
      name: 'Priya Sharma',
      since: ago(4_000),
      trigger: 'keyword',
      meant_for: ['Collections', 'Asha Rao'],
    },
  ],
  counts: { escalations: 41, claimed: 38, missed: 1, decided: 36 },
  context_lead_ms: { count: 38, p50: 64, p95: 212 },
  outcomes: [
    { ai: 'payment_promised', agent: 'payment_promised', count: 19 },
    { ai: 'interested', agent: 'callback_requested', count: 6 },
    { ai: 'dispute', agent: 'dispute', count: 5 },
    { ai: 'not_interested', agent: 'wants_a_manager', count: 1 },
  ],
};
