/** What callbacks need of the store. Times are epoch ms. */
import type { DialPurpose } from '../../shared/contract/dialling-policies';

interface Person {
  id: string;
  name: string;
}

/** Why the relay took it from its owner; people who give one back say why in their own words. */
export type ReleaseReason = 'owner_away' | 'owner_gone' | 'owner_moved';

export interface CallbackRow {
  id: string;
  state: 'open' | 'done' | 'cancelled';
  at: number;
  zone: string | null;
  wallTime: string | null;
  remindAt: number;
  owner: Person | null;
  released: { from: Person; at: number; reason: string } | null;
  name: string | null;
  phone: string;
  lead: number | null;
  list: { id: number; name: string } | null;
  call: string | null;
  purpose: DialPurpose;
  note: string | null;
  bookedBy: Person;
  bookedAt: number;
  deferred: number;
  heldBy: Person | null;
  done: { at: number; by: Person } | null;
}

export interface BookRequest {
  id: string;
  /** What brought it about; the same again books nothing. */
  source: string | null;
  at: number;
  zone: string | null;
  wallTime: string | null;
  owner: Person | null;
  name: string | null;
  /** Absent with `lead`: the lead's. */
  phone?: string;
  lead: number | null;
  /** JSON of where the number could be, when it gets a lead of its own. */
  place?: string;
  call: string | null;
  purpose: DialPurpose;
  note: string | null;
  by: Person;
  now: number;
}

export interface CallbackFilter {
  /** Whose; null: anybody's. */
  owner: string | null;
  /** With those of the queue of these lists (null: of every list). */
  queue: { lists: number[] | null } | null;
  state: 'open' | 'waiting' | 'due' | 'overdue' | 'done' | 'cancelled';
  from: number;
  to: number;
  now: number;
  limit: number;
  offset: number;
}

export type CallbackChange =
  | { kind: 'done' | 'cancelled'; note: string | null }
  | { kind: 'defer'; until: number }
  | { kind: 'release'; reason: string }
  | { kind: 'take'; owner: Person }
  | { kind: 'move'; at: number; zone: string; wallTime: string; note: string | null };

/** Callbacks that wait, by whose they are and of which list: what reminders are made of. */
export interface DueCallbacks {
  owner: string | null;
  list: number | null;
  due: number;
  overdue: number;
  next: number | null;
}

export interface CallbackStore {
  book(request: BookRequest): Promise<CallbackRow>;
  callback(id: string): Promise<CallbackRow | undefined>;
  /** Of the attempt that made the call, else of its lead's list. */
  purposeOfCall(call: string): Promise<DialPurpose | undefined>;
  callbacks(filter: CallbackFilter): Promise<{ total: number; rows: CallbackRow[] }>;
  /** Undefined: there is none, or it is closed and this does not close it again. */
  changeCallback(id: string, change: CallbackChange, by: Person, now: number): Promise<CallbackRow | undefined>;
  dueCallbacks(now: number): Promise<DueCallbacks[]>;
  /** To the queue, where the owner is away since the time and the grace. How many. */
  releaseAbsent(now: number, graceMs: number): Promise<number>;
  /** To the queue once due, where the owner has left or no longer works the list. How many. */
  releaseLost(now: number): Promise<number>;
}
