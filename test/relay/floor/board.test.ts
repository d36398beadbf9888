/** The day's calls in memory on a floor with more of them than are read at once. */
import { beforeEach, expect, test } from 'vitest';
import { FloorBoard } from '../../../src/relay/floor/board';
import { floorOf } from '../../../src/relay/floor/floor';
import type { LogEntry } from '../../../src/relay/store/port';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { handoverEventSchema } from '../../../src/shared/contract/events';
import { emptyCall, foldEvent } from '../../../src/shared/lib/fold-call';
import { until } from '../../support/poll';

const NOW = Date.parse('2026-03-02T15:00:00.000Z');
const FROM = Date.parse('2026-03-02T00:00:00.000Z');

/** Newest first. */
let calls: CallSnapshot[];
let appended: (entries: LogEntry[]) => void;
let board: FloorBoard;
/** Runs before each page of older calls is answered. */
let between: () => void;

const at = (n: number) => new Date(FROM + n * 1_000).toISOString();

function entry(type: string, call: string, n: number, data: object): LogEntry {
  const body = {
    ...{ specversion: '1.0', id: `${type} ${call} ${n}`, source: '/platforms/test', type, subject: call },
    ...{ time: at(n), receivedtime: at(n), istest: false, late: false, trust: 'signed', data },
  };
  return { offset: n + 1, call, audience: [], body: JSON.stringify(body) };
}
const escalated = (call: string, n: number) => entry('call.escalated', call, n, { transfer: 'unknown' });
const turn = (call: string, n: number) =>
  entry('call.turn', call, n, { speaker: 'customer', text: 'hello', partial: false, key: 'k1' });
const ended = (call: string, n: number) => entry('call.ended', call, n, {});

/** An entry as the store has it: in the call's snapshot, which is the newest then. */
function stored(one: LogEntry): void {
  const known = calls.find(({ call }) => call === one.call) ?? emptyCall(one.call ?? '');
  const next = foldEvent(known, handoverEventSchema.parse(JSON.parse(one.body)));
  calls = [next, ...calls.filter(({ call }) => call !== one.call)];
}

/** All of them are parsed, on a machine that may be slow. */
const WITHIN_MS = 45_000;
const isWhole = () => until('the whole day', async () => (await counts()).escalations === 6_000, WITHIN_MS);

const counts = async () =>
  floorOf({ now: NOW, from: FROM, calls: await board.calls(FROM), agents: [], leads: [], meantFor: () => [] }).counts;

beforeEach(() => {
  calls = [];
  between = () => undefined;
  for (let n = 0; n < 6_000; n += 1) {
    const fresh = foldEvent(
      emptyCall(`test:${n}`),
      handoverEventSchema.parse(JSON.parse(escalated(`test:${n}`, n).body)),
    );
    calls.push(fresh);
  }
  calls.reverse();
  board = new FloorBoard(
    {
      position: () => ({ epoch: 'e', head: 0, floor: 0 }),
      onAppended: (listener) => (appended = listener),
      snapshots: (_, __, limit) =>
        Promise.resolve({ offset: 0, calls: calls.slice(0, limit).map((call) => JSON.stringify(call)) }),
      gateway: {
        listCalls: ({ limit, offset }) => {
          between();
          const page = calls.slice(offset, offset + limit);
          return Promise.resolve({
            total: calls.length,
            calls: page.map((call) => ({ lastActivity: 0, snapshot: JSON.stringify(call) })),
          });
        },
        callSnapshot: (call) => Promise.resolve(JSON.stringify(calls.find((one) => one.call === call))),
      },
    },
    { now: () => NOW, monotonic: () => 0 },
  );
});

test('the floor counts every call of the day, however many there were', async () => {
  await board.calls(FROM);
  await isWhole();
}, 60_000);

test('a call that is touched while the day is read is whole, and counted once', async () => {
  let n = 0;
  between = () => {
    n += 1;
    // The oldest of all, which no page has reached yet: it stands before all others from now on.
    if (n === 3) {
      stored(ended('test:0', 50_000));
      appended([ended('test:0', 50_000)]);
    }
  };
  await board.calls(FROM);
  await isWhole();
  const [call] = [...(await board.calls(FROM))].filter((one) => one.call === 'test:0');
  expect(Object.keys(call?.escalations ?? {})).toHaveLength(1);
  expect(call?.milestones.ended).toBeDefined();
}, 60_000);

test('calls that come later do not push earlier ones of the day out, and their words are not kept', async () => {
  await board.calls(FROM);
  await isWhole();
  for (let n = 6_000; n < 7_000; n += 1) appended([escalated(`test:${n}`, n), turn(`test:${n}`, n)]);
  expect((await counts()).escalations).toBe(7_000);
  expect([...(await board.calls(FROM))].every(({ turns }) => Object.keys(turns).length === 0)).toBe(true);
}, 60_000);
