/** Callbacks as the relay or this desk's own journal has them, made into rows. Pure. */
import type { CallbackRow } from '../../shared/contract/callback-views';
import { CALLBACK_LIMITS, type Callback } from '../../shared/contract/callbacks';
import type { OutcomeEntry } from '../../shared/contract/outcomes';
import type { PhoneView } from '../../shared/contract/views';
import { known } from '../calls/call-view';

const OVERDUE_AFTER_MS = CALLBACK_LIMITS.overdueAfterMin * 60_000;

export interface CallbackContext {
  me: string | undefined;
  now: number;
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  phone: (raw: string) => PhoneView;
}

/** By this desk's clock, so that a reminder does not wait for the relay's next word. */
function stateOf(at: number, remindAt: number, now: number): CallbackRow['state'] {
  if (now < remindAt) return 'waiting';
  // Deferring asks for patience: it is overdue again only when that has run out too.
  return now >= Math.max(at, remindAt) + OVERDUE_AFTER_MS ? 'overdue' : 'due';
}

const REASONS: Readonly<Record<string, CallbackRow['released_why']>> = {
  ...{ owner_away: 'away', owner_gone: 'gone', owner_moved: 'moved' },
};
/** What a person wrote who gave it back is theirs to tell. */
const whyOf = (reason: string) => REASONS[reason] ?? 'given';

export function callbackRow(callback: Callback, context: CallbackContext): CallbackRow {
  const { me, now, local, phone } = context;
  const at = local(callback.at);
  const remind_at = local(callback.remind_at);
  const { owner, released, held_by } = callback;
  return {
    ...{ id: callback.id, at, remind_at, deferred: callback.deferred, purpose: callback.purpose, unsent: false },
    state: stateOf(at, remind_at, now),
    owner: owner === null ? 'queue' : owner.id === me ? 'mine' : 'other',
    phone: phone(callback.phone),
    ...known({
      zone: callback.zone ?? undefined,
      wall_time: callback.wall_time ?? undefined,
      owner_name: owner?.name,
      released_from: released?.from.name,
      released_why: released === null ? undefined : whyOf(released.reason),
      name: callback.name ?? undefined,
      lead: callback.lead ?? undefined,
      list: callback.list?.name,
      call: callback.call ?? undefined,
      note: callback.note ?? undefined,
      held_by: held_by === null || held_by.id === me ? undefined : held_by.name,
    }),
  };
}

/** One that was agreed here and is still on its way to the relay. */
export function unsentRow(
  { id, call, decision }: OutcomeEntry,
  customer: { name: string | undefined; phone: PhoneView },
  { now }: Pick<CallbackContext, 'now'>,
): CallbackRow | undefined {
  const { callback, notes } = decision;
  if (callback === undefined) return undefined;
  const at = Date.parse(callback.at);
  return {
    ...{ id, call, at, remind_at: at, deferred: 0, purpose: 'service', unsent: true, owner: callback.owner },
    state: stateOf(at, at, now),
    ...{ zone: callback.zone, wall_time: callback.wall_time, phone: customer.phone },
    ...known({ name: customer.name, note: notes }),
  };
}
