import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../src/main/desk/connection';
import type { ConnectionView } from '../../../src/shared/contract/views';
import { until } from '../../support/poll';
import { FakeRelay } from '../support/fake-relay';
import { ManualScheduler } from '../support/manual-scheduler';

let relay: FakeRelay;
let scheduler: ManualScheduler;
let connection: Connection;
let views: ConnectionView[];

const reach = (state: ConnectionView['state']) => until(`state ${state}`, () => views.at(-1)?.state === state);
const link = () => ({ ok: true as const, relays: [relay.address], token: 'secret' });

beforeEach(async () => {
  relay = await FakeRelay.start();
  scheduler = new ManualScheduler();
  views = [];
  connection = new Connection({
    scheduler,
    client: {
      client: { app: 'test', version: '0', instance: 'i' },
      random: () => 0.5,
      onHello: () => undefined,
      onEvent: () => undefined,
      onCall: () => undefined,
      onGone: () => undefined,
      onCallbacks: () => undefined,
      log: () => undefined,
    },
    changed: (view) => views.push(view),
  });
});

afterEach(async () => {
  connection.close();
  await relay.stop();
});

describe('what the windows are told of the connection', () => {
  it('is starting, then live, then how long it has been lost and when it is tried again', async () => {
    connection.use(link());
    await relay.welcome();
    await reach('live');
    const lostAt = scheduler.now();
    relay.cut();
    await reach('reconnecting');
    expect(views.at(-1)).toEqual({ state: 'reconnecting', since: lostAt, next_try_at: lostAt + 250 });
    relay.refuseWith = 503;
    scheduler.advance(250);
    await until('the second loss', () => views.filter((view) => 'next_try_at' in view).length === 2);
    expect(views.at(-1)).toMatchObject({ since: lostAt });
    expect(views.map(({ state }) => state)).toEqual([
      'starting',
      'live',
      'reconnecting',
      'reconnecting',
      'reconnecting',
    ]);
  });

  it('is stopped with a reason while there is nothing to connect to', () => {
    connection.use({ ok: false, reason: 'token_missing' });
    expect(views).toEqual([{ state: 'stopped', reason: 'token_missing' }]);
    expect(connection.rest).toBeUndefined();
  });

  it('moves to a new address and leaves the old one', async () => {
    const other = await FakeRelay.start();
    try {
      connection.use(link());
      await relay.welcome();
      await reach('live');
      connection.use({ ok: true, relays: [other.address], token: 'secret' });
      await other.welcome();
      await reach('live');
      expect(connection.rest).toEqual({ relay: other.address, token: 'secret' });
      relay.cut();
      expect(views.at(-1)?.state).toBe('live');
    } finally {
      connection.close();
      await other.stop();
    }
  });

  it('is no longer live once it is closed, and begins anew with the next address', async () => {
    connection.use(link());
    await relay.welcome();
    await reach('live');
    connection.close();
    expect(views.at(-1)).toEqual({ state: 'starting' });
    expect(connection.view).toEqual({ state: 'starting' });
    const told = views.length;
    connection.close();
    expect(views).toHaveLength(told);
  });

  it('keeps the reason for which it is stopped when it is closed', () => {
    connection.use({ ok: false, reason: 'token_missing' });
    connection.close();
    expect(connection.view).toEqual({ state: 'stopped', reason: 'token_missing' });
  });

  it('sends nothing while there is no relay', async () => {
    expect(await connection.command({ type: 'state', value: 'busy' })).toEqual({ status: 'offline' });
  });
});
