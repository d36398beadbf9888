/** Whose turn it is when a database is slow. The sessions are not asked anything. */
import { expect, test } from 'vitest';
import { StoreError } from '../../../src/relay/store/port';
import { createLane, type Lane } from '../../../src/relay/store/postgres/lane';
import { Session } from '../../../src/relay/store/postgres/session';

const open = () => Promise.resolve(Object.create(Session.prototype) as Session);
const ask = (lane: Lane, id: number, first = false) =>
  new Promise<unknown>((resolve, reject) =>
    lane.push({ request: { id, name: 'agents', args: [] }, resolve, reject }, { first }),
  );

test('what a transaction leaves comes with the next, in order, before what was asked later', async () => {
  const transactions: number[][] = [];
  const lane = createLane({
    open,
    commit: (_, requests) => {
      const some = requests.slice(0, 2).map(({ id }) => id);
      transactions.push(some);
      return Promise.resolve(some);
    },
    now: () => 0,
    sessions: 1,
    batch: 10,
  });
  expect(await Promise.all([1, 2, 3, 4, 5].map((id) => ask(lane, id)))).toEqual([1, 2, 3, 4, 5]);
  expect(transactions).toEqual([[1, 2], [3, 4], [5]]);
});

test('who waited too long for a turn is refused and not carried out: the next is one who still waits', async () => {
  let now = 0;
  let free: () => void = () => undefined;
  const carriedOut: number[] = [];
  const lane = createLane({
    open,
    commit: async (_, [request]) => {
      carriedOut.push(request?.id ?? 0);
      if (request?.id === 1) await new Promise<void>((resolve) => (free = resolve));
      return [request?.id];
    },
    now: () => now,
    sessions: 1,
    batch: 1,
  });
  const first = ask(lane, 1);
  const late = ask(lane, 2);
  await expect.poll(() => carriedOut).toEqual([1]);
  now = 6_000;
  const third = ask(lane, 3);
  free();
  await expect(late).rejects.toEqual(new StoreError('busy', 'the database has no time for this'));
  expect(await Promise.all([first, third])).toEqual([1, 3]);
  expect(carriedOut).toEqual([1, 3]);
});

test('a lane of several sessions carries out as many transactions at a time', async () => {
  const underWay = new Map<number, () => void>();
  const lane = createLane({
    open,
    commit: async (_, [request], n) => {
      await new Promise<void>((resolve) => underWay.set(n, resolve));
      return [request?.id];
    },
    now: () => 0,
    sessions: 2,
    batch: 1,
  });
  const asked = [1, 2, 3].map((id) => ask(lane, id));
  await expect.poll(() => [...underWay.keys()]).toEqual([0, 1]);
  underWay.get(1)?.();
  expect(await asked[1]).toBe(2);
  underWay.get(0)?.();
  expect(await asked[0]).toBe(1);
  await expect.poll(() => [...underWay.values()].at(-1)).toBeDefined();
  for (const done of underWay.values()) done();
  expect(await asked[2]).toBe(3);
});

test('who goes first waits for those under way only', async () => {
  const carriedOut: number[] = [];
  const lane = createLane({
    open,
    commit: (_, [request]) => Promise.resolve([carriedOut.push(request?.id ?? 0)]),
    now: () => 0,
    sessions: 1,
    batch: 1,
  });
  await Promise.all([ask(lane, 1), ask(lane, 2), ask(lane, 3, true)]);
  expect(carriedOut).toEqual([3, 1, 2]);
});
