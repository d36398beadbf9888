/** Sample views of the dialer and of call-backs. People and numbers are fictional. */
import type { CallbackRow, CallbacksView } from '../../shared/contract/callback-views';
import type { DialView, VerdictLine, VerdictView } from '../../shared/contract/dial-views';
import type { DialerView, LeadView, PreviewTimerView } from '../../shared/contract/dialer-views';
import type { CallView, PhoneView } from '../../shared/contract/views';
import { wallTimeOf } from '../../shared/lib/wall-time';
import { fullCall, hostileCall, liveTranscriptCall, NOW } from './samples';

const MINUTE = 60_000;

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** When the blocked number may be called. */
const NEXT = NOW + 55 * MINUTE;

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
  temporary: false,
  notices: [
    {
      rule: 'in.caller_id',
      summary: 'No 10-digit numbers for commercial calls.',
      source: { url: 'https://trai.gov.in/preference-registration', basis: 'secondary' },
    },
  ],
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
  next: { at: NEXT, clocks: [{ zone: 'America/Chicago', wall: wallTimeOf(NEXT, 'America/Chicago') ?? '' }] },
  overdue: true,
  temporary: false,
  notices: [],
};

export const US: PhoneView = {
  raw: '+13055550142',
  national: '(305) 555-0142',
  international: '+1 305 555 0142',
  country: 'US',
};
export const IN: PhoneView = {
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
  segment: 'Gold',
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

const timed = (timer: PreviewTimerView): DialerView => ({
  ...dialer,
  preview: { state: 'open', lead, lease: { state: 'held' }, timer },
});
export const timedLead = timed({ state: 'running', action: 'dial', extensions: 3, ends_at: NOW + 38_000 });
export const stillLead = timed({ state: 'paused', why: 'wrap_up', action: 'skip', extensions: 1, left_ms: 12_000 });
export const refusedTimer = timed({ state: 'over', action: 'dial', extensions: 2, reason: 'timer_forbidden' });

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
  limit: { at_once: 3, under_way: 3 },
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
  limit: { at_once: 3, under_way: 2 },
};

export const noLead = (preview: DialerView['preview']): DialerView => ({ preview, calls: [], unsent_dnc: 0 });
export const nothingLawful = noLead({ state: 'nothing', why: 'later', next_at: NOW + 19 * HOUR });

function promise(id: string, name: string, more: Partial<CallbackRow>): CallbackRow {
  const { at, zone } = { at: NOW + HOUR, zone: 'Asia/Kolkata', ...more };
  return {
    ...{ id, name, state: 'waiting', at, remind_at: at, deferred: 0, owner: 'mine', phone: IN },
    ...{ zone, wall_time: zone && wallTimeOf(at, zone), purpose: 'service', unsent: false, lead: `lead_${id}` },
    ...more,
  };
}

export const callbacks: CallbacksView = {
  state: 'ready',
  rows: [
    promise('a', 'Sunita Deshmukh', {
      ...{ state: 'overdue', at: NOW - 40 * MINUTE, remind_at: NOW - 25 * MINUTE, deferred: 1 },
      note: 'Wants to speak to the branch first, then decides about the top-up.',
    }),
    promise('b', 'Marcus Bell', {
      ...{ state: 'due', at: NOW - 2 * MINUTE, remind_at: NOW - 2 * MINUTE, owner: 'queue', phone: US },
      ...{
        zone: 'America/New_York',
        released_from: 'Vikram Joshi',
        released_why: 'away',
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
