/** Sample views of the dialling pages. People and numbers are fictional. */
import type { CallbackRow, CallbacksView } from '../../shared/contract/callback-views';
import type { DialView, VerdictLine, VerdictView } from '../../shared/contract/dial-views';
import type { DialerView, LeadView } from '../../shared/contract/dialer-views';
import type { ImportJob, ImportReport } from '../../shared/contract/lead-imports';
import type { ListsView } from '../../shared/contract/list-views';
import type { CallView, PhoneView } from '../../shared/contract/views';
import { fullCall, hostileCall, liveTranscriptCall, NOW } from './samples';

const MINUTE = 60_000;

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function line(rule: string, reason: VerdictLine['reason'], more: Partial<VerdictLine> = {}): VerdictLine {
  return {
    ...{ rule, pack: 'in', version: '2026-09-30', reason, checked: '2026-09-30', overridable: true },
    source: { url: 'https://trai.gov.in/preference-registration', basis: 'primary' },
    ...more,
  };
}

const allowed: VerdictView = {
  state: 'allowed',
  at: NOW - 4000,
  clocks: [{ zone: 'Asia/Kolkata', wall: '2026-01-12T14:05' }],
  lines: [
    line('in.hours', 'within_hours', { zone: 'Asia/Kolkata' }),
    line('house.own_dnc', 'dnc_not_listed', { list: 'own', data_age_days: 0 }),
    line('in.cap', 'under_cap', { count: { counted: 1, max: 3, hours: 24 } }),
  ],
  overdue: false,
};

const blocked: VerdictView = {
  state: 'blocked',
  at: NOW - 4000,
  clocks: [
    { zone: 'America/New_York', wall: '2026-01-12T03:35' },
    { zone: 'America/Chicago', wall: '2026-01-12T02:35' },
  ],
  lines: [
    line('us.hours', 'outside_hours', {
      pack: 'us',
      zone: 'America/Chicago',
      source: { url: 'https://www.ecfr.gov/current/title-47/part-64/section-64.1200', basis: 'primary' },
    }),
    line('us.consent_other', 'consent_missing', { pack: 'us' }),
    line('us.dnc_national', 'dnc_list_stale', { pack: 'us', list: 'us.national', data_age_days: 44 }),
  ],
  next: { at: NOW + 6 * HOUR, clocks: [{ zone: 'America/Chicago', wall: '2026-01-12T09:00' }] },
  overdue: true,
};

const US: PhoneView = {
  raw: '+13055550142',
  national: '(305) 555-0142',
  international: '+1 305 555 0142',
  country: 'US',
};
const IN: PhoneView = {
  raw: '+915551230001',
  national: '05551 230001',
  international: '+91 55512 30001',
  country: 'IN',
};

export const lead: LeadView = {
  id: 'lead_1',
  name: 'Priya Sharma',
  list: { name: 'Welcome calls, January', purpose: 'service', kind: 'ai_voice', may_skip: true },
  platform_label: 'VInfer',
  why: 'priority',
  language: 'hi-IN',
  zone: 'Asia/Kolkata',
  chosen: IN.raw,
  numbers: [
    { e164: IN.raw, phone: IN, label: 'mobile', attempts: 2, last_at: NOW - 4 * DAY, verdict: allowed },
    { e164: US.raw, phone: US, label: 'office', attempts: 0, verdict: blocked },
  ],
  history: { state: 'ready', calls_30d: 2, last: { at: NOW - 4 * DAY, disposition: 'callback_requested' }, dnc: false },
  fields: [
    { name: 'loan_amount', value: '₹50,000' },
    { name: 'branch', value: 'Andheri West' },
    { name: 'kyc_complete', value: 'yes' },
    { name: 'remark', value: 'Prefers the afternoon. Asked that nobody calls her office before noon.' },
  ],
  consent: { level: 'written', given_at: NOW - 90 * DAY, source: 'loan form' },
  attempts_made: 2,
  attempts: [
    { at: NOW - 4 * DAY, phone: IN, agent: 'Asha Rao', outcome: 'conversation', value: 'callback_requested' },
    { at: NOW - 9 * DAY, phone: IN, agent: 'Vikram Joshi', outcome: 'attempt' },
  ],
  trail: [{ at: NOW - 5 * DAY, verb: 'skip', agent: 'Vikram Joshi', reason: 'bad_time' }],
  last_outcome: 'callback_requested',
};

const preview = (view: LeadView): DialerView['preview'] => ({ state: 'open', lead: view, lease: { state: 'held' } });
export const dialer: DialerView = { preview: preview(lead), calls: [], unsent_dnc: 0 };

export const blockedLead: DialerView = { ...dialer, preview: preview({ ...lead, chosen: US.raw, why: 'chosen' }) };
export const lostLead: DialerView = {
  ...dialer,
  preview: { state: 'open', lead, lease: { state: 'lost', why: 'idle' } },
};
export const uncheckedLead: DialerView = {
  ...dialer,
  preview: preview({
    ...lead,
    callback: { at: NOW, zone: 'Asia/Kolkata', note: 'After the branch visit' },
    why: 'my_callback',
    numbers: [
      { ...lead.numbers[0], e164: IN.raw, phone: IN, attempts: 0, verdict: { state: 'unknown', reason: 'offline' } },
      { e164: US.raw, phone: US, attempts: 0, verdict: { state: 'local', scope: 'all' } },
    ],
  }),
};

export const longestLead: DialerView = {
  ...dialer,
  preview: preview({
    ...lead,
    name: hostileCall.name,
    list: { ...lead.list, name: hostileCall.campaign ?? '' },
    numbers: [
      ...lead.numbers,
      ...['branch', 'a label somebody typed for a whole afternoon and then some more', 'x'.repeat(60)].map(
        (label, index) => ({
          e164: `+91555123010${index}`,
          phone: { raw: `+91555123010${index}` },
          label,
          attempts: 0,
          verdict: { state: 'asking' } as const,
        }),
      ),
    ],
    fields: [
      ...lead.fields,
      { name: '__proto__', value: '<svg onload=alert(1)>' },
      { name: 'y'.repeat(60), value: 'z'.repeat(400) },
      { name: 'हिंदी नाम', value: 'मुंबई' },
    ],
  }),
};

const live: CallView = {
  ...liveTranscriptCall,
  name: 'Meera Nair',
  phase: 'live',
  escalated_at: undefined,
  summary: { state: 'absent', reason: 'missing' },
  transcript: { offered: true, turns: liveTranscriptCall.transcript.turns },
};
const dial = (id: string, name: string, more: Partial<DialView>): DialView => ({
  ...{ id, name, phone: { ...IN, raw: `+91555123010${id}` }, at: NOW - 64_000, state: 'made' },
  ...more,
});

export const dialling: DialerView = {
  ...dialer,
  calls: [
    dial('1', 'Meera Nair', { call: live, call_id: live.call }),
    dial('2', 'Rohan Gupta', {
      call: {
        ...fullCall,
        call: 'vinfer:quiet',
        phase: 'ringing',
        escalated_at: undefined,
        transcript: { offered: false, turns: [] },
      },
      call_id: 'vinfer:quiet',
    }),
    dial('3', 'Elif Kaya', { state: 'sending', at: NOW - 2000 }),
  ],
};

export const unclear: DialerView = {
  ...dialer,
  calls: [dial('1', 'Priya Sharma', { state: 'unclear', phone: IN, reason: 'no_answer', looked_at: NOW - 4000 })],
};

export const escalatedDial: DialerView = {
  preview: { state: 'none' },
  calls: [dial('1', 'Amit Patel', { call: fullCall, call_id: fullCall.call })],
  unsent_dnc: 0,
};

export const wrappingUp: DialerView = {
  ...dialer,
  calls: [
    dial('1', 'Amit Patel', {
      call: { ...fullCall, phase: 'ended', ended_at: NOW - 20_000, duration_s: 94 },
      call_id: fullCall.call,
    }),
    dial('2', 'Meera Nair', { call: live, call_id: live.call }),
  ],
};

export const noLead = (preview: DialerView['preview']): DialerView => ({ preview, calls: [], unsent_dnc: 0 });
export const nothingLawful = noLead({ state: 'nothing', why: 'later', next_at: NOW + 19 * HOUR });

const promise = (id: string, name: string, more: Partial<CallbackRow>): CallbackRow => ({
  ...{ id, name, state: 'waiting', at: NOW + HOUR, remind_at: NOW + HOUR, deferred: 0, owner: 'mine', phone: IN },
  ...{ zone: 'Asia/Kolkata', wall_time: '2026-01-12T15:00', purpose: 'service', unsent: false, lead: `lead_${id}` },
  ...more,
});

export const callbacks: CallbacksView = {
  state: 'ready',
  rows: [
    promise('a', 'Sunita Deshmukh', {
      ...{ state: 'overdue', at: NOW - 40 * MINUTE, remind_at: NOW - 25 * MINUTE, deferred: 1 },
      wall_time: '2026-01-12T13:25',
      note: 'Wants to speak to the branch first, then decides about the top-up.',
    }),
    promise('b', 'Marcus Bell', {
      ...{ state: 'due', at: NOW - 2 * MINUTE, remind_at: NOW - 2 * MINUTE, owner: 'queue', phone: US },
      ...{
        zone: 'America/New_York',
        wall_time: '2026-01-12T03:33',
        released_from: 'Vikram Joshi',
        held_by: 'Asha Rao',
      },
    }),
    promise('c', 'Priya Sharma', { list: 'Welcome calls, January' }),
    promise('d', 'Zeynep Yılmaz', { at: NOW + DAY, remind_at: NOW + DAY, unsent: true, lead: undefined }),
    promise('e', 'Jordan Whitfield-Castellanos', { owner: 'queue', at: NOW + 2 * DAY, remind_at: NOW + 2 * DAY }),
  ],
  more: false,
  due: 1,
  overdue: 1,
  reminders: ['a'],
};
export const noCallbacks: CallbacksView = { ...callbacks, rows: [], due: 0, overdue: 0, reminders: [] };
export const staleCallbacks: CallbacksView = { ...callbacks, state: 'failed', reason: 'offline', reminders: [] };

const listRow: ListsView['rows'][number] = {
  id: 'list_1',
  name: 'Welcome calls, January',
  purpose: 'service',
  kind: 'ai_voice',
  platform_label: 'VInfer',
  paused: false,
  counts: { total: 1840, ready: 1102, later: 301, blocked: 96, held: 3, done: 300, exhausted: 21, removed: 9, dnc: 8 },
  open_now: true,
  importing: false,
  max_attempts: 6,
  retry_minutes: 120,
  changing: false,
};

export const lists: ListsView = {
  state: 'ready',
  at: NOW - 3000,
  rows: [
    listRow,
    { ...listRow, id: 'list_2', name: 'Top-up offers', purpose: 'sales', open_now: false, next_at: NOW + 19 * HOUR },
    { ...listRow, id: 'list_3', name: hostileCall.campaign ?? '', paused: true },
  ],
  held: [
    {
      ...{ lead: 'lead_1', list: 'Welcome calls, January', name: 'Priya Sharma', phone: IN, agent: 'Asha Rao' },
      ...{ since: NOW - 95_000, until: NOW + 200_000, phase: 'preview' },
    },
    {
      ...{ lead: 'lead_2', list: 'Top-up offers', phone: US, agent: 'Vikram Joshi' },
      ...{ since: NOW - 4 * MINUTE, until: NOW + MINUTE, phase: 'calling' },
    },
  ],
  open: {
    id: 'list_1',
    simulation: {
      state: 'ready',
      at: NOW,
      leads: 1502,
      callable_at_start: 1102,
      slots: Array.from({ length: 24 }, (_, index) => ({
        from: NOW + index * 30 * MINUTE,
        callable: index < 13 ? 1102 - index * 20 : index < 16 ? 140 : 0,
      })),
      rules: [
        { rule: 'us.consent_other', pack: 'us', reason: 'consent_missing', leads: 96 },
        { rule: 'house.hours', pack: 'house', reason: 'outside_hours', leads: 304, opens_at: NOW + 6 * HOUR },
      ],
      places: [
        { country: 'IN', regions: [], zones: ['Asia/Kolkata'], leads: 1102, callable: 1102 },
        {
          country: 'US',
          regions: ['FL', 'TX'],
          zones: ['America/New_York'],
          leads: 400,
          callable: 0,
          next_at: NOW + 6 * HOUR,
        },
      ],
      overdue: true,
    },
    shown: null,
    leads: {
      state: 'ready',
      more: true,
      rows: [
        { id: 'lead_1', name: 'Priya Sharma', phone: IN, state: 'held', attempts: 2, held_by: 'Asha Rao' },
        { id: 'lead_2', phone: US, state: 'blocked', blocked_by: 'consent_missing', attempts: 0 },
        { id: 'lead_3', name: 'Rohan Gupta', phone: IN, state: 'later', not_before: NOW + HOUR, attempts: 1 },
        { id: 'lead_4', name: 'Elif Kaya', phone: IN, state: 'done', last_outcome: 'interested', attempts: 1 },
      ],
    },
  },
  import: null,
};
export const noLists: ListsView = { ...lists, rows: [], held: [], open: null };

export const report: ImportReport = {
  check: 'c1',
  rows: 1840,
  imported: 1812,
  duplicates: 12,
  refused: 16,
  by_reason: [{ reason: 'phone_scientific', rows: 9 }],
  problems: [
    { row: 17, line: 18, field: 'mobile', reason: 'phone_scientific' },
    { row: 91, line: 92, field: 'mobile', reason: 'phone_lost_zeros' },
    { row: 140, line: 141, field: null, reason: 'ragged' },
    { row: 201, line: 202, field: 'mobile', reason: 'in_file', of_row: 14 },
  ],
  numbers_left_out: 0,
  encoding: 'utf-8',
  delimiter: ';',
  columns: [
    { column: 0, header: 'Name', to: 'name', name: null, guessed: true, samples: ['Priya'] },
    { column: 1, header: 'mobile', to: 'phone', name: null, guessed: true, samples: ['09123'] },
    { column: 2, header: 'loan_amount', to: 'field', name: 'loan_amount', guessed: true, samples: ['50000'] },
    { column: 3, header: '', to: 'ignore', name: null, guessed: true, samples: [] },
  ],
  dial: {
    allowed: 1102,
    later: 614,
    blocked: 96,
    rules: [{ rule: 'us.consent_other', reason: 'consent_missing', leads: 96 }],
  },
};

export const checkedJob: ImportJob = {
  id: 'job_1',
  state: 'checked',
  file: 'january.csv',
  bytes: 120_000,
  settings: {
    list: { name: 'Welcome calls, January', purpose: 'service', kind: 'ai_voice' },
    mapping: [],
    header: true,
    priority: 0,
  },
  progress: { rows: 1840, part: 1 },
  report,
  fault: null,
  list: null,
  created_at: new Date(NOW).toISOString(),
  created_by: { id: 'meera', name: 'Meera Nair' },
  finished_at: null,
  file_until: null,
};

export const checkedImport: ListsView = {
  ...lists,
  open: null,
  import: { file: 'january.csv', state: 'checked', job: checkedJob },
};
export const runningImport: ListsView = {
  ...lists,
  open: null,
  import: {
    file: 'january.csv',
    state: 'working',
    job: { ...checkedJob, state: 'importing', progress: { rows: 902, part: 0.49 }, report: null },
  },
};
export const failedImport: ListsView = {
  ...lists,
  open: null,
  import: {
    file: 'january.xlsx',
    state: 'failed',
    job: { ...checkedJob, state: 'failed', report: null, fault: 'not_text' },
  },
};
