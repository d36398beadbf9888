import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecodedEvent } from '../../../src/platforms/platform';
import { runAdmin } from '../../../src/relay/admin/commands';
import { systemClock } from '../../../src/relay/clock';
import { configuredKey, createSeal } from '../../../src/relay/deliveries/seal';
import { identify } from '../../../src/relay/ingest/identity';
import { forgetPhone } from '../../../src/relay/retention/forget';
import type { Store } from '../../../src/relay/store/port';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { inlineThread, type StartThread } from '../../../src/relay/store/sqlite/thread';
import { phoneHash } from '../../../src/relay/dialling/phone-hash';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation, turn } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start();
});
afterEach(() => relay.stop());

const PHONE = '+91 98765 43210';
const everything = async () => (await relay.store.page(0, { keys: [], all: true }, 100)).entries;
const forget = (phone: string) => runAdmin({ command: 'forget', phone }, relay.relay.admin);

function from(call: string, phone: string): DecodedEvent {
  const event = escalation(call, { label: 'sales', id: `${call}-e` });
  return { ...event, data: { ...event.data, contact: { name: 'Priya', phone } } };
}

describe('forget', () => {
  test('erases every call, event and delivery of the number and says how many', async () => {
    await relay.post(from('1', '+919876543210'));
    await relay.post(turn('1', 'k', 'my secret'));
    await relay.post(from('2', '98765-43210'));
    await relay.post(from('3', '+15550100'));
    await relay.postRaw('an unreadable body with (987) 65-43210 in it');
    expect(await forget(PHONE)).toEqual({
      ok: true,
      value: { calls: 2, events: 3, deliveries: 4, leads: 0, callbacks: 0, files: 0 },
    });
    const left = await everything();
    expect(left.map(({ call }) => call)).toEqual(['test:3', undefined]);
    expect((await relay.relay.admin.deliveries.list({ limit: 10, offset: 0 })).total).toBe(1);
  });

  test('erases calls in which the number is said with spaces, and none whose numbers or ids merely contain its digits', async () => {
    await relay.post(from('1', '+65 8123 4567'));
    await relay.post(turn('2', 'k', 'you can reach me at 8123 4567 after six'));
    await relay.post(from('3', '+918123456789'));
    await relay.post(turn('4', 'order-9981234567', 'my order'));
    await relay.post(turn('5', 'k', 'the American one is +1 8123 4567 89'));
    expect(await forget('+65 8123 4567')).toMatchObject({ ok: true, value: { calls: 2, events: 2, deliveries: 2 } });
    expect((await everything()).map(({ call }) => call)).toEqual(['test:3', 'test:4', 'test:5']);
  });

  test('erases the kept answers that quote the number, and no others', async () => {
    const { gateway } = relay.store;
    const keep = async (key: string, phone: string) => {
      const asked = { agent: 'a', key, fingerprint: 'f', now: Date.now(), expires: Date.now() + 60_000 };
      await gateway.beginKey(asked);
      await gateway.endKey(
        'a',
        key,
        { end: 'completed', answer: { status: 201, body: JSON.stringify({ phone }) } },
        [],
      );
      return async () => (await gateway.beginKey(asked)).state;
    };
    const [his, hers] = [await keep('k1', '8123 4567'), await keep('k2', '+918123456789')];
    await forget('+65 8123 4567');
    expect([await his(), await hers()]).toEqual(['fresh', 'completed']);
  });

  test('sends desks back to snapshots though the files cannot be rewritten, and says that they could not', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-forget-'));
    const file = { path: path.join(folder, 'relay.db'), exclusive: false, queues: [] };
    const full: StartThread = async (of, hears) => {
      const thread = await inlineThread(of, hears);
      return {
        ...thread,
        close: () => thread.close(),
        post: (request) => {
          if (request.name !== 'scrub') {
            thread.post(request);
            return;
          }
          const failure = { fault: 'full', message: 'no room to rewrite' } as const;
          hears.outcome({ replies: [{ id: request.id, failure }], entries: [], position: store.position() });
        },
      };
    };
    const store: Store = await openSqliteStore(file, full);
    let restarts = 0;
    store.onRestarted(() => (restarts += 1));
    const receipt = { platform: 'test', rawBody: Buffer.from('x'), trust: 'signed', received: Date.now() } as const;
    await store.append(identify([from('1', PHONE)], { ...receipt, lateAfterS: 45 }));
    const erasing = forgetPhone(PHONE, { store, seal: createSeal(configuredKey('k')), clock: systemClock });
    await expect(erasing).rejects.toMatchObject({ fault: 'full' });
    expect((await store.page(0, { keys: [], all: true }, 10)).entries).toEqual([]);
    expect(restarts).toBe(1);
    await store.close();
    await rm(folder, { recursive: true });
  });

  test('leaves nothing of it readable in the files', async () => {
    await relay.post(from('1', '+919876543210'));
    await relay.post(turn('1', 'k', 'my secret words'));
    await forget(PHONE);
    expect(await relay.database.holds('my secret words')).toBe(false);
    expect(await relay.database.holds('9876543210')).toBe(false);
  });

  test('leaves the wish not to be called, and nothing of who had it', async () => {
    const phone = '+919876543210';
    const hash = phoneHash(phone);
    const at = { requested: 1, recorded: 1, platforms: [] };
    const stop = { id: 's1', phone, scope: 'all', verbatim: 'my secret words', channel: 'call', origin: 'ai' } as const;
    await relay.store.dnc.recordStops([{ ...stop, ...at }]);
    const consent = { id: 'c1', phone, seller: 'own', kinds: ['ai_voice' as const], purposes: ['sales' as const] };
    const given = { written: true, given_at: '2026-01-01T00:00:00.000Z', source: 'the form of my secret words' };
    const recorded = { recorded_at: '2026-01-01T00:00:00.000Z', recorded_by: 'sup' };
    await relay.store.consents.recordConsents([{ ...consent, ...given, ...recorded }]);
    await forget(PHONE);
    expect(await relay.store.dnc.stands(hash)).toBe(true);
    const { data } = await relay.store.dnc.entries({ phoneHash: hash, limit: 1, offset: 0 });
    expect(data[0]).not.toHaveProperty('phone');
    expect((await relay.store.consents.consents(hash, 1, 0)).total).toBe(0);
    expect(await relay.database.holds('my secret words')).toBe(false);
  });

  test('desks come back to a snapshot without the call, also with an old position', async () => {
    const token = await relay.agent('a', { queues: ['sales'] });
    const desk = await relay.desk(token);
    await desk.welcome();
    await relay.post(from('1', PHONE));
    await relay.post(from('2', '+15550100'));
    await desk.waitFor('call.escalated', '2');
    await forget(PHONE);
    expect(await desk.waitClosed()).toMatchObject({ code: 1001 });
    const back = await relay.desk(token, { position: desk.position });
    const welcome = await back.welcome();
    expect(welcome.recovered).toBe(false);
    expect(welcome.calls?.map(({ call }) => call)).toEqual(['test:2']);
  });

  test('a platform that sends the webhook again does not bring the person back', async () => {
    const body = JSON.stringify({ events: [from('1', PHONE)] });
    await relay.postRaw(body);
    await forget(PHONE);
    expect((await relay.postRaw(body)).status).toBe(200);
    expect(await everything()).toEqual([]);
  });

  test('a number nobody has erases nothing and disturbs no desk', async () => {
    const desk = await relay.desk(await relay.agent('a'));
    await desk.welcome();
    expect(await forget('+15550199')).toEqual({
      ok: true,
      value: { calls: 0, events: 0, deliveries: 0, leads: 0, callbacks: 0, files: 0 },
    });
    expect(await desk.ask({ type: 'state', value: 'busy' })).toMatchObject({ ok: true });
  });
});
