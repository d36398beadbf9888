/** A room that follows the log, when the log goes back to an earlier state and on from there. */
import { beforeEach, expect, test } from 'vitest';
import { LogFollower } from '../../../src/relay/gateway/follow-log';
import type { LogEntry } from '../../../src/relay/store/port';
import { event } from '../../contract/contract-events';

interface Kept {
  epoch: string;
  head: number;
  mark: number | undefined;
  /** Offsets of events that concern the room. */
  stops: number[];
}

let log: Kept;
let taken: number[];
let follower: LogFollower;

const entry = (offset: number): LogEntry => ({
  offset,
  body: event(`e${offset}`, { type: log.stops.includes(offset) ? 'call.escalated' : 'call.turn' }).body,
  audience: [],
});

const store = {
  position: () => ({ epoch: log.epoch, head: log.head, floor: 0 }),
  page: (after: number) => {
    const upTo = Math.min(log.head, after + 500);
    const entries = Array.from({ length: upTo - after }, (_, n) => entry(after + 1 + n));
    return Promise.resolve({ entries, upTo });
  },
  gateway: {
    mark: () => Promise.resolve(log.mark),
    putMark: (_: string, at: number) => {
      log.mark = at;
      return Promise.resolve();
    },
  },
};

beforeEach(() => {
  log = { epoch: 'one', head: 1_000, mark: 0, stops: [10] };
  taken = [];
  follower = new LogFollower({
    store: store as unknown as ConstructorParameters<typeof LogFollower>[0]['store'],
    ...{ mark: 'test', from: 'floor' },
    concerns: (body) => body.includes('"call.escalated"'),
    take: (events, readUpTo) => {
      taken.push(...events.map(({ id }) => Number(id.slice(1))));
      log.mark = readUpTo;
      return Promise.resolve();
    },
  });
});

test('a log that went back and has passed the old position again is read from its own mark', async () => {
  await follower.catchUp();
  expect([taken, follower.position]).toEqual([[10], 1_000]);
  // A standby takes over that has not seen the last events, nor all of what was read.
  log = { epoch: 'two', head: 1_005, mark: 990, stops: [10, 995] };
  await follower.catchUp();
  expect([taken, follower.position]).toEqual([[10, 995], 1_005]);
});

test('entries that concern nobody do not hide what the log that went back has to be read for', async () => {
  await follower.catchUp();
  log = { epoch: 'two', head: 990, mark: 980, stops: [10, 985] };
  log.head = 991;
  expect(follower.see([entry(991)])).toBe(true);
  await follower.catchUp();
  expect([taken, follower.position]).toEqual([[10, 985], 991]);
  log.head = 992;
  expect(follower.see([entry(992)])).toBe(false);
  expect(follower.position).toBe(992);
});
