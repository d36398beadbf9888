/** Lists at hand: which of them an agent works. Read again when they are older than a moment; other relays change them too. */
import type { Clock } from '../clock';
import type { AgentRecord } from '../store/port';
import type { LeadStore, ListRow, Person } from './port';

/** Monotonic ms. */
const FRESH_MS = 1_000;

/** Who asks, as far as lists care. */
export interface Worker {
  person: Person;
  queues: readonly string[];
  supervisor: boolean;
}

export function workerOf({ id, name, queues, role }: Pick<AgentRecord, 'id' | 'name' | 'queues' | 'role'>): Worker {
  return { person: { id, name }, queues, supervisor: role !== 'agent' };
}

export interface ListBook {
  all(): Promise<ListRow[]>;
  one(id: number): Promise<ListRow | undefined>;
  /** Lists the agent works. A supervisor works those of every queue. */
  of(worker: Worker): Promise<number[]>;
  /** Something was changed: read again. */
  stale(): void;
}

export const isWorkedBy = (
  { queues, supervisor }: Pick<Worker, 'queues' | 'supervisor'>,
  { settings }: Pick<ListRow, 'settings'>,
): boolean => supervisor || settings.queues.length === 0 || settings.queues.some((queue) => queues.includes(queue));

export function createListBook(store: Pick<LeadStore, 'lists'>, clock: Clock): ListBook {
  let read: { at: number; lists: Promise<ListRow[]> } | undefined;
  const all = (): Promise<ListRow[]> => {
    const now = clock.monotonic();
    if (read !== undefined && now - read.at < FRESH_MS) return read.lists;
    const lists = store.lists();
    read = { at: now, lists };
    // A failed read must not be remembered; whoever asked is told.
    lists.catch(() => (read = undefined));
    return lists;
  };
  return {
    all,
    one: async (id) => (await all()).find((list) => list.id === id),
    of: async (worker) => (await all()).filter((list) => isWorkedBy(worker, list)).map(({ id }) => id),
    stale: () => (read = undefined),
  };
}
