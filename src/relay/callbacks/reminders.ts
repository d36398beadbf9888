/** Tells connected desks when the number of callbacks that concern their agent changed: counts, and nothing of a person. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CallbacksFrame } from '../../shared/contract/callbacks';
import type { Clock } from '../clock';
import type { Hub } from '../desks/hub';
import { Background } from '../gateway/background';
import { workerOf, type ListBook } from '../leads/list-book';
import type { CallbackStore } from './port';
import { countsFor, dueByOwner } from './service';

/** How late a reminder may be, ms. One small query for all desks of this relay. */
const EVERY_MS = 10_000;
/** Desks told before others have their turn. */
const PORTION = 100;

export interface ReminderDeps {
  hub: Pick<Hub, 'desks'>;
  store: Pick<CallbackStore, 'dueCallbacks'>;
  lists: Pick<ListBook, 'of'>;
  clock: Clock;
  log: Logger;
  /** Shortened by tests only. */
  everyMs?: number;
}

export function createReminders({ hub, store, lists, clock, log, everyMs = EVERY_MS }: ReminderDeps): Background {
  /** What each connection was told last. */
  const told = new Map<string, string>();
  return new Background(
    'reminders of callbacks',
    async () => {
      const desks = hub.desks();
      const here = new Set(desks.map(({ id }) => id));
      for (const id of told.keys()) if (!here.has(id)) told.delete(id);
      const due = dueByOwner(desks.length === 0 ? [] : await store.dueCallbacks(clock.now()));
      for (const [n, { id, agent, stream }] of desks.entries()) {
        // Thousands of desks are told little by little: calls must not wait for reminders.
        if (n % PORTION === PORTION - 1) await setImmediate();
        const counts = countsFor(due, agent.id, await lists.of(workerOf(agent)));
        const frame = JSON.stringify({ type: 'callbacks', ...counts } satisfies CallbacksFrame);
        if (told.get(id) === frame || !stream.tell(frame)) continue;
        told.set(id, frame);
      }
      return everyMs;
    },
    log,
  );
}
