/** Sample outcomes, history and numbers of the day. */
import { DEFAULT_DISPOSITIONS } from '../../shared/contract/dispositions';
import type { HistoryPage, HistoryRow, Today } from '../../shared/contract/history';
import type { OutcomeEntry, OutcomesView, OutcomeView, WrapUpView } from '../../shared/contract/outcomes';
import { fullCall, NOW } from './samples';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const today: Today = { day: '2026-01-12', calls: 12, dials: 31, talk_s: 3753, wrap_up_s: 742, seen_first: 11 };

function row(call: string, ago: number, name: string, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    call,
    kind: 'answered',
    at: NOW - ago,
    name,
    phone: fullCall.phone,
    platform: 'vinfer',
    trigger: 'upset',
    test: false,
    ...more,
  };
}

export const history: HistoryPage = {
  rows: [
    row(fullCall.call, 63_000, 'Amit Patel', {
      agent_disposition: 'payment_promised',
      snippet: {
        where: 'said',
        parts: [
          { text: '…I want to talk to your ', hit: false },
          { text: 'manager', hit: true },
          { text: ', not to a machine <b>', hit: false },
        ],
      },
    }),
    row('vinfer:m1', 34 * MINUTE, 'Marcus Bell', { kind: 'missed', trigger: 'too_long' }),
    row('infer:w9', 2 * DAY, 'Zeynep Yılmaz', { kind: 'other', ai_disposition: 'dispute', platform: 'infer' }),
    row('salpre:4', 400 * DAY, 'Elif Kaya', { agent_disposition: 'already_paid', test: true }),
  ],
  total: { count: 4, capped: false },
};

export const noHistory: HistoryPage = { rows: [], total: { count: 0, capped: false } };

const timed: WrapUpView = {
  call: fullCall.call,
  entered_at: NOW - 72_000,
  ends_at: NOW + 48_000,
  extensions_left: 2,
  required: true,
  done: false,
};

export const wrapUp: OutcomeView = {
  call: fullCall.call,
  storage: { kept: 'disk' },
  dispositions: [
    {
      code: 'payment',
      labels: { en: 'Payment', hi: 'भुगतान', tr: 'Ödeme' },
      children: DEFAULT_DISPOSITIONS.filter(({ code }) => ['payment_promised', 'already_paid'].includes(code)),
    },
    ...DEFAULT_DISPOSITIONS.filter(({ code }) => !['payment_promised', 'already_paid'].includes(code)),
  ],
  currency: 'INR',
  draft: null,
  proposal: { value: 'dispute', path: ['dispute'] },
  trail: [],
  differences: [],
  wrap_up: timed,
  retry_after: { payment_promised: 2880, not_reachable: 240 },
};

/** While the call still goes on. */
export const duringCall: OutcomeView = { ...wrapUp, proposal: null, wrap_up: null };

const form = { path: [] as string[], notes: '', callback: null, dnc: null };
const draft = (changes: Partial<NonNullable<OutcomeView['draft']>['form']>): OutcomeView => ({
  ...wrapUp,
  draft: { rev: 3, form: { ...form, ...changes } },
});

export const withCallback = draft({
  path: ['callback_requested'],
  notes: 'Wants to speak to the branch first.',
  callback: { date: '2026-01-13', time: '10:00', zone: 'Asia/Kolkata', owner: 'mine' },
});
export const withDnc = draft({ path: ['dnc'], dnc: { scope: 'automated', verbatim: 'Do not ever call me again' } });
export const withAmount = draft({ path: ['payment', 'payment_promised'], amount: '1,50,000.50' });
/** Fifteen hundred, or one and a half: not guessed. */
export const withUnclearAmount = draft({ path: ['payment', 'payment_promised'], amount: '1.500' });
export const nested = draft({ path: ['payment'] });

function entry(id: string, state: OutcomeEntry['state'], more: Partial<OutcomeEntry> = {}): OutcomeEntry {
  return {
    id,
    call: fullCall.call,
    decision: {
      path: ['payment', 'payment_promised'],
      notes: 'Half of it by 15 January.',
      amount: { value: '4200.50', currency: 'INR' },
    },
    decided_at: NOW - 30_000,
    state,
    attempts: 1,
    ...more,
  };
}

export const decided: OutcomeView = {
  ...wrapUp,
  proposal: null,
  wrap_up: { ...timed, done: true },
  differences: [
    { between: 'ai_and_agent', agent: 'payment_promised', other: 'dispute' },
    { between: 'platform_and_agent', agent: 'payment_promised', other: 'not_reachable' },
  ],
  trail: [
    entry('5', 'waiting', { why: { code: 'unreachable' }, next_try_at: NOW + 12_000 }),
    entry('4', 'refused', {
      why: { code: 'conflict' },
      conflict: { value: 'already_paid', agent: 'Asha Rao' },
      decision: { path: ['dispute'], notes: 'Cash at the branch.' },
    }),
    entry('3', 'kept_by_relay', { platform: 'unsupported' }),
    entry('2', 'sent', { platform: 'written' }),
    entry('1', 'saved'),
  ],
};

export const unkept: OutcomeView = { ...wrapUp, storage: { kept: 'memory', why: 'no_key' } };

export const outcomes: OutcomesView = {
  storage: { kept: 'disk' },
  waiting: 2,
  refused: 1,
  calls: [{ call: fullCall.call, state: 'waiting' }],
  wrap_ups: [timed],
  next_state: 'break',
};
