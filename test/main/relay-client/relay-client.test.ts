import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelayClient, type LinkState } from '../../../src/main/relay-client/relay-client';
import { REPLY_WITHIN_MS } from '../../../src/main/relay-client/commands';
import { STABLE_AFTER_MS } from '../../../src/main/relay-client/backoff';
import type { HandoverEvent } from '../../../src/shared/contract/events';
import { until } from '../../support/poll';
import { CALL, call, escalation, event } from '../support/events';
import { FakeRelay } from '../support/fake-relay';
import { ManualScheduler } from '../support/manual-scheduler';

let relay: FakeRelay;
let scheduler: ManualScheduler;
let client: RelayClient | undefined;
let states: LinkState[];
let heard: string[];

function connect(relays = [relay.address], token = 'secret'): RelayClient {
  client = new RelayClient({
    relays,
    token,
    client: { app: 'test', version: '0', instance: 'i' },
    scheduler,
    random: () => 0.5,
    onState: (state) => states.push(state),
    onHello: (reply) => heard.push(`hello ${reply.recovered ? 'recovered' : 'snapshot'} ${reply.calls?.length ?? 0}`),
    onEvent: (received: HandoverEvent, offset) => heard.push(`${received.type} ${offset}`),
    onCall: (shown) => heard.push(`call ${shown.call}`),
    onGone: (gone) => heard.push(`gone ${gone}`),
    onCallbacks: () => heard.push('callbacks'),
    log: () => undefined,
  });
  client.start();
  return client;
}

const state = () => states.at(-1)?.state;
const reach = (wanted: LinkState['state']) => until(`state ${wanted}`, () => state() === wanted);

beforeEach(async () => {
  relay = await FakeRelay.start();
  scheduler = new ManualScheduler();
  states = [];
  heard = [];
});

afterEach(async () => {
  client?.close();
  await relay.stop();
});

describe('the link to the relay', () => {
  it('says hello without a position and hands over the snapshot', async () => {
    connect();
    const hello = await relay.welcome({ calls: [call(escalation())] });
    await reach('live');
    expect(hello).toMatchObject({ position: null, client: { app: 'test', instance: 'i' } });
    expect(heard).toEqual(['hello snapshot 1']);
  });

  it('passes on calls, events and what is gone, in order', async () => {
    connect();
    relay.head = 5;
    await relay.welcome();
    relay.send({ type: 'call', call: call(event('call.answered', {})) });
    relay.event(escalation(), 8, 5);
    relay.event(event('call.ended', {}), 9, 8);
    relay.send({ type: 'gone', call: CALL });
    await until('the last frame', () => heard.includes(`gone ${CALL}`));
    expect(heard).toEqual(['hello snapshot 0', `call ${CALL}`, 'call.escalated 8', 'call.ended 9', `gone ${CALL}`]);
  });

  it('is known to be lost the moment the relay dies, and resumes where it stood', async () => {
    connect();
    await relay.welcome();
    relay.event(escalation(), 3, 0);
    await until('the event', () => heard.includes('call.escalated 3'));
    relay.cut();
    await reach('lost');
    expect(states.at(-1)).toMatchObject({ nextTryAt: scheduler.now() + 250 });
    scheduler.advance(250);
    relay.head = 4;
    const hello = await relay.welcome({ count: 2, recovered: true });
    expect(hello.position).toEqual({ epoch: 'e1', offset: 3 });
    relay.event(event('call.ended', {}), 4, 3);
    await until('the missed event', () => heard.includes('call.ended 4'));
  });

  it('takes the snapshot when the relay’s log is another one', async () => {
    connect();
    await relay.welcome();
    await reach('live');
    relay.cut();
    await reach('lost');
    relay.epoch = 'e2';
    relay.head = 70;
    scheduler.advance(250);
    await relay.welcome({ count: 2 });
    relay.event(escalation(), 71, 70);
    await until('an event of the new log', () => heard.includes('call.escalated 71'));
  });

  it('reconnects at a gap instead of showing a call with a hole in it, and then asks for everything', async () => {
    connect();
    await relay.welcome();
    relay.event(escalation(), 9, 7);
    await reach('lost');
    expect(heard).toEqual(['hello snapshot 0']);
    scheduler.advance(250);
    const again = await relay.welcome({ count: 2, recovered: true });
    expect(again.position).toEqual({ epoch: 'e1', offset: 0 });
    relay.event(escalation(), 9, 7);
    await until('the second loss', () => states.filter((known) => known.state === 'lost').length === 2);
    scheduler.advance(500);
    expect((await relay.next('hello', 3)).position).toBeNull();
  });

  it('moves past an event it does not understand without losing its place', async () => {
    connect();
    await relay.welcome();
    relay.send({ type: 'event', offset: 1, prev: 0, event: { type: 'call.sung', id: 'x' } });
    relay.send({ type: 'weather', fine: true });
    relay.event(escalation(), 2, 1);
    await until('the next event', () => heard.includes('call.escalated 2'));
  });

  it('gives up on a relay that talks nonsense', async () => {
    connect();
    await relay.welcome();
    relay.send('{not json');
    await reach('lost');
  });

  it.each([
    [4001, 'token_refused'],
    [4002, 'taken_over'],
    [4003, 'protocol'],
  ])('stops for good at close code %i', async (code, reason) => {
    connect();
    await relay.welcome();
    relay.close(code, 'why');
    await reach('stopped');
    expect(states.at(-1)).toEqual({ state: 'stopped', reason, message: 'why' });
    scheduler.advance(120_000);
    expect(relay.connections).toBe(1);
  });

  it.each([1001, 1006, 4008, 4009])('comes back by itself after close code %i', async (code) => {
    connect();
    await relay.welcome();
    if (code === 1006) relay.cut();
    else relay.close(code);
    await reach('lost');
    scheduler.advance(250);
    await relay.welcome({ count: 2 });
    await until('live again', () => state() === 'live');
  });

  it('stops when the token is refused at the door', async () => {
    connect([relay.address], 'wrong');
    await reach('stopped');
    expect(states.at(-1)).toMatchObject({ reason: 'token_refused' });
  });

  it('stops when another desk of the agent is active, until the person takes over', async () => {
    const desk = connect();
    const hello = await relay.next('hello');
    relay.refuse(hello.id, 'busy', 'You are signed in at another desk');
    await reach('stopped');
    expect(states.at(-1)).toMatchObject({ reason: 'taken_over', message: 'You are signed in at another desk' });
    desk.reconnectNow(true);
    expect(await relay.welcome({ count: 2 })).toMatchObject({ takeover: true });
    await reach('live');
  });

  it('moves on to the next relay within 3 s when its own dies, and resumes there without a gap', async () => {
    const other = await FakeRelay.start();
    connect([relay.address, other.address]);
    await relay.welcome();
    relay.event(escalation(), 3, 0);
    await until('the event', () => heard.includes('call.escalated 3'));
    await relay.stop();
    await reach('lost');
    expect(states.at(-1)).toMatchObject({ nextTryAt: scheduler.now() + 250 });
    scheduler.advance(250);
    other.head = 4;
    const hello = await other.welcome({ recovered: true });
    expect(hello.position).toEqual({ epoch: 'e1', offset: 3 });
    other.event(event('call.ended', {}), 4, 3);
    await until('the missed event', () => heard.includes('call.ended 4'));
    expect(client?.relay).toBe(other.address);
    await other.stop();
  });

  it('gives an address that says nothing 2 s while another one is left', async () => {
    const silent = await FakeRelay.start();
    connect([silent.address, relay.address]);
    await silent.next('hello');
    scheduler.advance(2_000);
    await reach('lost');
    scheduler.advance(250);
    await relay.welcome();
    await reach('live');
    await silent.stop();
  });

  it('tries the next address when one does not answer', async () => {
    const dead = await FakeRelay.start();
    await dead.stop();
    connect([dead.address, relay.address]);
    await reach('lost');
    scheduler.advance(250);
    await relay.welcome();
    await reach('live');
  });

  it('waits longer after each failure, and starts over after a good minute', async () => {
    relay.refuseWith = 503;
    connect();
    const waits: number[] = [];
    for (let n = 1; n <= 9; n += 1) {
      await until(`loss ${n}`, () => states.filter((known) => known.state === 'lost').length === n);
      const last = states.at(-1);
      waits.push(last?.state === 'lost' ? last.nextTryAt - scheduler.now() : -1);
      if (n === 9) relay.refuseWith = undefined;
      scheduler.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    await relay.welcome();
    await reach('live');
    for (let passed = 0; passed < STABLE_AFTER_MS; passed += 5_000) {
      relay.send({ type: 'weather' });
      await until('the frame', () => true);
      scheduler.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    relay.cut();
    await reach('lost');
    expect(states.at(-1)).toMatchObject({ nextTryAt: scheduler.now() + 250 });
  });

  it('finds a half-open link by asking', async () => {
    connect();
    await relay.welcome();
    await reach('live');
    relay.freeze();
    scheduler.advance(15_000);
    expect(states.map((known) => known.state)).toEqual(['connecting', 'live', 'lost', 'connecting']);
  });

  it('comes back at once after the computer slept', async () => {
    connect();
    await relay.welcome();
    await reach('live');
    scheduler.sleep(3600_000);
    scheduler.advance(5_500);
    expect(states.map((known) => known.state)).toEqual(['connecting', 'live', 'lost', 'connecting']);
  });

  it('connects at once when asked to', async () => {
    const desk = connect();
    await relay.welcome();
    relay.cut();
    await reach('lost');
    desk.reconnectNow();
    await relay.welcome({ count: 2 });
    await reach('live');
  });

  it('must prove itself within seconds when the network changed, and is kept when it can', async () => {
    const desk = connect();
    await relay.welcome();
    await reach('live');
    desk.networkChanged();
    await until('the answer', () => relay.pings === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    scheduler.advance(4_500);
    expect(state()).toBe('live');
    relay.freeze();
    desk.networkChanged();
    scheduler.advance(4_500);
    expect(states.some((known) => known.state === 'lost')).toBe(true);
  });

  it('is tried at once when the network is back, unless it was stopped on purpose', async () => {
    const desk = connect();
    await relay.welcome();
    relay.cut();
    await reach('lost');
    desk.networkChanged();
    await relay.welcome({ count: 2 });
    await reach('live');
    relay.close(4001);
    await reach('stopped');
    desk.networkChanged();
    desk.woke();
    expect(state()).toBe('stopped');
  });

  it('is gone for good when closed', async () => {
    const desk = connect();
    await relay.welcome();
    await reach('live');
    desk.close();
    desk.reconnectNow();
    scheduler.advance(60_000);
    expect(relay.connections).toBe(1);
  });
});

describe('commands', () => {
  it('come back as what became of them', async () => {
    const desk = connect();
    await relay.welcome();
    await reach('live');
    const claim = desk.command({ type: 'claim', call: CALL });
    relay.ok((await relay.next('claim')).id, { lease_s: 30 });
    expect(await claim).toEqual({ status: 'done', lease_s: 30 });
    const renew = desk.command({ type: 'renew', call: CALL });
    relay.refuse((await relay.next('renew')).id, 'not_yours');
    expect(await renew).toMatchObject({ status: 'refused', error: { code: 'not_yours' } });
  });

  it('are not sent without a connection', async () => {
    expect(await connect().command({ type: 'claim', call: CALL })).toEqual({ status: 'offline' });
  });

  it('are lost when the answer does not come in time, or the link breaks', async () => {
    const desk = connect();
    await relay.welcome();
    await reach('live');
    const slow = desk.command({ type: 'claim', call: CALL });
    scheduler.advance(REPLY_WITHIN_MS);
    expect(await slow).toEqual({ status: 'lost' });
    const broken = desk.command({ type: 'claim', call: CALL });
    relay.cut();
    expect(await broken).toEqual({ status: 'lost' });
  });
});
