import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { historyPageSchema, historyQuerySchema, type HistoryQuery } from '../../../src/shared/contract/history';
import type { CallView } from '../../../src/shared/contract/views';
import { emptyCall } from '../../../src/shared/lib/fold-call';
import { History } from '../../../src/main/history/history';
import { recordOf } from '../../../src/main/history/record';
import { HistoryRecorder } from '../../../src/main/history/recorder';
import type { Journal } from '../../../src/main/journal/journal';
import { realScheduler } from '../../../src/main/timing/scheduler';
import { temporaryFolder, testJournal } from '../journal/built';
import { VirtualTime } from '../outcomes/virtual-time';

const ME = 'asha';
const DAY = new Date(2026, 0, 15).getTime();
const file = path.join(temporaryFolder(), 'journal.db');
let journal: Journal;
let history: History;

const fail = (what: string, cause: unknown) => {
  throw new Error(what, { cause });
};

function historyOf(of: Journal, now = DAY): History {
  return new History({
    journal: of,
    scheduler: { ...realScheduler, now: () => now },
    keepDays: () => 90,
    phone: (raw) => ({ raw }),
    view: ({ call }) => ({ call }) as CallView,
    call: () => undefined,
    failed: fail,
  });
}

interface Told {
  call: string;
  at: number;
  name?: string;
  phone?: string;
  summary?: string;
  said?: string[];
  campaign?: string;
  claimedBy?: string;
  endedAt?: number;
  test?: boolean;
  ai?: string;
  agent?: CallSnapshot['dispositions']['agent'];
}

function callOf({
  call,
  at,
  name,
  phone,
  summary,
  said,
  campaign,
  claimedBy,
  endedAt,
  test: isTest,
  ai,
  agent,
}: Told): CallSnapshot {
  const instant = new Date(at).toISOString();
  const stamp = { at: instant, event: 'e1' };
  const field = <T>(value: T) => ({ value, ...stamp });
  const snapshot: CallSnapshot = {
    ...emptyCall(call),
    test: isTest ?? false,
    milestones: {
      started: stamp,
      ...(endedAt === undefined ? {} : { ended: { at: new Date(endedAt).toISOString(), event: 'e9' } }),
    },
    escalations: {
      e1: {
        at: instant,
        received: instant,
        late: false,
        transfer: 'warm',
        trigger: 'sentiment_negative',
        ...(summary === undefined ? {} : { summary }),
      },
    },
    turns: Object.fromEntries(
      (said ?? []).map((text, index) => [
        String(index),
        { speaker: 'customer' as const, text, partial: false, at: instant, stamp: instant, event: `t${index}` },
      ]),
    ),
  };
  if (name !== undefined) snapshot.fields.contact_name = field(name);
  if (phone !== undefined) snapshot.fields.contact_phone = field(phone);
  if (campaign !== undefined) snapshot.fields.campaign = field(campaign);
  if (ai !== undefined) snapshot.dispositions.ai = field({ value: ai });
  if (agent !== undefined) snapshot.dispositions.agent = agent;
  if (claimedBy !== undefined)
    snapshot.claim = { seq: 1, agent: { id: claimedBy, name: claimedBy }, lease_until: instant, at: instant };
  return snapshot;
}

const context = {
  me: ME,
  local: (instant: string) => Date.parse(instant),
  late: false,
  painted_at: undefined,
  now: DAY,
};

async function keep(told: Told, painted_at?: number): Promise<void> {
  await journal.ask('putCall', recordOf(callOf(told), { ...context, painted_at }));
}

async function found(text: string, filters: HistoryQuery['filters'] = {}): Promise<string[]> {
  const page = await history.search(historyQuerySchema.parse({ text, filters }));
  return historyPageSchema.parse(page).rows.map(({ call }) => call);
}

beforeAll(async () => {
  journal = await testJournal({ path: file });
  history = historyOf(journal);
  const hour = 3600_000;
  await keep(
    {
      call: 'vinfer:priya',
      at: DAY + hour,
      name: 'Priya Sharma',
      phone: '+91 98200 12345',
      summary: 'Disputes the March bill',
      said: ['the meter was wrong', 'मीटर गलत था'],
      campaign: 'power',
      claimedBy: ME,
      endedAt: DAY + hour + 240_000,
      ai: 'dispute',
    },
    DAY + hour - 1_000,
  );
  await keep({
    call: 'infer:sukru',
    at: DAY + 2 * hour,
    name: 'Şükrü Işık',
    phone: '+90 532 000 11 22',
    said: ['ödeme yapmak istiyorum'],
    claimedBy: 'ravi',
    endedAt: DAY + 2 * hour + 60_000,
  });
  await keep({
    call: 'salpre:7',
    at: DAY + 3 * hour,
    phone: '+1 202 555 0142',
    summary: 'Wants to pay 5000 on Friday',
    endedAt: DAY + 3 * hour + 9_000,
  });
  await keep({
    call: 'vinfer:test',
    at: DAY + 4 * hour,
    name: 'Test Caller',
    test: true,
    claimedBy: ME,
    endedAt: DAY + 4 * hour + 1_000,
  });
});
afterAll(async () => {
  await journal.close();
});

describe('search finds', () => {
  test.each([
    ['a name in any case', 'PRIYA', ['vinfer:priya']],
    ['a name being typed', 'shar', ['vinfer:priya']],
    ['a Turkish name without its dots', 'sukru isik', ['infer:sukru']],
    ['a Turkish name in capitals', 'ŞÜKRÜ', ['infer:sukru']],
    ['words of a summary', 'march bill', ['vinfer:priya']],
    ['words that were said', 'meter wrong', ['vinfer:priya']],
    ['Hindi that was said', 'मीटर', ['vinfer:priya']],
    ['Hindi being typed', 'मी', ['vinfer:priya']],
    ['a number with other spaces', '9820 012345', ['vinfer:priya']],
    ['a number with its trunk zero', '098200 12345', ['vinfer:priya']],
    ['the last digits', '0142', ['salpre:7']],
    ['a number in Devanagari digits', '९८२००', ['vinfer:priya']],
    ['an amount that was written', '5000', ['salpre:7']],
    ['a name and a number', 'priya 98200', ['vinfer:priya']],
    ['nothing where a word is missing', 'priya lawyer', []],
    ['nothing for the middle of a word', 'harma', []],
    ['nothing, calmly, for signs of the search language', '"*(NEAR', []],
    ['everything for an empty search, newest first', '  ', ['vinfer:test', 'salpre:7', 'infer:sukru', 'vinfer:priya']],
  ])('%s', async (_what, text, calls) => {
    expect(await found(text)).toEqual(calls);
  });

  test('what narrows it down', async () => {
    expect(await found('', { kind: 'answered', tests: false })).toEqual(['vinfer:priya']);
    expect(await found('', { kind: 'missed' })).toEqual(['salpre:7']);
    expect(await found('', { platform: 'infer' })).toEqual(['infer:sukru']);
    expect(await found('', { campaign: 'power' })).toEqual(['vinfer:priya']);
    expect(await found('', { disposition: 'dispute' })).toEqual(['vinfer:priya']);
    expect(await found('', { from: DAY + 3 * 3600_000, to: DAY + 4 * 3600_000 })).toEqual(['salpre:7']);
  });

  test('notes of an outcome, and the row then shows the decision', async () => {
    const decision = { path: ['payment_promised'], notes: 'son Arjun pays on Diwali' };
    await journal.ask('saveOutcome', {
      id: 'o1',
      call: 'vinfer:priya',
      value: 'payment_promised',
      decision,
      decided_at: DAY,
    });
    const page = await history.search(historyQuerySchema.parse({ text: 'arjun diwali' }));
    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]).toMatchObject({
      call: 'vinfer:priya',
      agent_disposition: 'payment_promised',
      ai_disposition: 'dispute',
      snippet: { where: 'notes' },
    });
  });
});

test('a call that is told of again is one row, and what was answered stays answered', async () => {
  const told = { call: 'vinfer:again', at: DAY - 1_000, name: 'Old Name', claimedBy: ME };
  await keep(told);
  await keep({ ...told, name: 'New Name', claimedBy: 'ravi' });
  expect(await found('old')).toEqual([]);
  expect((await history.search(historyQuerySchema.parse({ text: 'new name' }))).rows).toMatchObject([
    { kind: 'answered' },
  ]);
});

test('the amount of a call is that of the decision that stands, whoever made it', async () => {
  const at = DAY - 2_000;
  const told = { call: 'vinfer:pays', at, name: 'Kavya', claimedBy: ME };
  const amounts = async () =>
    (await history.search(historyQuerySchema.parse({ text: 'kavya' }))).rows.map(({ amount }) => amount);
  const stamp = { at: new Date(at).toISOString(), event: 'd1' };
  await keep(told);
  const decision = { path: ['payment_promised'], amount: { value: '1500.50', currency: 'INR' } };
  await journal.ask('saveOutcome', {
    ...{ id: 'pays', call: told.call, value: 'payment_promised' },
    decision,
    decided_at: at,
  });
  await keep(told);
  expect(await amounts()).toEqual([{ value: '1500.50', currency: 'INR' }]);
  const amount = { value: '20', currency: 'TRY' };
  await keep({ ...told, agent: { value: { value: 'payment_promised', agent: 'ravi', amount }, ...stamp } });
  expect(await amounts()).toEqual([amount]);
  await keep({ ...told, agent: { value: { value: 'already_paid', agent: 'ravi' }, ...stamp } });
  expect(await amounts()).toEqual([undefined]);
});

test('the numbers of the day count own calls, without tests, and the dials that may have rung', async () => {
  const dial = { phone: '+919820012345', name: null, lead: null, body: '{}', owner: null };
  const ids = ['made', 'unclear', 'put away', 'refused', 'of yesterday'];
  for (const id of ids) await journal.ask('putDial', { ...dial, id, at: id === 'of yesterday' ? DAY - 1 : DAY + 1 });
  await journal.ask('changeDial', { id: 'made', state: 'done', call: 'vinfer:priya' });
  await journal.ask('changeDial', { id: 'unclear', state: 'unclear', reason: 'no_answer' });
  await journal.ask('changeDial', { id: 'put away', state: 'done' });
  await journal.ask('changeDial', { id: 'refused', state: 'done', reason: 'dial_blocked' });
  expect(await history.today()).toEqual({
    day: '2026-01-15',
    calls: 1,
    dials: 3,
    talk_s: 240,
    wrap_up_s: 0,
    seen_first: 1,
  });
});

test('one call of the past comes back with its outcomes', async () => {
  const { call, outcomes } = await history.call('vinfer:priya');
  expect(call?.call).toBe('vinfer:priya');
  expect(outcomes.map(({ decision }) => decision.path)).toEqual([['payment_promised']]);
  expect(await history.call('vinfer:never')).toEqual({ call: null, outcomes: [] });
});

test('pages follow each other without a gap or a repeat, also where calls share a moment', async () => {
  const big = await testJournal({ path: path.join(temporaryFolder(), 'big.db') });
  const long = historyOf(big);
  const records = Array.from({ length: 500 }, (_, n) => {
    const told = {
      call: `vinfer:${n}`,
      name: `Caller ${n}`,
      phone: `+9198${String(n).padStart(8, '0')}`,
      said: ['please send the bill again'],
    };
    return recordOf(callOf({ ...told, at: DAY - (n % 250) * 1000 }), context);
  });
  await Promise.all(records.map((record) => big.ask('putCall', record)));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query: HistoryQuery = { text: 'bill', filters: {}, limit: 60, ...(cursor === undefined ? {} : { cursor }) };
    const page = await long.search(query);
    expect(page.total).toEqual({ count: 500, capped: false });
    seen.push(...page.rows.map(({ call }) => call));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(500);
  expect(new Set(seen).size).toBe(500);
  await big.close();
});

test('old calls are forgotten, but none whose outcome the relay does not have', async () => {
  const old = DAY - 200 * 24 * 3600_000;
  await keep({ call: 'vinfer:old', at: old, name: 'Forgettable', endedAt: old });
  await keep({ call: 'vinfer:owed', at: old, name: 'Unforgettable', endedAt: old });
  await journal.ask('saveOutcome', {
    id: 'o2',
    call: 'vinfer:owed',
    value: 'interested',
    decision: { path: ['interested'] },
    decided_at: old,
  });
  await history.prune();
  expect(await found('forgettable')).toEqual([]);
  expect(await found('unforgettable')).toEqual(['vinfer:owed']);
  expect(await journal.ask('outcomesOf', 'vinfer:owed')).toHaveLength(1);
});

describe('the recorder', () => {
  function recorder() {
    const time = new VirtualTime();
    const written: string[] = [];
    const calls = new Map<string, CallSnapshot>();
    const made = new HistoryRecorder({
      journal: {
        ask: (name, ...args) => {
          const [record] = args as [{ call: string }];
          written.push(record.call);
          return journal.ask(name, ...args);
        },
      },
      scheduler: time,
      call: (id) => calls.get(id),
      context: () => ({ me: ME, local: context.local, late: false }),
      failed: fail,
    });
    return { made, time, written, calls };
  }

  test('writes a living call now and then, however much is said', async () => {
    const { made, time, written, calls } = recorder();
    const call = callOf({ call: 'vinfer:rec', at: DAY });
    calls.set(call.call, call);
    for (let turn = 0; turn < 50; turn += 1) made.touched(call);
    await time.next();
    await made.flush();
    expect(written).toEqual(['vinfer:rec']);
  });

  test('writes what waits before the desk ends', async () => {
    const { made, written, calls } = recorder();
    const call = callOf({ call: 'vinfer:last', at: DAY });
    calls.set(call.call, call);
    made.painted(call, DAY + 5);
    await made.flush();
    expect(written).toEqual(['vinfer:last']);
  });
});
