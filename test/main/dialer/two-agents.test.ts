/** One computer, several agents in turn: whose wish a call was, and who carries a customer's "never" to the relay. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Dialer } from '../../../src/main/dialer/dialer';
import { createRelayRest } from '../../../src/main/rest/relay-rest';
import { realScheduler } from '../../../src/main/timing/scheduler';
import type { DncEntry } from '../../../src/shared/contract/dnc';
import { until } from '../../support/poll';
import { buildEntries, builtWorker, temporaryFolder, testJournal } from '../journal/built';
import { problem, startHttpStub, type HttpRequest, type HttpStub } from '../support/http-stub';
import { AT, OFFICE, opened } from './samples';

const DIGITS = OFFICE.slice(1);

let child: string;
let worker: string;
let stub: HttpStub;
let file: string;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  child = path.join(await buildEntries({ 'desk-child': 'test/main/dialer/desk-child.ts' }), 'desk-child.js');
  worker = fileURLToPath(await builtWorker());
});
beforeEach(async () => {
  stub = await startHttpStub(() => 'hang');
  file = path.join(temporaryFolder(), 'journal.db');
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await stub.close();
});

/** Somebody asks for a call and hears a "never" that the relay does not answer; then the power goes. */
async function killedDeskOf(owner: string): Promise<void> {
  const desk = spawn(process.execPath, [child, worker, file, stub.link.relay, owner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(desk.stdout, 'data');
  await until('both to have left', () => stub.requests.length === 2);
  desk.kill('SIGKILL');
  await once(desk, 'close');
  stub.requests.splice(0);
}

/** The next desk on the same journal. Nobody is signed in until the test says so. */
async function desk() {
  const journal = await testJournal({ path: file, key: 'k' });
  const { link } = stub;
  const signedIn: { as: string | undefined } = { as: undefined };
  const dialer = new Dialer({
    ...{ journal, scheduler: realScheduler, newId: randomUUID, owner: () => signedIn.as },
    rest: createRelayRest({
      fetch: globalThis.fetch,
      link: () => ({ ...link, token: signedIn.as ?? 'nobody' }),
    }),
    ...{ call: () => undefined, calls: () => [], wrapUp: () => 'none', me: () => signedIn.as?.split('/')[1] },
    view: () => {
      throw new Error('no call is shown');
    },
    ...{ goesOn: () => false, hindrance: () => undefined, idleSeconds: () => 0, stopWork: () => undefined },
    blocked: () => Promise.resolve(null),
    history: () => ({ state: 'loading' }),
    wantHistory: () => undefined,
    local: (instant) => Date.parse(instant),
    relayTime: (local) => local,
    phone: (raw) => ({ raw }),
    label: (platform) => platform,
    changed: () => undefined,
    failed: (what, cause) => expect.fail(`${what}: ${String(cause)}`),
  });
  await dialer.start();
  let closed: Promise<void> | undefined;
  const close = () => {
    dialer.stop();
    return (closed ??= journal.close());
  };
  closers.push(close);
  const signIn = (as: string) => {
    signedIn.as = as;
    dialer.connected();
  };
  return { dialer, journal, signIn, close };
}

const entry: DncEntry = {
  ...{ id: 'stop_1', phone: OFFICE, scope: 'seller', seller: 'Acme', channel: 'call', origin: 'agent', agent: 'ravi' },
  ...{ requested_at: AT, recorded_at: AT, platforms: [] },
};
/** A relay that takes numbers, and leads of those who hold them. */
const takes = ({ path: to, token }: HttpRequest) => {
  if (to === '/v1/dnc') return { status: 201, body: entry };
  if (to.endsWith('/dnc') && token === 'team/asha')
    return { body: { lead: 'lead_2', state: 'dnc', repeated: false, not_before: null } };
  return problem(409, 'not_held');
};
const heard = (to: string) => stub.requests.filter((request) => request.path === to);

test('a "never" that another one heard goes out as a number with whoever is signed in next, and not in their hold', async () => {
  await killedDeskOf('team/asha');
  const killedAt = Date.now();
  stub.answer = takes;
  const { dialer, signIn } = await desk();
  expect(dialer.view.unsent_dnc).toBe(1);
  signIn('team/ravi');
  await until('it to be sent', () => dialer.view.unsent_dnc === 0);
  expect(heard('/v1/leads/lead_2/dnc')).toEqual([]);
  const [sent] = heard('/v1/dnc');
  expect(sent?.token).toBe('team/ravi');
  const body = JSON.parse(sent?.body ?? '{}') as { requested_at: string };
  expect(body).toMatchObject({ phone: OFFICE, scope: 'seller', seller: 'Acme', verbatim: 'Stop it', channel: 'call' });
  expect(Date.parse(body.requested_at)).toBeLessThan(killedAt);
});

test('the one who heard it sends it with the lead that was in their hands', async () => {
  await killedDeskOf('team/asha');
  stub.answer = takes;
  const { dialer, signIn } = await desk();
  signIn('team/asha');
  await until('it to be sent', () => dialer.view.unsent_dnc === 0);
  expect(heard('/v1/leads/lead_2/dnc')).toMatchObject([{ token: 'team/asha' }]);
  expect(heard('/v1/dnc')).toEqual([]);
});

test('no "never" goes out before the relay has said who is signed in', async () => {
  await killedDeskOf('team/asha');
  stub.answer = takes;
  const { dialer, signIn } = await desk();
  dialer.neverCalls.kick();
  await dialer.neverCalls.put({
    ...{ lead: 'lead_3', hold: 'hold_3', scope: 'all', seller: null, verbatim: null, owner: null },
    phones: ['+13055550143'],
  });
  expect(stub.requests.filter(({ path: to }) => to.endsWith('/dnc'))).toEqual([]);
  signIn('team/ravi');
  await until('both to be sent', () => dialer.view.unsent_dnc === 0);
  expect(heard('/v1/dnc')).toHaveLength(2);
});

test('a real "never" is never handed to the practice floor, where it would count as sent', async () => {
  await killedDeskOf('team/asha');
  stub.answer = takes;
  const { dialer, signIn } = await desk();
  signIn('practice/you');
  await dialer.neverCalls.put({
    ...{ lead: 'lead_3', hold: 'hold_3', scope: 'all', seller: null, verbatim: null, owner: 'practice/you' },
    phones: ['+13055550143'],
  });
  await until('the practised one to be sent', () => dialer.view.unsent_dnc === 1);
  expect(stub.requests.filter(({ body }) => body.includes(OFFICE))).toEqual([]);
  signIn('team/ravi');
  await until('the real one to be sent', () => dialer.view.unsent_dnc === 0);
  expect(heard('/v1/dnc').at(-1)).toMatchObject({
    token: 'team/ravi',
    body: expect.stringContaining(OFFICE) as string,
  });
});

test('the number is blocked here for everybody, whoever heard it', async () => {
  await killedDeskOf('team/asha');
  const { dialer, journal, signIn } = await desk();
  for (const agent of [undefined, 'practice/you', 'team/ravi']) {
    if (agent !== undefined) signIn(agent);
    expect(await journal.ask('blocked', DIGITS)).toBe('seller');
  }
  await dialer.neverCalls.put({
    ...{ lead: 'lead_3', hold: 'hold_3', scope: 'all', seller: null, verbatim: null, owner: 'practice/you' },
    phones: [OFFICE],
  });
  expect(await journal.ask('blocked', DIGITS)).toBe('all');
});

test('which seller a number must not be called for is the relay’s to judge once it knows, and blocked until then', async () => {
  await killedDeskOf('team/asha');
  stub.answer = takes;
  const { dialer, journal, signIn } = await desk();
  expect(await journal.ask('blocked', DIGITS)).toBe('seller');
  signIn('team/ravi');
  await until('it to be sent', () => dialer.view.unsent_dnc === 0);
  expect(await journal.ask('blocked', DIGITS)).toBeNull();
});

test('a lead that another one was reading is put down when somebody else signs in', async () => {
  stub.answer = ({ path: to }) => (to === '/v1/leads/next' ? { body: { next: opened(), nothing: null } } : 'hang');
  const { dialer, signIn } = await desk();
  signIn('team/asha');
  await dialer.next();
  signIn('team/asha');
  expect(dialer.view.preview.state).toBe('open');
  signIn('practice/you');
  expect(dialer.view.preview.state).toBe('none');
  expect(await dialer.neverCall('lead_1', { scope: 'all', verbatim: undefined, phone: undefined })).toMatchObject({
    ok: false,
  });
});

test('a call that nobody knows about waits for the one who asked for it, and nobody else asks for it again', async () => {
  await killedDeskOf('team/asha');
  stub.answer = () => ({ status: 201, body: { call: 'vinfer:c1', platform: 'vinfer', started_at: AT } });
  const one = await desk();
  const [shown] = one.dialer.view.calls;
  expect(shown).toMatchObject({ state: 'unclear', name: 'Priya Sharma' });
  const id = shown?.id ?? '';
  // Shown while nobody is known to be somebody else; asked for again in nobody's name.
  expect(await one.dialer.callAgain(id)).toEqual({ ok: false, reason: 'offline' });
  one.signIn('team/ravi');
  expect(one.dialer.view.calls).toEqual([]);
  expect(one.dialer.dials.open('+915551230001')).toBe(false);
  expect(await one.dialer.callAgain(id)).toEqual({ ok: false, reason: 'not_found' });
  expect(one.dialer.dials.dismiss(id)).toBe(false);
  await one.close();
  expect(heard('/v1/calls')).toEqual([]);

  const back = await desk();
  back.signIn('team/asha');
  expect(back.dialer.view.calls).toMatchObject([{ id, state: 'unclear' }]);
  expect(await back.dialer.callAgain(id)).toEqual({ ok: true });
  expect(heard('/v1/calls')).toMatchObject([{ token: 'team/asha' }]);
});

test('what was kept before anybody was named goes with whoever is signed in', async () => {
  const first = await desk();
  await first.journal.ask('putDial', {
    ...{ id: 'd1', phone: OFFICE, lead: null, name: null, body: '{}', at: Date.now(), owner: null },
  });
  await first.close();
  const second = await desk();
  second.signIn('team/ravi');
  expect(second.dialer.view.calls).toMatchObject([{ id: 'd1', state: 'unclear' }]);
});
