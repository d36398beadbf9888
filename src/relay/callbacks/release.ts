/** Callbacks that go to the queue: given back, or because their owner is away, has left or no longer works the list. */
import type { AgentRole } from '../../shared/contract/desk-protocol';
import { isWorkedBy } from '../leads/list-book';
import type { ListSettings } from '../leads/port';
import type { SeatTable } from '../store/seats';
import { all, run, type Work } from '../store/sql';
import type { CallbackRow, ReleaseReason } from './port';
import { callbackOf, SELECT, type RawCallback } from './rows';

/** Callbacks released in one transaction. */
const PORTION = 200;

export function* releaseToQueue(row: CallbackRow, reason: string, now: number): Work<void> {
  if (row.owner === null) return;
  yield* run(
    'UPDATE callbacks SET owner = NULL, owner_name = NULL, released = ? WHERE id = ?',
    JSON.stringify({ from: row.owner, at: now, reason }),
    row.id,
  );
}

const IN_NOBODYS_HANDS = "callbacks.state = 'open' AND callbacks.owner IS NOT NULL AND lead_holds.id IS NULL";

/** To the queue, where the owner has been away since the time and the grace: the customer was promised a call, not a person. */
export function* releaseAbsent(agents: Pick<SeatTable, 'presentSql'>, now: number, graceMs: number): Work<number> {
  const rows = yield* all<RawCallback>(
    `${SELECT} WHERE ${IN_NOBODYS_HANDS} AND callbacks.remind_at <= ? AND NOT ${agents.presentSql('callbacks.owner')}
     ORDER BY callbacks.remind_at LIMIT ?`,
    now - graceMs,
    PORTION,
  );
  for (const row of rows) yield* releaseToQueue(callbackOf(row), 'owner_away', now);
  return rows.length;
}

interface Owned {
  owner: string;
  list: number | null;
  /** Null: there is no such agent any more. */
  role: AgentRole | null;
  queues: string | null;
  settings: string | null;
}

/** Why the owner will never be given it; undefined where they may be. */
function whyLost({ role, queues, settings }: Owned): ReleaseReason | undefined {
  if (role === null || queues === null) return 'owner_gone';
  if (settings === null) return undefined;
  const list = { settings: JSON.parse(settings) as ListSettings };
  const worker = { queues: JSON.parse(queues) as string[], supervisor: role !== 'agent' };
  return isWorkedBy(worker, list) ? undefined : 'owner_moved';
}

/** To the queue as soon as it is due, where the owner has left, or no longer works the list. */
export function* releaseLost(now: number): Work<number> {
  const owned = yield* all<Owned>(
    `SELECT DISTINCT callbacks.owner, callbacks.list, agents.role, agents.queues, lead_lists.settings
     FROM callbacks LEFT JOIN agents ON agents.id = callbacks.owner LEFT JOIN lead_lists ON lead_lists.id = callbacks.list
     WHERE callbacks.state = 'open' AND callbacks.owner IS NOT NULL AND callbacks.remind_at <= ?`,
    now,
  );
  let released = 0;
  for (const one of owned) {
    const reason = whyLost(one);
    if (reason === undefined) continue;
    const rows = yield* all<RawCallback>(
      `${SELECT} WHERE ${IN_NOBODYS_HANDS} AND callbacks.remind_at <= ? AND callbacks.owner = ?
         AND coalesce(callbacks.list, 0) = ? ORDER BY callbacks.remind_at LIMIT ?`,
      ...[now, one.owner, one.list ?? 0, PORTION],
    );
    for (const row of rows) yield* releaseToQueue(callbackOf(row), reason, now);
    released += rows.length;
  }
  return released;
}
