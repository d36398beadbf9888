/** What the REST API takes and gives around leads and callbacks: strict towards requests, whole in its answers. */
import { describe, expect, it } from 'vitest';
import {
  bookedCallbackSchema,
  callbacksAnswerSchema,
  callbacksFrameSchema,
  callbacksQuerySchema,
  changedCallbackSchema,
  deferCallbackSchema,
  finishCallbackSchema,
  moveCallbackSchema,
  newCallbackSchema,
  releaseCallbackSchema,
  takeCallbackSchema,
  unclearTimeSchema,
  type Callback,
} from '../../../src/shared/contract/callbacks';
import {
  cancelImportSchema,
  importJobSchema,
  importQuerySchema,
  importSettingsSchema,
  importsAnswerSchema,
  importsQuerySchema,
  runImportSchema,
  type ImportJob,
} from '../../../src/shared/contract/lead-imports';
import {
  changeListSchema,
  dncLeadSchema,
  NO_PREVIEW_TIMER,
  heldAnswerSchema,
  leadsAnswerSchema,
  leadsQuerySchema,
  listsAnswerSchema,
  listsQuerySchema,
  newListSchema,
  nextAnswerSchema,
  nextLeadSchema,
  openLeadSchema,
  rejectLeadSchema,
  releaseLeadSchema,
  removeLeadSchema,
  renewAnswerSchema,
  renewLeadSchema,
  rescheduleLeadSchema,
  simulateSchema,
  simulationSchema,
  skipLeadSchema,
  verbAnswerSchema,
  type Hold,
  type Lead,
  type LeadList,
} from '../../../src/shared/contract/leads';
import { REJECT_REASONS, REMOVE_REASONS, SKIP_REASONS } from '../../../src/shared/lib/lead-reasons';

const PHONE = '+919876500001';
const AT = '2026-03-02T04:30:00.000Z';
const ASHA = { id: 'asha', name: 'Asha Rao' };
const booking = { wall_time: '2026-03-02T10:00', zone: 'Asia/Kolkata' };

const callback: Callback = {
  id: 'c1',
  state: 'due',
  at: AT,
  zone: 'Asia/Kolkata',
  wall_time: '2026-03-02T10:00',
  remind_at: AT,
  owner: ASHA,
  released: null,
  name: 'Priya Sharma',
  phone: PHONE,
  lead: '17',
  list: { id: '1', name: 'March renewals' },
  call: 'vinfer:call_1',
  purpose: 'service',
  note: 'after lunch',
  booked_by: ASHA,
  booked_at: AT,
  deferred: 0,
  held_by: null,
  done: null,
};

const lead: Lead = {
  id: '17',
  list: {
    id: '1',
    name: 'March renewals',
    purpose: 'sales',
    kind: 'ai_voice',
    seller: 'Acme Insurance',
    may_skip: true,
    preview: NO_PREVIEW_TIMER,
  },
  platform: 'vinfer',
  campaign: null,
  script: null,
  name: 'Priya Sharma',
  phones: [{ phone: PHONE, label: 'Mobile', attempts: 1, last_at: AT }],
  language: 'hi',
  zone: 'Asia/Kolkata',
  region: null,
  postcode: null,
  external_id: 'CRM-4711',
  fields: { loan_amount: '50000' },
  consent: { level: 'written', given_at: AT, source: 'web form' },
  priority: 3,
  state: 'held',
  not_before: null,
  blocked_by: null,
  attempts_made: 1,
  attempts: [
    { at: AT, phone: PHONE, kind: 'ai_voice', agent: ASHA, call: 'vinfer:call_1', outcome: 'attempt', value: null },
  ],
  trail: [{ at: AT, verb: 'open', agent: ASHA, reason: null, note: null }],
  last_outcome: 'not_reachable',
  callback,
  created_at: AT,
};

const hold: Hold = { id: '9', agent: ASHA, since: AT, until: AT, phase: 'preview' };

const list: LeadList = {
  ...{ id: '1', name: 'March renewals', purpose: 'sales', kind: 'ai_voice', seller: 'Acme Insurance' },
  ...{ platform: 'vinfer', campaign: null, script: null, queues: ['collections'], country: 'IN', priority: 0 },
  ...{ max_attempts: 6, retry_minutes: 120, preview: NO_PREVIEW_TIMER, may_skip: true, paused: false },
  ...{ created_at: AT, created_by: ASHA, counted_at: AT, open_now: false, next_at: AT, import: null },
  counts: { total: 9, ready: 1, later: 1, blocked: 1, held: 1, done: 2, exhausted: 1, removed: 1, dnc: 1 },
};

const job: ImportJob = {
  id: '4',
  state: 'checked',
  file: 'march.csv',
  bytes: 1_200,
  settings: { list: { id: '1' }, mapping: [{ column: 0, to: 'phone' }], header: true, priority: 0 },
  progress: { rows: 3, part: 1 },
  report: {
    check: 'k1',
    rows: 3,
    imported: 1,
    duplicates: 1,
    refused: 1,
    by_reason: [{ reason: 'phone_scientific', rows: 1 }],
    problems: [
      { row: 2, line: 3, field: 'Phone', reason: 'phone_scientific' },
      { row: 3, line: 4, field: null, reason: 'in_file', of_row: 1 },
    ],
    numbers_left_out: 0,
    encoding: 'utf-8',
    delimiter: ';',
    columns: [{ column: 0, header: 'Phone', to: 'phone', name: null, guessed: true, samples: ['98765 00001'] }],
    dial: { allowed: 0, later: 1, blocked: 0, rules: [{ rule: 'in.hours', reason: 'outside_hours', leads: 1 }] },
  },
  fault: null,
  list: '1',
  created_at: AT,
  created_by: ASHA,
  finished_at: null,
  file_until: AT,
};

const page = { total: 1, limit: 50, offset: 0 };

describe('requests', () => {
  it.each([
    ['the next lead of anything', nextLeadSchema, {}],
    ['the next lead of a list', nextLeadSchema, { lists: ['1'] }],
    ['a skip', skipLeadSchema, { reason: SKIP_REASONS[0], hold: '9' }],
    ['a pass', rejectLeadSchema, { reason: REJECT_REASONS[0] }],
    ['a removal', removeLeadSchema, { reason: REMOVE_REASONS[0], note: 'says he sold it' }],
    ['a do-not-call', dncLeadSchema, { verbatim: 'stop calling me' }],
    ['another time', rescheduleLeadSchema, { callback: booking }],
    ['a renewal', renewLeadSchema, { hold: '9' }],
    ['a release', releaseLeadSchema, {}],
    ['an opening', openLeadSchema, {}],
    ['a list', newListSchema, { name: 'March renewals', purpose: 'sales', kind: 'ai_voice' }],
    ['a pause', changeListSchema, { paused: true }],
    ['a page of lists', listsQuerySchema, { limit: '10' }],
    ['a page of leads', leadsQuerySchema, { state: 'blocked' }],
    ['a simulation', simulateSchema, { list: '1', hours: 8 }],
    ['an upload', importQuerySchema, { list: 'March renewals', purpose: 'sales', kind: 'ai_voice', country: 'IN' }],
    [
      'a dry run into a list there is',
      importSettingsSchema,
      { list: { id: '1' }, mapping: [{ column: 0, to: 'phone' }] },
    ],
    ['a dry run into a new list', importSettingsSchema, { list: { name: 'New', purpose: 'survey', kind: 'ai_voice' } }],
    ['an import', runImportSchema, { check: 'k1', list: { paused: true } }],
    ['an end of an import', cancelImportSchema, {}],
    ['a page of imports', importsQuerySchema, {}],
    ['a callback for a lead', newCallbackSchema, { ...booking, lead: '17', owner: 'queue' }],
    ['a callback for a number', newCallbackSchema, { ...booking, phone: PHONE, name: 'Priya' }],
    ['a page of callbacks', callbacksQuerySchema, { scope: 'mine', state: 'due' }],
    ['a kept promise', finishCallbackSchema, {}],
    ['a deferral', deferCallbackSchema, { minutes: 10 }],
    ['a release to the queue', releaseCallbackSchema, {}],
    ['a taking over', takeCallbackSchema, {}],
    ['another time for a callback', moveCallbackSchema, { ...booking, at: '2026-03-02T10:00:00+05:30' }],
  ])('take %s', (_name, schema, body) => {
    expect(schema.safeParse(body).error).toBeUndefined();
  });

  it.each([
    ['a skip without a reason', skipLeadSchema, {}],
    ['a misspelt key', nextLeadSchema, { list: '1' }],
    ['a callback for two things at once', newCallbackSchema, { ...booking, lead: '17', phone: PHONE }],
    ['a callback for nobody', newCallbackSchema, booking],
    ['a wall time that is none', moveCallbackSchema, { ...booking, wall_time: 'after lunch' }],
    ['a list without a purpose', newListSchema, { name: 'March', kind: 'ai_voice' }],
    [
      'a column that becomes nothing we know',
      importSettingsSchema,
      { list: { id: '1' }, mapping: [{ column: 0, to: 'x' }] },
    ],
    ['an import that was not checked', runImportSchema, {}],
    ['an import that renames what was checked', runImportSchema, { check: 'k1', list: { name: 'Other' } }],
  ])('refuse %s', (_name, schema, body) => {
    expect(schema.safeParse(body).success).toBe(false);
  });

  it('keep what a booking leaves out at the agent', () => {
    expect(newCallbackSchema.parse({ ...booking, lead: '17' }).owner).toBe('mine');
    expect(dncLeadSchema.parse({}).scope).toBe('all');
  });
});

describe('answers', () => {
  it.each([
    [
      'a lead in hand',
      nextAnswerSchema,
      {
        next: { lead, hold, lease_s: 300, why: 'priority', phone: PHONE, dial: [{ phone: PHONE, answer: null }] },
        nothing: null,
      },
    ],
    ['no lead', nextAnswerSchema, { next: null, nothing: { reason: 'later', next_at: AT, retry_after_s: 60 } }],
    ['a verb', verbAnswerSchema, { lead: '17', state: 'later', repeated: false, not_before: AT, callback }],
    ['a renewal', renewAnswerSchema, { hold, lease_s: 300 }],
    [
      'who holds what',
      heldAnswerSchema,
      {
        data: [{ hold, lead: '17', list: { id: '1', name: 'March' }, name: null, phone: PHONE, call: null }],
      },
    ],
    ['lists', listsAnswerSchema, { data: [list], ...page }],
    [
      'leads',
      leadsAnswerSchema,
      { data: [{ ...lead, phone: PHONE, held_by: ASHA }], has_more: false, limit: 50, offset: 0 },
    ],
    [
      'a simulation',
      simulationSchema,
      {
        ...{ list: '1', at: AT, leads: 9, callable_at_start: 1, overdue: [], slots: [{ from: AT, callable: 1 }] },
        rules: [{ rule: 'in.hours', pack: 'in', reason: 'outside_hours', leads: 8, opens_at: AT }],
        places: [{ country: 'IN', regions: [], zones: ['Asia/Kolkata'], leads: 9, callable: 1, next_at: AT }],
      },
    ],
    ['an import', importJobSchema, job],
    ['imports', importsAnswerSchema, { data: [job], ...page }],
    ['a booking', bookedCallbackSchema, { callback, verdict: null }],
    ['a change', changedCallbackSchema, { callback }],
    [
      'callbacks',
      callbacksAnswerSchema,
      {
        ...{ data: [callback], ...page },
        counts: { due_mine: 1, due_queue: 0, overdue: 0, next_at: null },
      },
    ],
    ['a reminder', callbacksFrameSchema, { type: 'callbacks', due_mine: 1, due_queue: 0, overdue: 0, next_at: AT }],
    [
      'choices of a time',
      unclearTimeSchema,
      {
        kind: 'twice',
        choices: [{ at: AT, wall_time: '2026-10-25T02:30', utc_offset: '+02:00' }],
      },
    ],
  ])('give %s, and may grow', (_name, schema, body) => {
    expect(schema.safeParse({ ...body, later: true }).error).toBeUndefined();
  });
});
