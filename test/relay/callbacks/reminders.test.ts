/** Desks hear that callbacks are due from counts alone. */
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createReminders, type ReminderDeps } from '../../../src/relay/callbacks/reminders';
import type { LiveDesk } from '../../../src/relay/desks/hub';
import { callbacksFrameSchema } from '../../../src/shared/contract/callbacks';
import { until } from '../../support/poll';

const agentOf = (id: string) => ({ id, name: id, numbers: [], queues: [], role: 'agent' as const });

/** Over desks of which nothing but the frame is asked. */
function remindersOf(desks: () => object[], more: Pick<ReminderDeps, 'store'> & Partial<ReminderDeps>) {
  return createReminders({
    hub: { desks: () => desks() as LiveDesk[] },
    lists: { of: () => Promise.resolve([]) },
    clock: { now: () => 0, monotonic: () => 0 },
    log: pino({ level: 'silent' }),
    ...more,
  });
}

it('a desk is told once per change, again when it comes anew, and not while it catches up', async () => {
  const sent: string[] = [];
  let [live, id, due] = [false, 'one', 1];
  const tell = (frame: string) => {
    if (live) sent.push(frame);
    return live;
  };
  const reminders = remindersOf(() => [{ id, agent: agentOf('asha'), stream: { tell } }], {
    store: { dueCallbacks: () => Promise.resolve([{ owner: 'asha', list: 1, due, overdue: 0, next: null }]) },
    everyMs: 1,
  });
  reminders.kick();
  live = true;
  await until('the first count', () => sent.length === 1);
  due = 2;
  await until('the second count', () => sent.length === 2);
  id = 'two';
  await until('the same to another link', () => sent.length === 3);
  await reminders.stop();
  expect(sent.map((frame) => callbacksFrameSchema.parse(JSON.parse(frame)).due_mine)).toEqual([1, 2, 2]);
});

it('thousands of desks are told little by little, each what is theirs, and whatever else comes has its turn meanwhile', async () => {
  const told = new Map<string, number>();
  const desks = Array.from({ length: 5_000 }, (_, n) => ({
    id: `d${n}`,
    agent: agentOf(`a${n}`),
    stream: {
      tell: (frame: string) => {
        told.set(`a${n}`, callbacksFrameSchema.parse(JSON.parse(frame)).due_mine);
        return true;
      },
    },
  }));
  const rows = desks.map(({ agent }, n) => ({ owner: agent.id, list: 1, due: n, overdue: 0, next: null }));
  const reminders = remindersOf(() => desks, { store: { dueCallbacks: () => Promise.resolve(rows) } });
  let turns = 0;
  reminders.kick();
  while (told.size < desks.length) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await reminders.stop();
  expect(turns).toBeGreaterThan(40);
  expect([told.get('a0'), told.get('a4999')]).toEqual([0, 4_999]);
});
