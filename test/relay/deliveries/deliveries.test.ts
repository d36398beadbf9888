import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configuredKey, createSeal, keyFromFile } from '../../../src/relay/deliveries/seal';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { decoderFault, escalation } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start();
});
afterEach(async () => {
  decoderFault.on = false;
  await relay.stop();
});

const list = (filter = {}) => relay.relay.admin.deliveries.list({ limit: 200, offset: 0, ...filter });
const body = JSON.stringify({ events: [escalation('1', { id: 'e1' })] });

describe('deliveries', () => {
  test('every request is written down with its verdict, answer, size and duration', async () => {
    await relay.postRaw(body);
    await relay.postRaw(body);
    await relay.postRaw('not JSON');
    await relay.postRaw(body, {});
    const { deliveries } = await until('four measured deliveries', async () => {
      const found = await list();
      return found.total === 4 && found.deliveries.every(({ duration_ms }) => duration_ms !== null) && found;
    });
    const byVerdict = Object.fromEntries(deliveries.map((one) => [one.verdict, one]));
    expect(byVerdict.accepted).toMatchObject({
      status: 200,
      bytes: body.length,
      trust: 'signed',
      calls: ['test:1'],
      kept: true,
    });
    expect(byVerdict.repeated).toMatchObject({ status: 200, kept: false });
    expect(byVerdict.unknown).toMatchObject({ status: 200, kept: true, calls: [] });
    expect(byVerdict.refused).toMatchObject({ status: 401, reason: 'wrong key', trust: null, kept: false });
    expect((await list({ verdict: 'unknown' })).total).toBe(1);
    expect((await list({ platform: 'other' })).total).toBe(0);
  });

  test('a late escalation is marked', async () => {
    await relay.post(escalation('1', { time: '2026-01-01T00:00:00.000Z' }));
    expect((await list()).deliveries).toMatchObject([{ late: true }]);
  });

  test('the body can be read again exactly, and does not stand in the database', async () => {
    const secret = 'पता है हाथ 😀';
    await relay.postRaw(secret);
    const [delivery] = (await list()).deliveries;
    expect(await relay.relay.admin.deliveries.show(delivery!.id)).toMatchObject({ body: secret });
    const kept = await relay.store.deliveries.get(delivery!.id);
    expect(Buffer.from(kept!.sealed!).includes(secret)).toBe(false);
  });

  test('refusals beyond a hundred a minute are only counted', async () => {
    for (let n = 0; n < 130; n += 1) await relay.postRaw(body, {});
    await until('the refusals', async () => (await list({ verdict: 'refused' })).total >= 100);
    expect((await list({ verdict: 'refused' })).total).toBe(100);
  });
});

describe('replay', () => {
  test('of what was not understood brings its events once the decoder does', async () => {
    decoderFault.on = true;
    await relay.postRaw(body);
    const [delivery] = (await list({ verdict: 'unknown' })).deliveries;
    expect(await relay.relay.admin.deliveries.replay(delivery!.id)).toMatchObject({ appended: 0, unknown: true });
    decoderFault.on = false;
    const desk = await relay.desk(await relay.agent('boss', { role: 'supervisor' }));
    await desk.welcome();
    expect(await relay.relay.admin.deliveries.replay(delivery!.id)).toMatchObject({ appended: 1, unknown: false });
    expect((await desk.waitFor('call.escalated', '1')).event.id).toBe('e1');
    expect((await list()).deliveries).toMatchObject([{ verdict: 'accepted', calls: ['test:1'] }]);
  });

  const understood = async () => {
    const { entries } = await relay.store.page(0, { keys: [], all: true }, 100);
    const events = entries.map(({ body: text }) => JSON.parse(text) as { id: string; type: string });
    return events.filter(({ type }) => type !== 'platform.unknown').map(({ id }) => id);
  };

  test.each([
    ['with the platform’s id', [escalation('1', { id: 'e1' })]],
    ['without ids', [escalation('1'), escalation('2')]],
  ])('twice, and then the platform’s own, brings events %s once', async (_what, events) => {
    decoderFault.on = true;
    await relay.postRaw(JSON.stringify({ events }));
    decoderFault.on = false;
    const [delivery] = (await list()).deliveries;
    const appended = events.length;
    const replay = (id: number) => relay.relay.admin.deliveries.replay(id);
    expect(await replay(delivery!.id)).toMatchObject({ appended, repeated: 0 });
    expect(await replay(delivery!.id)).toMatchObject({ appended: 0, repeated: appended });
    expect((await relay.postRaw(JSON.stringify({ events }))).status).toBe(200);
    expect(await understood()).toHaveLength(appended);
  });

  test('of an event without an id of its own works as well, and once only', async () => {
    decoderFault.on = true;
    await relay.postRaw(JSON.stringify({ events: [escalation('1')] }));
    decoderFault.on = false;
    const [delivery] = (await list()).deliveries;
    expect(await relay.relay.admin.deliveries.replay(delivery!.id)).toMatchObject({ appended: 1 });
    expect(await relay.relay.admin.deliveries.replay(delivery!.id)).toMatchObject({ appended: 0, repeated: 1 });
  });

  test('of what is in the log already changes nothing', async () => {
    await relay.postRaw(body);
    const [delivery] = (await list()).deliveries;
    expect(await relay.relay.admin.deliveries.replay(delivery!.id)).toEqual({
      ok: true,
      appended: 0,
      repeated: 1,
      unknown: false,
    });
  });

  test('says why it cannot', async () => {
    await relay.postRaw(body);
    await relay.postRaw(body);
    const repeated = (await list({ verdict: 'repeated' })).deliveries[0]!;
    const { deliveries } = relay.relay.admin;
    expect(await deliveries.replay(repeated.id)).toEqual({ ok: false, reason: 'not_kept' });
    expect(await deliveries.replay(9_999)).toEqual({ ok: false, reason: 'not_found' });
  });
});

describe('the seal', () => {
  test('opens what it sealed, and nothing that was damaged or sealed with another key', () => {
    const seal = createSeal(configuredKey('one'));
    const sealed = seal.seal(Buffer.from('words'));
    expect(seal.open(sealed)?.toString()).toBe('words');
    expect(createSeal(configuredKey('two')).open(sealed)).toBeUndefined();
    for (let n = 0; n < sealed.length; n += 1) {
      const damaged = Buffer.from(sealed);
      damaged[n]! ^= 1;
      expect(seal.open(damaged)).toBeUndefined();
    }
    expect(seal.open(Buffer.alloc(5))).toBeUndefined();
  });

  test('makes its key file once, for its owner only', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-key-'));
    const file = path.join(folder, 'k');
    expect(Buffer.from(keyFromFile(file))).toEqual(Buffer.from(keyFromFile(file)));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});
