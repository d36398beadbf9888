import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dials } from '../../../src/main/dialer/dials';
import { createRelayRest } from '../../../src/main/rest/relay-rest';
import { fullCall } from '../../../src/renderer/gallery/samples';
import { realScheduler } from '../../../src/main/timing/scheduler';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { emptyCall } from '../../../src/shared/lib/fold-call';
import { until } from '../../support/poll';
import { temporaryFolder, testJournal } from '../journal/built';
import { problem, startHttpStub, type HttpStub } from '../support/http-stub';

const PHONE = '+915551230001';
const wish = { body: { phone: PHONE, lead: 'lead_1' }, name: 'Priya Sharma' };
const started = {
  status: 201,
  body: { call: 'vinfer:c1', platform: 'vinfer', started_at: '2026-03-02T10:00:00.000Z' },
};

let stub: HttpStub;
let file: string;
let calls: Map<string, CallSnapshot>;
let wrapUps: Map<string, 'open' | 'left'>;
const closers: (() => Promise<void>)[] = [];

/** A desk on the journal file; a second one is the same desk after a crash. */
async function desk() {
  const faults: string[] = [];
  const journal = await testJournal({ path: file });
  const dials = new Dials({
    journal,
    rest: createRelayRest({ fetch: globalThis.fetch, link: () => stub.link }),
    scheduler: realScheduler,
    newId: randomUUID,
    phone: (raw) => ({ raw }),
    call: (id) => calls.get(id),
    calls: () => calls.values(),
    view: ({ call: id }) => ({ ...fullCall, call: id }),
    me: () => 'asha',
    owner: () => 'team/asha',
    local: (instant) => Date.parse(instant),
    wrapUp: (call) => wrapUps.get(call) ?? 'none',
    changed: () => undefined,
    failed: (what) => void faults.push(what),
  });
  await dials.start();
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= journal.close());
  closers.push(close);
  return { dials, journal, close, faults };
}

/** A call that this agent asked for, as the relay tells of it. */
function call(id: string, more: Partial<CallSnapshot> = {}, agent = 'asha'): CallSnapshot {
  const at = new Date().toISOString();
  return {
    ...emptyCall(id),
    fields: {
      contact_phone: { value: '+91 55512 30001', at, event: 'e1' },
      origin_agent: { value: agent, at, event: 'e1' },
    },
    milestones: { started: { at, event: 'e1' } },
    ...more,
  };
}

const states = async (journal: Awaited<ReturnType<typeof desk>>['journal']) =>
  (await journal.ask('openDials')).map(({ state, call: of }) => [state, of]);

beforeEach(async () => {
  stub = await startHttpStub(() => started);
  file = path.join(temporaryFolder(), 'journal.db');
  calls = new Map();
  wrapUps = new Map();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await stub.close();
});

test('a call is in the journal before it is asked for, and stays in sight until it is over and wrapped up', async () => {
  const { dials, journal } = await desk();
  let written: unknown;
  stub.answer = async () => {
    written = await states(journal);
    return started;
  };
  expect(await dials.ask(wish)).toEqual({ state: 'made' });
  expect(written).toEqual([['sending', null]]);
  expect(dials.views).toMatchObject([{ state: 'made', call_id: 'vinfer:c1', name: 'Priya Sharma' }]);
  expect(stub.requests).toMatchObject([{ method: 'POST', path: '/v1/calls', body: JSON.stringify(wish.body) }]);

  const ended = { ended: { at: new Date().toISOString(), event: 'e2' } };
  calls.set('vinfer:c1', call('vinfer:c1', { milestones: ended }));
  wrapUps.set('vinfer:c1', 'open');
  dials.settle();
  expect(await states(journal)).toEqual([['made', 'vinfer:c1']]);
  wrapUps.set('vinfer:c1', 'left');
  dials.settle();
  await until('it to be put away', async () => (await states(journal)).length === 0);
});

test('a lost answer is unclear and asks nobody again by itself; the next attempt is the agent’s, with a key of its own', async () => {
  const { dials } = await desk();
  stub.answer = () => 'cut';
  expect((await dials.ask(wish)).state).toBe('unclear');
  expect(dials.views).toMatchObject([{ state: 'unclear', reason: 'no_answer' }]);
  expect(dials.open(PHONE)).toBe(true);
  const id = dials.views[0]!.id;
  expect(dials.look(id)).toBe(false);
  expect(dials.views[0]!.looked_at).toBeGreaterThan(0);
  expect(stub.requests).toHaveLength(1);

  stub.answer = () => started;
  const again = dials.wish(id)!;
  expect(dials.dismiss(id)).toBe(true);
  await dials.ask({ ...again, body: { ...again.body, confirm_unclear: true } });
  expect(stub.requests).toHaveLength(2);
  expect(new Set(stub.requests.map(({ key }) => key)).size).toBe(2);
  expect(JSON.parse(stub.requests[1]!.body)).toEqual({ ...wish.body, confirm_unclear: true });
});

test('an unclear call that turns up is found by number, time and who asked; nobody else’s is', async () => {
  const { dials } = await desk();
  stub.answer = () => problem(409, 'unclear');
  await dials.ask(wish);
  const id = dials.views[0]!.id;
  const before = new Date(Date.now() - 3600_000).toISOString();
  calls.set('vinfer:old', call('vinfer:old', { milestones: { started: { at: before, event: 'e' } } }));
  calls.set('vinfer:other', call('vinfer:other', {}, 'vikram'));
  expect(dials.look(id)).toBe(false);
  calls.set('vinfer:mine', call('vinfer:mine'));
  expect(dials.look(id)).toBe(true);
  expect(dials.open(PHONE)).toBe(false);
});

test('two unclear wishes for one number never share a call', async () => {
  const { dials, journal } = await desk();
  stub.answer = () => 'cut';
  await dials.ask(wish);
  await dials.ask(wish);
  calls.set('vinfer:one', call('vinfer:one'));
  dials.settle();
  await until('one to be found', async () => (await states(journal)).some(([state]) => state === 'made'));
  expect((await states(journal)).map(([state]) => state).sort()).toEqual(['made', 'unclear']);
});

test.each(['dial_blocked', 'call_limit', 'not_held', 'platform_refused', 'platform_unavailable'])(
  'a definite no (%s) leaves nothing behind but its reason',
  async (code) => {
    const { dials, journal } = await desk();
    stub.answer = () => problem(409, code);
    expect(await dials.ask(wish)).toMatchObject({ state: 'not_made', answer: { reason: code } });
    expect(dials.views).toEqual([]);
    await until('nothing to be kept', async () => (await states(journal)).length === 0);
  },
);

test('a call the platform will dial is awaited, and found when it is there', async () => {
  const { dials } = await desk();
  stub.answer = () => ({
    status: 202,
    body: { campaign: 'vinfer:cmp_1', platform: 'vinfer', started_at: '2026-03-02T10:00:00.000Z' },
  });
  expect(await dials.ask(wish)).toEqual({ state: 'awaited' });
  expect(dials.views).toMatchObject([{ state: 'awaited' }]);
  calls.set('vinfer:late', call('vinfer:late'));
  dials.settle();
  expect(dials.views).toMatchObject([{ state: 'made', call_id: 'vinfer:late' }]);
});

test('a desk that dies while a call is asked for comes back with it unclear, and asks for nothing by itself', async () => {
  const first = await desk();
  stub.answer = () => 'hang';
  void first.dials.ask(wish);
  await until('the request to arrive', () => stub.requests.length === 1);
  await first.close();
  const second = await desk();
  expect(second.dials.views).toMatchObject([{ state: 'unclear', name: 'Priya Sharma' }]);
  expect(second.dials.wish(second.dials.views[0]!.id)).toEqual(wish);
  expect(stub.requests).toHaveLength(1);
});

test('a call that goes on cannot be put away, one that is over can', async () => {
  const { dials, faults } = await desk();
  await dials.ask(wish);
  const id = dials.views[0]!.id;
  const at = new Date().toISOString();
  calls.set('vinfer:c1', call('vinfer:c1', { milestones: { answered: { at, event: 'e' } } }));
  expect(dials.dismiss(id)).toBe(false);
  calls.set('vinfer:c1', call('vinfer:c1', { milestones: { failed: { at, event: 'e', message: 'busy' } } }));
  expect(dials.dismiss(id)).toBe(true);
  expect([dials.views, faults]).toEqual([[], []]);
});
