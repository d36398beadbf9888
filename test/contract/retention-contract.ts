/** Retention, part of the store contract. */
import { describe, expect, test } from 'vitest';
import type { SweepLimits, Swept } from '../../src/relay/retention/port';
import type { Arrival } from '../../src/relay/deliveries/port';
import type { Store } from '../../src/relay/store/port';
import { event, T0 } from './contract-events';

/** Limits that nothing exceeds. */
const LIMITS: SweepLimits = {
  eventsBefore: 0,
  deliveriesBefore: 0,
  maxBytes: Number.MAX_SAFE_INTEGER,
  bySizeBefore: T0,
  maxBodyBytes: Number.MAX_SAFE_INTEGER,
  idsBefore: 0,
};
const everyone = { keys: [], all: true };

async function sweepAll(store: Store, limits: SweepLimits): Promise<Swept> {
  const total: Swept = { events: 0, deliveries: 0, more: false, overfull: false };
  for (let more = true; more;) {
    const swept = await store.retention.sweep(limits);
    total.events += swept.events;
    total.deliveries += swept.deliveries;
    more = swept.more;
  }
  return total;
}

const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  platform: 'test',
  received: T0,
  bytes: 4,
  trust: 'signed',
  unknown: false,
  late: false,
  sealed: Buffer.from('body'),
  ...more,
});

export function describeRetention(store: () => Store): void {
  describe('retention', () => {
    const old = (id: string, call: string) => ({ ...event(id, { call }), received: T0 - 10_000 });

    test('events older than the limit leave, and positions before them can no longer be resumed', async () => {
      await store().append([old('a', 'test:1'), old('b', 'test:2'), event('c', { call: 'test:2' })]);
      expect(await sweepAll(store(), { ...LIMITS, eventsBefore: T0, idsBefore: T0 })).toMatchObject({ events: 2 });
      expect(store().position()).toMatchObject({ floor: 2, head: 3 });
      expect((await store().page(0, everyone, 10)).entries.map(({ offset }) => offset)).toEqual([3]);
      const { calls } = await store().snapshots(everyone, 0, 10);
      expect(calls.map((text) => (JSON.parse(text) as { call: string }).call)).toEqual(['test:2']);
    });

    test('only a prefix leaves: an old event behind a young one stays', async () => {
      await store().append([event('a'), old('b', 'test:2')]);
      expect(await sweepAll(store(), { ...LIMITS, eventsBefore: T0 })).toMatchObject({ events: 0 });
    });

    test('more than one portion is swept in several', async () => {
      await store().append(Array.from({ length: 700 }, (_, n) => old(`e${n}`, `test:${n % 7}`)));
      expect((await store().retention.sweep({ ...LIMITS, eventsBefore: T0 })).more).toBe(true);
      await sweepAll(store(), { ...LIMITS, eventsBefore: T0 });
      expect((await store().page(0, everyone, 10)).entries).toEqual([]);
      expect(store().position()).toMatchObject({ floor: 700, head: 700 });
    });

    test('offsets go on counting after everything has left', async () => {
      await store().append([old('a', 'test:1')]);
      await sweepAll(store(), { ...LIMITS, eventsBefore: T0 });
      expect(await store().append([event('b')])).toEqual({ offsets: [2] });
    });

    test('a database that is too big loses its oldest events, and their ids stay known', async () => {
      await store().append([old('a', 'test:1')]);
      await sweepAll(store(), { ...LIMITS, maxBytes: 1 });
      expect((await store().page(0, everyone, 10)).entries).toEqual([]);
      expect(await store().append([event('a')])).toEqual({ offsets: [null] });
      await sweepAll(store(), { ...LIMITS, idsBefore: T0 });
      expect(await store().append([event('a')])).toEqual({ offsets: [2] });
    });

    test('a database that is too big keeps what is young, and says so', async () => {
      await store().append([old('a', 'test:1'), event('b', { call: 'test:2' })]);
      const limits = { ...LIMITS, maxBytes: 1 };
      expect(await store().retention.sweep(limits)).toMatchObject({ events: 1, overfull: false });
      expect(await store().retention.sweep(limits)).toMatchObject({ events: 0, overfull: true, more: false });
      expect((await store().page(0, everyone, 10)).entries.map(({ offset }) => offset)).toEqual([2]);
      expect(await store().retention.sweep(LIMITS)).toMatchObject({ overfull: false });
    });

    test('a claimed call is not dropped with its last event', async () => {
      await store().append([old('a', 'test:1')]);
      const agent = { id: 'b', name: 'B' };
      await store().claim({ call: 'test:1', agent, viewer: everyone, now: T0 - 9_000, leaseMs: 1 });
      await sweepAll(store(), { ...LIMITS, eventsBefore: T0 });
      expect(await store().activeClaims()).toHaveLength(1);
    });

    test('deliveries leave by their own age, those not understood by that of events', async () => {
      const received = T0 - 5_000;
      await store().append([event('a')], arrival({ received }));
      await store().append([event('b')], arrival({ received, unknown: true }));
      await store().append([event('c')], arrival());
      expect(await sweepAll(store(), { ...LIMITS, deliveriesBefore: T0 })).toMatchObject({ deliveries: 1 });
      expect(await sweepAll(store(), { ...LIMITS, deliveriesBefore: T0, eventsBefore: T0 })).toMatchObject({
        deliveries: 1,
      });
      expect((await store().deliveries.list({ limit: 10, offset: 0 })).total).toBe(1);
    });

    test('ids that are held by what was not understood are known', async () => {
      await store().append([event('a', { type: 'platform.unknown' }), event('b')]);
      const ids = ['a', 'b', 'c'].map((id) => ({ source: event(id).source, id }));
      expect(await store().deliveries.heldByUnknown(ids)).toEqual(['a']);
    });

    test('bodies leave when they take too much room, those not understood last', async () => {
      await store().append([event('a')], arrival({ unknown: true }));
      await store().append([event('b')], arrival());
      const kept = async () => (await store().deliveries.bodies(0, 400)).length;
      await Promise.all(Array.from({ length: 298 }, (_, n) => store().append([event(`x${n}`)], arrival())));
      expect(await kept()).toBe(300);
      await store().retention.sweep({ ...LIMITS, maxBodyBytes: 1_000 });
      expect(await kept()).toBe(1);
      const { deliveries } = await store().deliveries.list({ limit: 1, offset: 0, verdict: 'unknown' });
      expect(deliveries).toMatchObject([{ kept: true }]);
      expect((await store().deliveries.list({ limit: 1, offset: 0 })).total).toBe(300);
      await store().retention.sweep({ ...LIMITS, maxBodyBytes: 0 });
      expect(await kept()).toBe(0);
    });
  });
}
