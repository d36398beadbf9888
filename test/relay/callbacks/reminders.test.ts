/** Desks hear that callbacks are due from counts alone. */
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createReminders } from '../../../src/relay/callbacks/reminders';
import type { LiveDesk } from '../../../src/relay/desks/hub';
import { callbacksFrameSchema } from '../../../src/shared/contract/callbacks';
import { until } from '../../support/poll';

it('a desk is told once per change, again when it comes anew, and not while it catches up', async () => {
  const sent: string[] = [];
  let [live, id, due] = [false, 'one', 1];
  const desk = () =>
    ({
      id,
      agent: { id: 'asha', name: 'Asha', numbers: [], queues: [], role: 'agent' },
      stream: {
        tell: (frame: string) => {
          if (live) sent.push(frame);
          return live;
        },
      },
    }) as unknown as LiveDesk;
  const reminders = createReminders({
    hub: { desks: () => [desk()] },
    store: { dueCallbacks: () => Promise.resolve([{ owner: 'asha', list: 1, due, overdue: 0, next: null }]) },
    lists: { of: () => Promise.resolve([]) },
    clock: { now: () => 0, monotonic: () => 0 },
    log: pino({ level: 'silent' }),
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
