/**
 * The relay against models: resume equals the log for any pattern of disconnects, dedupe is exact under interleaving and
 * restarts, a claim has one winner. Against the store and the stream themselves; sockets have tests of their own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Tail } from '../../../src/relay/desks/tail';
import { DeskStream } from '../../../src/relay/desks/stream';
import type { Outbox } from '../../../src/relay/desks/outbox';
import { viewerOf, type Viewer } from '../../../src/relay/routing/audience';
import type { LogEntry, Store } from '../../../src/relay/store/port';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { inlineThread } from '../../../src/relay/store/sqlite/thread';
import { CONTRACT_QUEUES, event, T0 } from '../../contract/contract-events';

async function withStore(work: (open: () => Promise<Store>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-model-'));
  const file = { path: path.join(folder, 'store.db'), exclusive: false, queues: CONTRACT_QUEUES };
  try {
    await work(() => openSqliteStore(file, inlineThread));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const call = fc.constantFrom('test:1', 'test:2', 'test:3');
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('turn' as const), call }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('blue' as const), call }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('red' as const), call }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('nobody' as const), call }) },
);
const viewers: Viewer[] = [
  viewerOf({ id: 'b', queues: ['blue'], role: 'agent' }),
  viewerOf({ id: 'r', queues: ['red'], role: 'agent' }),
  viewerOf({ id: 'both', queues: ['blue', 'red'], role: 'agent' }),
  viewerOf({ id: 'boss', queues: [], role: 'supervisor' }),
];

function eventsOf(happenings: { what: 'turn' | 'blue' | 'red' | 'nobody'; call: string }[]) {
  return happenings.map(({ what, call: subject }, n) => {
    const time = new Date(T0 + n * 1000).toISOString();
    if (what === 'turn') return event(`e${n}`, { type: 'call.turn', call: subject, time });
    const target = what === 'nobody' ? {} : { label: what };
    return event(`e${n}`, { call: subject, time, target });
  });
}

interface Frame {
  type: 'event' | 'call' | 'gone';
  offset?: number;
  prev?: number;
}

/** A desk that takes `patience` frames of each connection and then hangs up. */
async function follow(source: { tail: Tail; store: Store }, viewer: Viewer, from: number, patience: number) {
  const frames: Frame[] = [];
  const take = (text: string) => {
    if (frames.length < patience) frames.push(JSON.parse(text) as Frame);
  };
  const outbox: Outbox = {
    send: take,
    sendUncounted: take,
    together: (work) => work(),
    isFull: () => frames.length >= patience,
    drained: () => Promise.resolve(frames.length < patience),
    stop: () => undefined,
  };
  await new DeskStream(viewer, outbox, source, () => undefined).follow(from);
  return frames;
}

describe('resume', () => {
  test('equals what a desk that never left was sent, for any disconnects, from memory and from disk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(...viewers),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 10 }),
        fc.integer({ min: 0, max: 25 }),
        async (happenings, viewer, patiences, forgetUpTo) => {
          await withStore(async (open) => {
            const store = await open();
            const live: Frame[] = [];
            const take = (text: string) => void live.push(JSON.parse(text) as Frame);
            const whole = new Tail(0);
            const outbox: Outbox = {
              send: take,
              sendUncounted: take,
              together: (work) => work(),
              isFull: () => false,
              drained: () => Promise.resolve(true),
              stop: () => undefined,
            };
            const stayed = new DeskStream(viewer, outbox, { tail: whole, store }, () => undefined);
            await stayed.follow(0);
            const entries: LogEntry[] = [];
            store.onAppended((appended) => {
              for (const entry of appended) {
                entries.push(entry);
                whole.push(entry);
                stayed.publish(entry);
              }
            });
            for (const one of eventsOf(happenings)) await store.append([one]);

            // The relay that the desk comes back to remembers only the newest part of the log.
            const tail = new Tail(Math.min(forgetUpTo, entries.length));
            for (const entry of entries) if (entry.offset > forgetUpTo) tail.push(entry);
            const resumed: Frame[] = [];
            let position = 0;
            for (const patience of [...patiences, 1_000]) {
              const frames = await follow({ tail, store }, viewer, position, patience);
              for (const frame of frames) {
                resumed.push(frame);
                if (frame.type !== 'event') continue;
                expect(frame.prev).toBe(position);
                position = frame.offset ?? position;
              }
            }
            const events = (frames: Frame[]) => frames.filter(({ type }) => type === 'event');
            expect(events(resumed)).toEqual(events(live));
            // `call` and `gone` take no part in offsets: they may be repeated after a disconnect, never be missing.
            expect(withoutRepeats(resumed)).toEqual(withoutRepeats(live));
            await store.close();
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Drops a `call` or `gone` that is said again before the next event. */
function withoutRepeats(frames: Frame[]): string[] {
  const out: string[] = [];
  let sinceEvent = new Set<string>();
  for (const frame of frames) {
    const text = JSON.stringify(frame);
    if (frame.type === 'event') sinceEvent = new Set();
    else if (sinceEvent.has(text)) continue;
    else sinceEvent.add(text);
    out.push(text);
  }
  return out;
}

describe('dedupe', () => {
  test('is exact under any interleaving and restart: one row per id, the first offset stays', async () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
      { weight: 3, arbitrary: fc.constant('settle' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        await withStore(async (open) => {
          let store = await open();
          const acknowledged = new Set<string>();
          let pending: Promise<void>[] = [];
          const settle = async () => {
            await Promise.all(pending);
            pending = [];
          };
          for (const one of steps) {
            if (one === 'settle') await settle();
            else if (one === 'restart') {
              await settle();
              await store.close();
              store = await open();
            } else {
              const events = one.map((n) => event(`id${n}`));
              const append = store.append(events).then(() => events.forEach(({ id }) => acknowledged.add(id)));
              pending.push(append);
            }
          }
          await settle();
          const { entries } = await store.page(0, { keys: [], all: true }, 100);
          const ids = entries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
          expect([...ids].sort()).toEqual([...acknowledged].sort());
          expect(entries.map(({ offset }) => offset)).toEqual(ids.map((_, n) => n + 1));
          await store.close();
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('claims', () => {
  const agents = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }));
  const agent = fc.constantFrom(...agents);
  const command = fc.oneof(
    fc.record({ do: fc.constant('claim' as const), agent }),
    fc.record({ do: fc.constant('renew' as const), agent }),
    fc.record({ do: fc.constant('release' as const), agent }),
    fc.record({ do: fc.constant('lapse' as const), agent }),
    fc.record({ do: fc.constant('restart' as const), agent }),
    fc.record({ do: fc.constant('storm' as const), agent }),
  );

  test('follow a register with one holder, across restarts, and the log tells the same story', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
        await withStore(async (open) => {
          let store = await open();
          await store.append([event('e', { target: { label: 'blue' } })]);
          const viewer = viewers[0]!;
          let holder: string | undefined;
          const request = (who: { id: string; name: string }) => ({
            call: 'test:1',
            agent: who,
            viewer,
            now: T0,
            leaseMs: 30_000,
          });
          for (const one of commands) {
            switch (one.do) {
              case 'claim': {
                const { ok } = await store.claim(request(one.agent));
                expect(ok).toBe(holder === undefined || holder === one.agent.id);
                if (ok) holder = one.agent.id;
                break;
              }
              case 'renew':
                expect((await store.renew(request(one.agent))).ok).toBe(holder === one.agent.id);
                break;
              case 'release': {
                const { ok } = await store.release({ ...request(one.agent), reason: 'x' });
                expect(ok).toBe(holder === one.agent.id);
                if (ok) holder = undefined;
                break;
              }
              case 'lapse': {
                const [claim] = await store.activeClaims();
                if (claim !== undefined) expect((await store.lapse(claim, T0)).freed).toBe(true);
                holder = undefined;
                break;
              }
              case 'restart':
                await store.close();
                store = await open();
                break;
              case 'storm': {
                const outcomes = await Promise.all(agents.map((who) => store.claim(request(who))));
                const winners = agents.filter((_, n) => outcomes[n]?.ok);
                expect(winners).toHaveLength(1);
                if (holder !== undefined) expect(winners[0]?.id).toBe(holder);
                holder = winners[0]?.id;
                break;
              }
            }
            expect((await store.activeClaims()).map((claim) => claim.agent.id)).toEqual(
              holder === undefined ? [] : [holder],
            );
          }
          expect(await storyOf(store)).toEqual(holder);
          await store.close();
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** Who holds the call by the log alone; fails when `seq` does not count up or two hold it at once. */
async function storyOf(store: Store): Promise<string | undefined> {
  const { entries } = await store.page(1, { keys: [], all: true }, 1_000);
  let [holder, seq]: [string | undefined, number] = [undefined, 0];
  for (const { body } of entries) {
    const { type, data } = JSON.parse(body) as { type: string; data: { agent: { id: string }; seq: number } };
    expect(data.seq).toBe(seq + 1);
    seq = data.seq;
    if (holder !== undefined) expect(data.agent.id).toBe(holder);
    holder = type === 'call.claimed' ? data.agent.id : undefined;
  }
  return holder;
}
