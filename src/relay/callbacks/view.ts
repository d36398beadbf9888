/** Callbacks as the REST API shows them. */
import { CALLBACK_LIMITS, type Callback, type CallbackState } from '../../shared/contract/callbacks';
import { callIdSchema } from '../../shared/contract/events';
import type { CallbackRow } from './port';

const iso = (at: number) => new Date(at).toISOString();

function stateOf({ state, remindAt }: CallbackRow, now: number): CallbackState {
  if (state !== 'open') return state;
  if (remindAt > now) return 'waiting';
  return remindAt + CALLBACK_LIMITS.overdueAfterMin * 60_000 <= now ? 'overdue' : 'due';
}

export function callbackView(row: CallbackRow, now: number): Callback {
  const { id, zone, owner, released, name, phone, lead, list, call, purpose, note, deferred, done } = row;
  return {
    ...{ id, zone, owner, name, phone, purpose, note, deferred },
    state: stateOf(row, now),
    at: iso(row.at),
    wall_time: row.wallTime,
    remind_at: iso(row.remindAt),
    released: released === null ? null : { ...released, at: iso(released.at) },
    lead: lead === null ? null : String(lead),
    list: list === null ? null : { id: String(list.id), name: list.name },
    call: callIdSchema.safeParse(call).data ?? null,
    booked_by: row.bookedBy,
    booked_at: iso(row.bookedAt),
    held_by: row.heldBy,
    done: done === null ? null : { at: iso(done.at), by: done.by },
  };
}
