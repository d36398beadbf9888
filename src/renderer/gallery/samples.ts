/** Sample views for the gallery and the component tests: believable people, numbers from ranges kept for fiction. */
import type { EventData, EventOf, EventType, HandoverEvent } from '../../shared/contract/events';
import type { CallRow, CallView, DeskView, DisplayView, PopView, TurnView } from '../../shared/contract/views';
import { factsOf } from '../../shared/lib/call-facts';
import { foldCall } from '../../shared/lib/fold-call';
import type { Speaker } from '../bridge/speakers';

/** The gallery's fixed present, so that pictures do not change with the clock: 12 January 2026, 14:05:20 local time. */
export const NOW = new Date(2026, 0, 12, 14, 5, 20).getTime();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

function turn(key: number, speaker: TurnView['speaker'], text: string, partial = false): TurnView {
  return { key: `t${key}`, speaker, text, partial, at: NOW - (20 - key) * 4 * SECOND };
}

export const turns: TurnView[] = [
  turn(1, 'ai', 'Good afternoon, am I speaking with Mr Patel?'),
  turn(2, 'customer', 'Yes, this is Amit.'),
  turn(3, 'ai', 'I am calling about the instalment of ₹12,500 that was due on 5 January.'),
  turn(4, 'customer', 'I have told you people already. I paid half of it, and nobody has booked it.'),
  turn(5, 'ai', 'I am sorry about that. Would 15 January suit you for the rest?'),
  turn(6, 'customer', 'I want to talk to your manager, not to a machine'),
];

/** An event of the full call, as the relay sends it. */
function event<T extends EventType>(id: string, type: T, data: EventData<T>): HandoverEvent {
  const time = new Date(NOW - 5 * SECOND).toISOString();
  const envelope = {
    specversion: '1.0',
    id,
    source: '/platforms/vinfer',
    subject: 'vinfer:call_8f14e45f',
    time,
  } as const;
  const checked = { receivedtime: time, istest: false, late: false, trust: 'signed' } as const;
  return { ...envelope, ...checked, type, data } as EventOf<T>;
}

/** What the AI did before it asked for a person. */
const happened: HandoverEvent[] = [
  event('t1', 'call.tool', { name: 'check_identity', result: 'Passed with date of birth' }),
  event('e1', 'call.escalated', { transfer: 'warm', custom_fields: { emi_amount: 12500, due_date: '2026-01-05' } }),
  event('d1', 'call.disposition', {
    value: 'payment_promised',
    by: 'ai',
    callback: { at: new Date(2026, 0, 15, 11, 0).toISOString() },
  }),
];

/** A call with everything a platform can tell. */
export const fullCall: CallView = {
  call: 'vinfer:call_8f14e45f',
  platform: 'vinfer',
  platform_label: 'VInfer',
  trust: 'signed',
  test: false,
  phase: 'escalated',
  trigger: { kind: 'upset', raw: 'sentiment_negative' },
  escalated_at: NOW - 3 * SECOND,
  late: false,
  name: 'Amit Patel',
  phone: { raw: '+919123456789', national: '091234 56789', international: '+91 91234 56789', country: 'IN' },
  language: 'hi-IN',
  campaign: 'January instalments',
  summary: {
    state: 'present',
    text: 'Customer disputed the outstanding amount and requested to speak with a manager. He says he paid half of the January instalment in cash at the branch and has not seen it booked.',
    at: NOW - 5 * SECOND,
  },
  facts: factsOf(foldCall('vinfer:call_8f14e45f', happened)),
  transcript: { offered: false, turns: [] },
  transfer: {
    mode: 'warm',
    to: { raw: '+918001234567', national: '080012 34567', international: '+91 80012 34567', country: 'IN' },
    label: 'Collections',
  },
  history: { state: 'ready', calls_30d: 4, last: { at: NOW - 7 * DAY, disposition: 'payment_promised' }, dnc: false },
  claim: { state: 'open' },
};

export const liveTranscriptCall: CallView = {
  ...fullCall,
  call: 'infer:9b1c',
  platform: 'infer',
  platform_label: 'Infer',
  trust: 'secret',
  trigger: { kind: 'transfer' },
  facts: fullCall.facts.slice(0, 2),
  transcript: {
    offered: true,
    turns: [...turns.slice(0, 5), { ...turn(6, 'customer', 'I want to talk to your manager, not to a', true) }],
    since_summary: 4,
  },
};

export const noSummaryCall: CallView = {
  ...liveTranscriptCall,
  summary: { state: 'absent', reason: 'not_offered' },
  transcript: { offered: true, turns },
  facts: [],
  campaign: undefined,
  history: { state: 'loading' },
};

/** The least a platform may send. */
export const bareCall: CallView = {
  call: 'salpre:481516',
  platform: 'salpre',
  platform_label: 'Salpre',
  trust: 'open',
  test: true,
  phase: 'unknown',
  trigger: { kind: 'unknown' },
  escalated_at: NOW - 41 * SECOND,
  late: false,
  summary: { state: 'absent', reason: 'missing' },
  facts: [],
  transcript: { offered: true, turns: [] },
  transfer: { mode: 'unknown' },
  history: { state: 'unavailable', reason: 'the platform did not answer' },
  claim: { state: 'open' },
};

/** The longest and most hostile words: they must wrap, stay inside, and show as text. */
export const hostileCall: CallView = {
  ...fullCall,
  call: 'vinfer:call_<img src=x onerror=alert(1)>',
  test: true,
  trust: 'open',
  late: true,
  name: 'Wolfeschlegelsteinhausenbergerdorff-Ramanathan Venkata Subramaniam Iyer <script>alert(1)</script> Chandrasekhar the Third of Thiruvananthapuram and Surroundings',
  phone: { raw: '<b>+91 not a number</b>' },
  campaign:
    'A campaign whose name somebody typed for a whole afternoon and then some more, without a single thought for us',
  trigger: { kind: 'custom', raw: 'supervisor_rule_Nr_17_customer_said_a_very_long_word_twice' },
  summary: {
    state: 'present',
    text: `${'The customer called again about the same matter. '.repeat(12)}\n<a href="javascript:alert(1)">Click here</a> {{name}} $t(app.starting)\nUnbroken${'x'.repeat(120)}`,
    at: NOW - 5 * SECOND,
  },
  facts: [
    ...fullCall.facts,
    { kind: 'field', label: '__proto__', value: '<svg onload=alert(1)>' },
    { kind: 'field', label: 'note', value: 'y'.repeat(200) },
    { kind: 'date', label: 'next_visit', value: '2026-02-30' },
    { kind: 'field', label: 'branch', value: 'Andheri West' },
    { kind: 'field', label: 'segment', value: 'Gold' },
  ],
  transfer: { ...fullCall.transfer, label: 'A queue with a name that is far too long for any window of this size' },
};

/** Right-to-left words in a left-to-right window. */
export const rtlCall: CallView = {
  ...fullCall,
  name: 'محمد عبد الله (VIP)',
  summary: { state: 'present', text: 'العميل غاضب بسبب فاتورة خاطئة ويطلب التحدث مع مدير.', at: NOW - 5 * SECOND },
  language: 'ar',
  campaign: 'فواتير يناير',
};

export const hindiCall: CallView = {
  ...fullCall,
  name: 'प्रिया शर्मा',
  summary: {
    state: 'present',
    text: 'ग्राहक ने बकाया राशि पर आपत्ति जताई और मैनेजर से बात करने को कहा। उनका कहना है कि जनवरी की आधी किस्त शाखा में नकद जमा की थी।',
    at: NOW - 5 * SECOND,
  },
};

export function popView(current: CallView, more: Partial<PopView> = {}): PopView {
  return { current, event: 'evt_1', waiting: [], privacy: false, stale: false, ...more };
}

export const twoWaiting: PopView['waiting'] = [
  { call: 'vinfer:w1', name: 'Zeynep Yılmaz', escalated_at: NOW - 24 * SECOND, trigger: 'asked_for_person' },
  { call: 'infer:w2', name: 'Jordan Whitfield-Castellanos', escalated_at: NOW - 71 * SECOND, trigger: 'transfer' },
];

function row(call: string, group: CallRow['group'], name: string, ago: number, more: Partial<CallRow> = {}): CallRow {
  return {
    call,
    group,
    name,
    phone: fullCall.phone,
    trigger: 'upset',
    at: NOW - ago,
    claim: 'open',
    test: false,
    late: false,
    ...more,
  };
}

export const rows: CallRow[] = [
  row('vinfer:w1', 'waiting', 'Zeynep Yılmaz', 24 * SECOND, { trigger: 'asked_for_person' }),
  row('infer:w2', 'waiting', 'Jordan Whitfield-Castellanos', 71 * SECOND, {
    trigger: 'transfer',
    claim: 'other',
    claimed_by: 'Asha Rao',
  }),
  row(fullCall.call, 'live', 'Amit Patel', 63 * SECOND, { claim: 'mine' }),
  row('vinfer:u1', 'wrapup', 'Sunita Deshmukh', 9 * MINUTE, { claim: 'mine', trigger: 'keyword' }),
  row('vinfer:m1', 'missed', 'Marcus Bell', 34 * MINUTE, { late: true, trigger: 'too_long' }),
  row('salpre:m2', 'missed', 'Wolfeschlegelsteinhausenbergerdorff-Ramanathan Venkata', 2 * DAY, {
    trigger: 'ringing',
    test: true,
  }),
  row('vinfer:e1', 'ended', 'Elif Kaya', 3 * DAY, { trigger: 'compliance' }),
];

/** A long shift. */
export const manyRows: CallRow[] = [
  ...rows,
  ...Array.from({ length: 2000 }, (_, index) =>
    row(`vinfer:x${index}`, 'ended', `Caller ${index + 1}`, DAY + index * MINUTE),
  ),
];

export const manyTurns: TurnView[] = Array.from({ length: 10_000 }, (_, index) => ({
  key: `n${index}`,
  speaker: index % 2 === 0 ? 'customer' : 'ai',
  text: `Line ${index + 1}. ${'And there is a little more to say. '.repeat(index % 4)}`,
  partial: false,
  at: NOW - (10_000 - index) * SECOND,
}));

export const deskView: DeskView = {
  mode: 'team',
  connection: { state: 'live', since: NOW - 40 * MINUTE },
  agent: { id: 'asha', name: 'Asha Rao', role: 'agent', queues: ['collections'] },
  state: { value: 'available', since: NOW - 12 * MINUTE },
  rows,
  selected: { ...fullCall, claim: { state: 'mine', since: NOW - 58 * SECOND } },
  notices: [],
};

/** A headset and the loudspeaker of a screen. */
export const loudspeakers: Speaker[] = [
  { id: 'headset', label: 'Jabra Evolve2 40', group: 'usb' },
  { id: 'screen', label: 'DELL U2422H', group: 'hdmi' },
];

/** A laptop and the screen beside it. */
export const displays: DisplayView[] = [
  { id: 1, label: '', width: 1920, height: 1080, primary: true },
  { id: 2, label: 'DELL U2422H', width: 1920, height: 1200, primary: false },
];
