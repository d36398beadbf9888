/**
 * What every store must do, whatever it is made of. A factory opens a store on a fresh place, and can open the same
 * place again after a close.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { viewerOf, type Viewer } from '../../src/relay/routing/audience';
import type { EventFacts } from '../../src/relay/routing/facts';
import type { Claim, LogEntry, Store } from '../../src/relay/store/port';
import { event, T0 } from './contract-events';
import { describeInvites } from './invites-contract';
import { describeRetention } from './retention-contract';

export interface StorePlace {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

export interface StoreFactory {
  name: string;
  place(): Promise<StorePlace>;
}

const blue: Viewer = viewerOf({ id: 'b', queues: ['blue'], role: 'agent' });
const red: Viewer = viewerOf({ id: 'r', queues: ['red'], role: 'agent' });
const boss: Viewer = viewerOf({ id: 'boss', queues: [], role: 'supervisor' });
const toBlue = { target: { label: 'Sky' } };
const toRed = { target: { to: '+91 00 0000 0002' } };

const asha = { id: 'b', name: 'Asha' };
const ravi = { id: 'v', name: 'Ravi' };
const request = (agent = asha, viewer = blue, call = 'test:1') => ({ call, agent, viewer, now: T0, leaseMs: 30_000 });

async function won(outcome: ReturnType<Store['claim']>): Promise<Claim> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`refused: ${settled.reason}`);
  return settled.claim;
}

export function describeStore(factory: StoreFactory): void {
  const { name } = factory;
  describe(`${name} store`, () => {
    let place: StorePlace;
    let store: Store;
    let entries: LogEntry[];
    const reopen = async () => {
      await store.close();
      store = await place.open();
    };

    beforeEach(async () => {
      place = await factory.place();
      store = await place.open();
      entries = [];
      store.onAppended((appended) => entries.push(...appended));
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    describe('log', () => {
      test('offsets count up from 1 and a repeat gets none', async () => {
        expect(await store.append([event('a'), event('b')])).toEqual({ offsets: [1, 2] });
        expect(await store.append([event('b'), event('c')])).toEqual({ offsets: [null, 3] });
        expect(store.position()).toMatchObject({ head: 3, floor: 0 });
      });

      test('ids are unique per source', async () => {
        await store.append([event('a')]);
        expect(await store.append([event('a', {}, '/platforms/other')])).toEqual({ offsets: [2] });
      });

      test('many concurrent appends of the same events leave each in the log once', async () => {
        const ids = Array.from({ length: 60 }, (_, n) => `e${n % 20}`);
        const results = await Promise.all(ids.map((id) => store.append([event(id)])));
        const given = results.flatMap(({ offsets }) => offsets).filter((offset) => offset !== null);
        expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      });

      test('what was appended, and that it was, outlives a restart; the epoch stays', async () => {
        await store.append([event('a', toBlue)]);
        const { epoch } = store.position();
        await reopen();
        expect(store.position()).toMatchObject({ epoch, head: 1 });
        expect(await store.append([event('a', toBlue)])).toEqual({ offsets: [null] });
        expect((await store.page(0, blue, 10)).entries).toHaveLength(1);
      });

      test('another place has another epoch', async () => {
        const other = await factory.place();
        const elsewhere = await other.open();
        expect(elsewhere.position().epoch).not.toBe(store.position().epoch);
        await elsewhere.close();
        await other.remove();
      });

      test('listeners hear every entry once, in order, before the append resolves', async () => {
        await Promise.all([
          store.append([event('a'), event('b')]),
          store.append([event('c')]),
          store.append([event('a')]),
        ]);
        expect(entries.map(({ offset }) => offset)).toEqual([1, 2, 3]);
      });
    });

    describe('pages', () => {
      test('a viewer gets what concerns them, page by page, and learns how far was looked', async () => {
        await store.append([event('1', { ...toBlue, call: 'test:1' }), event('2', { ...toRed, call: 'test:2' })]);
        await store.append([event('3', { ...toBlue, call: 'test:3' }), event('4', { ...toBlue, call: 'test:4' })]);
        await store.append([event('5', { ...toRed, call: 'test:5' })]);
        const first = await store.page(0, blue, 2);
        expect(first.entries.map(({ offset }) => offset)).toEqual([1, 3]);
        expect(first.upTo).toBe(3);
        const second = await store.page(first.upTo, blue, 2);
        expect(second.entries.map(({ offset }) => offset)).toEqual([4]);
        expect(second.upTo).toBe(5);
        expect((await store.page(0, boss, 10)).entries).toHaveLength(5);
        expect(await store.page(5, blue, 10)).toEqual({ entries: [], upTo: 5 });
      });

      test('pages hold exactly what listeners heard', async () => {
        await store.append([event('t1', { type: 'call.turn' }), event('t2', { type: 'call.turn' })]);
        await store.append([event('e1', toBlue), event('e2', { ...toRed, time: '2026-03-01T09:00:01.000Z' })]);
        expect((await store.page(0, boss, 10)).entries).toEqual(entries);
      });

      test('an event that moves a call with a history carries the call as it was', async () => {
        await store.append([event('t1', { type: 'call.turn' }), event('e1', toBlue)]);
        expect(entries[0]).not.toHaveProperty('moved');
        expect(entries[1]?.moved?.from).toEqual(['q:unrouted']);
        expect(JSON.parse(entries[1]?.moved?.snapshot ?? '')).toMatchObject({
          turns: { t1: { text: 't1' } },
          escalations: {},
        });
      });

      test('those a call moves away from are reached by the event that moves it', async () => {
        await store.append([event('e1', toBlue), event('e2', toRed)]);
        expect((await store.page(0, blue, 10)).entries.map(({ offset }) => offset)).toEqual([1, 2]);
        expect((await store.page(0, red, 10)).entries.map(({ offset }) => offset)).toEqual([2]);
      });
    });

    describe('snapshots', () => {
      test('hold the visible calls with recent activity, newest first, and the head they stand at', async () => {
        const old = { ...event('0', { ...toBlue, call: 'test:0' }), received: T0 - 1_000 };
        const newer = { ...event('9', { ...toBlue, call: 'test:9' }), received: T0 + 1 };
        await store.append([old, event('1', toBlue), newer, event('r', { ...toRed, call: 'test:red' })]);
        const { offset, calls } = await store.snapshots(blue, T0, 10);
        expect(offset).toBe(4);
        expect(calls.map((text) => (JSON.parse(text) as { call: string }).call)).toEqual(['test:9', 'test:1']);
        expect((await store.snapshots(boss, T0, 2)).calls).toHaveLength(2);
      });

      test('leave out ended calls first, and of those the oldest', async () => {
        const heard = (id: string, call: number, ms: number, more: Partial<EventFacts> = {}) => ({
          ...event(id, { ...toBlue, call: `test:${call}`, ...more }),
          received: T0 + ms,
        });
        await store.append([heard('waiting', 1, 0), heard('claimed', 2, 1)]);
        await store.claim({ ...request(asha, blue, 'test:2'), now: T0 + 2 });
        await store.append([heard('over', 2, 3, { type: 'call.ended' })]);
        const over = Array.from({ length: 8 }, (_, n) => 10 + n);
        await store.append(over.map((n) => heard(`e${n}`, n, n)));
        await store.append(over.map((n) => heard(`x${n}`, n, n, { type: 'call.ended' })));
        const names = async (limit: number) =>
          (await store.snapshots(blue, T0, limit)).calls.map((text) => (JSON.parse(text) as { call: string }).call);
        expect(await names(4)).toEqual(['test:17', 'test:16', 'test:2', 'test:1']);
        expect(await names(1)).toEqual(['test:2']);
        // What becomes of a call while what was read of others is used again.
        await store.append([heard('over too', 1, 20, { type: 'call.ended' }), heard('again', 30, 4)]);
        expect(await names(3)).toEqual(['test:1', 'test:30', 'test:2']);
      });

      test('are the same whether they use what is kept of earlier ones or are read afresh', async () => {
        const heard = (id: string, audience: typeof toBlue | typeof toRed, call: number, ms: number) => ({
          ...event(id, { ...audience, call: `test:${call}` }),
          received: T0 + ms,
        });
        await store.append(Array.from({ length: 120 }, (_, n) => heard(`a${n}`, toBlue, n % 60, n)));
        const all = () => Promise.all([blue, red, boss].map((viewer) => store.snapshots(viewer, T0, 70)));
        await all();
        // Changed, moved away, new, and heard of late.
        await store.append([heard('b1', toBlue, 3, 500), heard('b2', toRed, 4, 501)]);
        await store.append([heard('b3', toBlue, 99, 502), heard('b4', toBlue, 5, -50)]);
        const kept = await all();
        await reopen();
        expect(await all()).toEqual(kept);
        const names = kept[0]?.calls.map((text) => (JSON.parse(text) as { call: string }).call);
        expect(names).toHaveLength(59);
        expect(names?.slice(0, 3)).toEqual(['test:99', 'test:3', 'test:59']);
      });
    });

    describe('claims', () => {
      beforeEach(async () => {
        await store.append([event('e1', toBlue)]);
      });

      test('of many at once exactly one wins, and the others are told who', async () => {
        const all = await Promise.all([asha, ravi, asha, ravi].map((agent) => store.claim(request(agent))));
        expect(all.map((outcome) => (outcome.ok ? 'won' : outcome.reason))).toEqual([
          'won',
          'claimed',
          'won',
          'claimed',
        ]);
        expect(all[1]).toMatchObject({ by: asha });
      });

      test('claiming and releasing append events whose seq counts up', async () => {
        await store.claim(request());
        await store.release({ ...request(), reason: 'busy' });
        await store.claim(request(ravi));
        const told = entries.slice(1).map(({ body }) => JSON.parse(body) as { type: string; data: { seq: number } });
        expect(told.map(({ type, data }) => [type, data.seq])).toEqual([
          ['call.claimed', 1],
          ['call.released', 2],
          ['call.claimed', 3],
        ]);
      });

      test('a claim outlives a restart', async () => {
        await store.claim(request());
        await reopen();
        expect(await store.claim(request(ravi))).toMatchObject({ ok: false, reason: 'claimed', by: asha });
        expect(await store.activeClaims()).toEqual([expect.objectContaining({ call: 'test:1', agent: asha })]);
      });

      test('a lapse frees only the claim it was armed for', async () => {
        const first = await won(store.claim(request()));
        const renewed = await won(store.renew(request()));
        expect(await store.lapse(first, T0)).toEqual({ freed: false, current: renewed });
        expect(await store.lapse(renewed, T0)).toEqual({ freed: true });
        expect(await store.lapse(renewed, T0)).toEqual({ freed: false });
        expect(await store.claim(request(ravi))).toMatchObject({ ok: true });
      });

      test('only the visible can be claimed, only the live, and only the holder renews or releases', async () => {
        expect(await store.claim(request(asha, red))).toEqual({ ok: false, reason: 'not_found' });
        expect(await store.claim(request(asha, blue, 'test:none'))).toEqual({ ok: false, reason: 'not_found' });
        expect(await store.renew(request())).toEqual({ ok: false, reason: 'not_yours' });
        await store.claim(request());
        expect(await store.renew(request(ravi))).toMatchObject({ ok: false, reason: 'claimed', by: asha });
        expect(await store.release({ ...request(ravi), reason: 'x' })).toMatchObject({ ok: false, reason: 'claimed' });
        await store.append([event('e2', { type: 'call.ended' })]);
        expect(await store.release({ ...request(), reason: 'done' })).toMatchObject({ ok: true });
        expect(await store.claim(request())).toEqual({ ok: false, reason: 'ended' });
      });

      test('who holds the claim keeps sight of a call that is routed elsewhere', async () => {
        await store.claim(request());
        await store.append([event('e2', toRed)]);
        expect(entries.at(-1)?.audience).toEqual(['a:b', 'q:red']);
      });
    });

    describe('sightings', () => {
      const at = (ms: number) => T0 + ms;

      test('are measured from the receipt of the escalation; the first painting counts', async () => {
        await store.append([event('e1', toBlue)]);
        const seen = { call: 'test:1', agent: 'b', painted: at(120), seen: at(900) };
        expect(await store.sightings.recordSighting(seen, blue)).toEqual({ painted: 120, seen: 900 });
        expect(await store.sightings.recordSighting({ ...seen, painted: at(5_000) }, blue)).toEqual({});
        expect(await store.sightings.leadTimes('b', T0)).toEqual({ painted: [120], seen: [900] });
        const none = { painted: [], seen: [] };
        expect(await store.sightings.leadTimes('r', T0)).toEqual(none);
        expect(await store.sightings.leadTimes('b', at(121))).toEqual(none);
      });

      test('tell what was not told before: the painting first, the look later', async () => {
        await store.append([event('e1', toBlue)]);
        const painted = { call: 'test:1', agent: 'b', painted: at(120) };
        expect(await store.sightings.recordSighting(painted, blue)).toEqual({ painted: 120 });
        expect(await store.sightings.recordSighting({ ...painted, seen: at(900) }, blue)).toEqual({ seen: 900 });
        expect(await store.sightings.recordSighting({ ...painted, seen: at(950) }, blue)).toEqual({});
      });

      test('of a call that is not the agent’s to see measure nothing', async () => {
        await store.append([event('e1', toBlue)]);
        const sighting = { call: 'test:1', agent: 'r', painted: at(120) };
        expect(await store.sightings.recordSighting(sighting, red)).toBeUndefined();
        expect(await store.sightings.leadTimes('r', T0)).toEqual({ painted: [], seen: [] });
        expect(await store.sightings.recordSighting({ ...sighting, agent: 'boss' }, boss)).toEqual({ painted: 120 });
      });

      test('of a call without an escalation, or by a clock that is off, measure nothing', async () => {
        await store.append([event('t1', { type: 'call.turn', call: 'test:t' }), event('e1', toBlue)]);
        const by = { agent: 'b', painted: at(100) };
        expect(await store.sightings.recordSighting({ ...by, call: 'test:t' }, boss)).toBeUndefined();
        expect(await store.sightings.recordSighting({ ...by, call: 'test:none' }, boss)).toBeUndefined();
        expect(await store.sightings.recordSighting({ ...by, call: 'test:1', painted: at(-1) }, boss)).toBeUndefined();
        expect(
          await store.sightings.recordSighting({ ...by, call: 'test:1', painted: at(3_600_000) }, boss),
        ).toBeUndefined();
      });
    });

    describe('agents', () => {
      const agent = { id: 'b', name: 'Asha', numbers: ['+911'], queues: ['blue'], role: 'agent' as const };

      test('are found by the hash of their token only, and a new token ends the old one', async () => {
        await store.putAgent(agent, 'hash-1');
        expect(await store.agentByToken('hash-1')).toMatchObject(agent);
        await store.putAgent(agent, 'hash-2');
        expect(await store.agentByToken('hash-1')).toBeUndefined();
        expect(await store.agents()).toHaveLength(1);
        expect(await store.removeAgent('b')).toBe(true);
        expect(await store.removeAgent('b')).toBe(false);
        expect(await store.agentByToken('hash-2')).toBeUndefined();
      });

      test('remember from where on their view holds: a change of queues or role, not of the name', async () => {
        await store.append([event('a')]);
        expect(await store.putAgent(agent, 'h')).toMatchObject({ since: 1 });
        await store.append([event('b')]);
        expect(await store.putAgent({ ...agent, name: 'Asha R' }, 'h')).toMatchObject({ since: 1 });
        expect(await store.putAgent({ ...agent, queues: [] }, 'h')).toMatchObject({ since: 2 });
      });

      test('an agent who started a call and is there gets its escalation alone, away it is shared', async () => {
        await store.putAgent(agent, 'h');
        const started = { type: 'call.started' as const, origin: 'b' };
        await store.setState('b', 'available');
        expect(await store.takeSeat({ agent: 'b', desk: 'd1', takeover: false })).toBe(true);
        await store.append([event('s1', { ...started, call: 'test:s1' }), event('x1', { ...toRed, call: 'test:s1' })]);
        await store.leaveSeat({ agent: 'b', desk: 'd1' });
        await store.append([event('s2', { ...started, call: 'test:s2' }), event('x2', { ...toRed, call: 'test:s2' })]);
        expect(entries.map(({ audience }) => audience)).toEqual([['a:b'], ['a:b'], ['a:b'], ['a:b', 'q:red']]);
      });
    });

    describeInvites(() => store);
    describeRetention(() => store);

    test('a closed store refuses', async () => {
      await store.close();
      await expect(store.append([event('a')])).rejects.toMatchObject({ name: 'StoreError', fault: 'closed' });
      store = await place.open();
    });

    test('a healthy store passes its check', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}
