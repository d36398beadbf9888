import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { builtWorker } from '../journal/built';
import { decision, deskOutcomes, endedCall, ME, type DeskOutcomes } from './desk-outcomes';
import { startRelayStub, type RelayStub } from './relay-stub';

const CALL = 'vinfer:call_1';
const FORM = { path: ['interested'], notes: 'ask for the re', callback: null, dnc: null };

let relay: RelayStub;
const desks: DeskOutcomes[] = [];

beforeAll(async () => {
  await builtWorker();
});
beforeEach(async () => {
  relay = await startRelayStub();
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  await relay.close();
});

const linkTo = (token = 't1') => ({ relay: relay.relay, token });

async function desk(options: Parameters<typeof deskOutcomes>[0] = {}): Promise<DeskOutcomes> {
  const made = await deskOutcomes({ link: linkTo(), ...options });
  desks.push(made);
  return made;
}

async function saved(from: DeskOutcomes, call: string, what = decision()): Promise<string> {
  const reply = await from.outcomes.save(call, what);
  if (!reply.ok) throw new Error(reply.reason);
  return reply.id;
}

async function stateOf(of: DeskOutcomes, call: string): Promise<string | undefined> {
  return (await of.outcomes.get(call)).trail[0]?.state;
}

const becomes = (of: DeskOutcomes, call: string, state: string) =>
  until(`${call} is ${state}`, async () => (await stateOf(of, call)) === state);

test('a saved outcome reaches the relay with its key, notes, amount and the moment of the decision', async () => {
  const asha = await desk();
  asha.calls.set(CALL, endedCall(CALL));
  const amount = { value: '1500.50', currency: 'INR' };
  const id = await saved(asha, CALL, decision({ notes: 'Call the son first', amount }));
  await becomes(asha, CALL, 'sent');
  expect(relay.effects).toHaveLength(1);
  expect(relay.effects[0]).toMatchObject({
    key: id,
    call: CALL,
    body: { value: 'interested', notes: 'Call the son first', amount },
  });
  expect(asha.marks).toEqual([`disposition.saved ${CALL}`, `disposition.sent ${CALL}`]);
});

test.each([
  ['unsupported', 'kept_by_relay'],
  ['pending', 'kept_by_relay'],
  ['refused', 'refused'],
] as const)('what the platform made of it is told: %s shows as %s', async (platform, state) => {
  relay.platform = platform;
  const asha = await desk();
  await saved(asha, CALL);
  await becomes(asha, CALL, state);
});

test('the order of decisions is kept within a call while other calls go on', async () => {
  let stuck = true;
  relay.mishap = ({ call }) => (stuck && call === CALL ? { status: 500, code: 'internal' } : undefined);
  const asha = await desk();
  await saved(asha, CALL, decision({ notes: 'first' }));
  await saved(asha, CALL, decision({ notes: 'second' }));
  await saved(asha, 'vinfer:call_2');
  await becomes(asha, 'vinfer:call_2', 'sent');
  expect(relay.effects.map(({ call }) => call)).toEqual(['vinfer:call_2']);
  stuck = false;
  await becomes(asha, CALL, 'sent');
  const notes = relay.effects.filter(({ call }) => call === CALL).map(({ body }) => body.notes);
  expect(notes).toEqual(['first', 'second']);
});

test('an answer that got lost is asked for again under the same key, with one effect', async () => {
  let cuts = 2;
  relay.mishap = () => (cuts-- > 0 ? 'cut_after' : undefined);
  const asha = await desk();
  const id = await saved(asha, CALL);
  await becomes(asha, CALL, 'sent');
  expect(relay.attempts.map(({ key }) => key)).toEqual([id, id, id]);
  expect(relay.effects).toHaveLength(1);
});

test('a refused token stops the sending, and another token sends everything', async () => {
  relay.mishap = ({ token }) => (token === 't1' ? { status: 401, code: 'unauthorized' } : undefined);
  const asha = await desk();
  await saved(asha, CALL);
  await until('waits for sign-in', async () => (await asha.outcomes.get(CALL)).trail[0]?.why?.code === 'sign_in');
  await saved(asha, 'vinfer:call_2');
  expect(relay.attempts).toHaveLength(1);
  asha.link = linkTo('t2');
  await asha.outcomes.connected();
  await becomes(asha, CALL, 'sent');
  await becomes(asha, 'vinfer:call_2', 'sent');
});

test('an outcome that the relay wants an amount with waits for the agent, and says so', async () => {
  relay.mishap = () => ({ status: 422, code: 'amount_needed' });
  const asha = await desk();
  await saved(asha, CALL);
  await becomes(asha, CALL, 'refused');
  expect((await asha.outcomes.get(CALL)).trail[0]?.why?.code).toBe('amount_needed');
});

test('a definite no is parked with its reason and holds up nothing, not even the same call', async () => {
  relay.mishap = ({ call }) =>
    call === CALL && relay.attempts.length === 1 ? { status: 404, code: 'not_found' } : undefined;
  const asha = await desk();
  const first = await saved(asha, CALL, decision({ notes: 'first' }));
  await becomes(asha, CALL, 'refused');
  await saved(asha, CALL, decision({ notes: 'second' }));
  await becomes(asha, CALL, 'sent');
  const { trail } = await asha.outcomes.get(CALL);
  expect(trail[1]).toMatchObject({ id: first, state: 'refused', why: { code: 'call_unknown' } });
  expect(await asha.outcomes.retry(first)).toEqual({ ok: false, reason: 'superseded' });
});

test('where another agent decided first both values are shown, and only a person replaces it', async () => {
  const current = { value: 'dispute', agent: 'ravi', event: 'disposition:77' };
  relay.mishap = () =>
    relay.attempts.length === 1 ? { status: 409, code: 'already_decided', members: { current } } : undefined;
  const asha = await desk();
  const id = await saved(asha, CALL);
  await becomes(asha, CALL, 'refused');
  expect((await asha.outcomes.get(CALL)).trail[0]).toMatchObject({
    why: { code: 'conflict' },
    conflict: { value: 'dispute', agent: 'ravi' },
  });
  expect(await asha.outcomes.retry(id)).toEqual({ ok: true });
  await becomes(asha, CALL, 'sent');
  expect(relay.effects[0]).toMatchObject({ key: id, body: { replaces: 'disposition:77' } });
});

test('a busy relay is left alone for as long as it asked', async () => {
  relay.mishap = () =>
    relay.attempts.length === 1 ? { status: 503, code: 'unavailable', retryAfter: '0.4' } : undefined;
  const asha = await desk();
  const before = performance.now();
  await saved(asha, CALL);
  await becomes(asha, CALL, 'sent');
  expect(performance.now() - before).toBeGreaterThan(380);
});

test('a page of some proxy is no answer of the relay: it is asked again', async () => {
  relay.mishap = () => (relay.attempts.length === 1 ? { status: 403 } : undefined);
  const asha = await desk();
  await saved(asha, CALL);
  await becomes(asha, CALL, 'sent');
});

test('saved while offline, sent after a restart with the same key', async () => {
  const first = await desk({ link: { relay: 'ws://127.0.0.1:9', token: 't1' } });
  const id = await saved(first, CALL);
  await becomes(first, CALL, 'waiting');
  desks.splice(desks.indexOf(first), 1);
  await first.close();
  const second = await desk({ file: first.file });
  await becomes(second, CALL, 'sent');
  expect(relay.effects.map(({ key }) => key)).toEqual([id]);
});

test('a reconnect ends every wait', async () => {
  const asha = await desk({ link: { relay: 'ws://127.0.0.1:9', token: 't1' } });
  await saved(asha, CALL);
  await becomes(asha, CALL, 'waiting');
  asha.link = linkTo();
  await asha.outcomes.connected();
  await becomes(asha, CALL, 'sent');
});

test('a draft is there after a restart, and gone once its outcome is saved', async () => {
  const first = await desk();
  await Promise.all([1, 2, 3].map((rev) => first.outcomes.draft(CALL, rev, { ...FORM, notes: 'typed '.repeat(rev) })));
  desks.splice(desks.indexOf(first), 1);
  await first.close();
  const second = await desk({ file: first.file });
  expect((await second.outcomes.get(CALL)).draft).toEqual({ rev: 3, form: { ...FORM, notes: 'typed '.repeat(3) } });
  await until('published', () => second.views.at(-1)?.calls.find(({ call }) => call === CALL)?.state === 'draft');
  await saved(second, CALL);
  expect((await second.outcomes.get(CALL)).draft).toBeNull();
});

test('keystrokes that are still on their way do not bring back the draft of a saved outcome', async () => {
  const asha = await desk();
  const typing = [1, 2, 3, 4].map((rev) => asha.outcomes.draft(CALL, rev, FORM));
  await saved(asha, CALL);
  await Promise.all(typing);
  expect((await asha.outcomes.get(CALL)).draft).toBeNull();
});

test('a request not to be called blocks the number here at once, before any relay knows', async () => {
  const asha = await desk({ link: { relay: 'ws://127.0.0.1:9', token: 't1' } });
  asha.calls.set(CALL, endedCall(CALL));
  await saved(asha, CALL, decision({ path: ['dnc'], dnc: { scope: 'automated', verbatim: 'take me off your list' } }));
  expect(await asha.outcomes.blocked('+919820012345')).toBe('automated');
  expect(await asha.outcomes.blocked('+919820012346')).toBeNull();
});

test('the AI proposal stays beside the decision, and a later word of the platform changes neither', async () => {
  const asha = await desk();
  const call = endedCall(CALL);
  asha.calls.set(CALL, call);
  await saved(asha, CALL);
  const at = new Date().toISOString();
  call.dispositions.platform = { value: { value: 'not_interested' }, at, event: 'late' };
  const view = await asha.outcomes.get(CALL);
  expect(view.trail[0]).toMatchObject({ proposal: 'payment_promised', decision: { path: ['interested'] } });
  expect(view.differences).toEqual([
    { between: 'ai_and_agent', agent: 'interested', other: 'payment_promised' },
    { between: 'platform_and_agent', agent: 'interested', other: 'not_interested' },
  ]);
});

test('without a keyring outcomes still go out, and the view says that nothing is kept', async () => {
  const asha = await desk({ key: undefined });
  await saved(asha, CALL);
  await becomes(asha, CALL, 'sent');
  expect((await asha.outcomes.get(CALL)).storage).toEqual({ kept: 'memory', why: 'no_key' });
});

test('a call enters wrap-up once, required outcomes hold it, and the chosen state comes after', async () => {
  const asha = await desk();
  const call = endedCall(CALL);
  asha.calls.set(CALL, call);
  asha.outcomes.touched(call, ME, Date.now());
  asha.outcomes.touched(call, ME, Date.now());
  await until('in wrap-up', () => asha.outcomes.wrapUps.of(CALL) ?? undefined);
  expect(asha.states).toEqual(['wrapup']);
  expect(asha.outcomes.next.choose('break')).toBe(true);
  expect(await asha.outcomes.wrapUps.leave(CALL)).toEqual({ ok: false, reason: 'outcome_required' });
  await saved(asha, CALL);
  expect(await asha.outcomes.wrapUps.leave(CALL)).toEqual({ ok: true });
  expect(asha.states).toEqual(['wrapup', 'break']);
  asha.outcomes.touched(call, ME, Date.now());
  expect(await asha.journal.ask('openWrapUps')).toEqual([]);
});

test('a wrap-up that is to end with its outcome ends once that is durable, and not before', async () => {
  const asha = await desk({ settings: { leave_after_save: true } });
  const call = endedCall(CALL);
  asha.calls.set(CALL, call);
  asha.outcomes.touched(call, ME, Date.now());
  await until('in wrap-up', () => asha.outcomes.wrapUps.of(CALL) ?? undefined);
  expect(asha.states).toEqual(['wrapup']);
  await saved(asha, CALL);
  expect(asha.outcomes.wrapUps.of(CALL)).toBeNull();
  expect(asha.states).toEqual(['wrapup', 'available']);
  // A correction later finds no wrap-up to end.
  await saved(asha, CALL);
});

test('an open wrap-up survives a restart', async () => {
  const first = await desk();
  first.outcomes.touched(endedCall(CALL), ME, Date.now());
  const view = await until('in wrap-up', () => first.outcomes.wrapUps.of(CALL) ?? undefined);
  desks.splice(desks.indexOf(first), 1);
  await first.close();
  const second = await desk({ file: first.file });
  expect(second.outcomes.wrapUps.of(CALL)).toEqual(view);
});

async function closed(one: DeskOutcomes): Promise<void> {
  desks.splice(desks.indexOf(one), 1);
  await one.close();
}

describe('a computer that several agents use', () => {
  test('keeps what one of them decided offline until they are back, and sends it in nobody else’s name', async () => {
    const asha = await desk();
    asha.link = undefined;
    const hers = await saved(asha, CALL);
    await closed(asha);

    const ravi = await desk({ file: asha.file, owner: 'team/ravi', link: linkTo('ravi') });
    await ravi.outcomes.connected();
    await saved(ravi, CALL);
    await becomes(ravi, CALL, 'sent');
    await until('the other one told of', () => {
      const { others, waiting = 0, refused = 0 } = ravi.views.at(-1) ?? {};
      return others === 1 && waiting + refused === 0;
    });
    expect((await ravi.outcomes.list(['saved', 'waiting'], Number.MAX_SAFE_INTEGER, 10)).entries).toEqual([]);
    expect(relay.attempts.map(({ token }) => token)).toEqual(['ravi']);
    await closed(ravi);

    const back = await desk({ file: asha.file, link: linkTo('asha') });
    await back.outcomes.connected();
    await until('hers at the relay', () => relay.effects.some(({ key }) => key === hers));
    expect(relay.attempts.map(({ token }) => token)).toEqual(['ravi', 'asha']);
  });

  test('sends nothing before the relay has said who is signed in', async () => {
    const asha = await desk({ owner: undefined });
    const id = await saved(asha, CALL);
    await until('the saved one told of', () => asha.views.at(-1)?.waiting === 1);
    expect(relay.attempts).toEqual([]);
    asha.owner = 'team/ravi';
    await asha.outcomes.connected();
    await until('it at the relay', () => relay.effects.some(({ key }) => key === id));
  });

  test('shows each of them their own wrap-ups, and nothing of what was practised', async () => {
    const file = (await desk({ owner: 'practice/you' })).file;
    const practising = desks.at(-1)!;
    practising.outcomes.touched(endedCall(CALL), ME, Date.now());
    await until('in wrap-up', () => practising.outcomes.wrapUps.of(CALL) ?? undefined);
    practising.owner = 'team/asha';
    await practising.outcomes.connected();
    expect(practising.outcomes.wrapUps.views).toEqual([]);
    expect(practising.states).toEqual(['wrapup', 'available']);
    practising.owner = 'practice/you';
    await practising.outcomes.connected();
    expect(practising.outcomes.wrapUps.of(CALL)).toMatchObject({ call: CALL });
    await closed(practising);
    const offline = await desk({ file, owner: undefined, link: undefined });
    expect(offline.outcomes.wrapUps.of(CALL)).toMatchObject({ call: CALL });
    await saved(offline, CALL);
    const [entry] = await offline.journal.ask('listOutcomes', [], Number.MAX_SAFE_INTEGER, 10, 'practice/you');
    expect(entry).toMatchObject({ call: CALL });
    expect(await offline.journal.ask('listOutcomes', [], Number.MAX_SAFE_INTEGER, 10, 'team/asha')).toEqual([]);
  });
});
