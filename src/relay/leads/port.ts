/**
 * What the preview dialer needs of the store. A write that resolved is durable. `test/contract/leads-contract.ts` holds every
 * implementation to this. Times are epoch ms by the relay's clock unless a name says otherwise.
 */
import type { DialKind } from '../../shared/contract/dialling-policies';
import type { LeadState, LeadVerb, NewList, NextWhy, NoLead } from '../../shared/contract/leads';
import type { BookRequest, CallbackRow } from '../callbacks/port';
import type { NewEntry } from '../dnc/port';

export interface Person {
  id: string;
  name: string;
}

/** Everything a list is but its name and what is counted. */
export type ListSettings = {
  [K in keyof Omit<NewList, 'name' | 'priority' | 'paused'>]-?: Exclude<NewList[K], undefined>;
};

export interface ListRow {
  id: number;
  name: string;
  /** `callbacks`: made by the relay, for callbacks whose customer is in no list. */
  builtin: string | null;
  settings: ListSettings;
  priority: number;
  paused: boolean;
  /** Leads up to this id were looked through for those that waiting does not help. */
  screened: number;
  created: number;
  createdBy: Person;
}

/** `staged`: of an import that is not to be seen yet. */
export type RowState = LeadState | 'staged';

export interface LeadRow {
  id: number;
  list: number;
  /** Number of its place, or of its place within its segment. */
  place: number;
  phone: string;
  name: string | null;
  state: RowState;
  priority: number;
  notBefore: number;
  attempts: number;
  /** Id of its open callback. */
  callback: string | null;
  /** Rule and reason, as JSON, with `blocked`. */
  blocked: string | null;
  lastOutcome: string | null;
  /** JSON of a LeadRecord. */
  record: string;
  created: number;
}

export interface HoldRow {
  id: string;
  lead: number;
  list: number;
  agent: Person;
  since: number;
  renewed: number;
  /** Counts renewals, so that whoever measures the lease needs no clock in common with who renewed. */
  renewals: number;
  phase: 'preview' | 'calling';
  why: NextWhy;
  /** While calling: the attempt in whose call it is, the latest; null where a relay of an earlier version began it. */
  attempt: string | null;
  call: string | null;
}

/** A lead in hand, as lists of them show it. */
export interface HeldLead {
  hold: HoldRow;
  list: { id: number; name: string };
  name: string | null;
  phone: string;
}

/** What a lead in hand turned out to be, before the next one is taken. */
export type Aside =
  /** Its hours are closed, and with them those of every lead of its list and place. */
  | { hold: string; lead: number; kind: 'closed'; until: number }
  | { hold: string; lead: number; kind: 'later'; until: number }
  /** Waiting does not help; looked at again at `until`. */
  | { hold: string; lead: number; kind: 'blocked'; until: number; by: string };

export interface TakeRequest {
  agent: Person;
  /** Lists the agent works. */
  lists: number[];
  /** Instead of the next one: this lead. */
  chosen?: number;
  /** Id of the new hold. */
  hold: string;
  now: number;
  aside?: Aside;
  /** Puts aside, and takes nothing. */
  stop?: boolean;
}

export type Taken =
  | { kind: 'lead'; hold: HoldRow; lead: LeadRow }
  | { kind: 'nothing'; reason: Exclude<NoLead['reason'], 'sorting'>; nextAt: number | null }
  | { kind: 'refused'; reason: 'not_found' }
  | { kind: 'refused'; reason: 'held'; by: Person };

/** How a preview ended. */
export interface Settlement {
  agent: Person;
  /** May end what others hold, and act on leads nobody holds. */
  supervisor: boolean;
  lead: number;
  /** Lists the agent works; a lead of another one does not exist for them. */
  lists: number[] | null;
  hold?: string;
  verb: LeadVerb;
  reason: string | null;
  note: string | null;
  /** What was asked, so that a repeat is known from another request. */
  fingerprint: string;
  now: number;
  /** Where the lead goes. `back`: where it was. */
  to: 'back' | 'ready' | 'later' | 'removed' | 'dnc';
  until?: number;
  /** Not to this agent again. */
  pass?: boolean;
  /** With `dnc`. */
  dnc?: { scope: 'campaign' | 'seller' | 'automated' | 'all'; phone?: string };
  /** Entries of the own do-not-call list, in the same commit. */
  stops?: NewEntry[];
  book?: BookRequest;
}

export type Settled =
  | { ok: true; repeated: boolean; lead: LeadRow; callback: CallbackRow | null; blocked: number }
  | { ok: false; reason: 'not_found' | 'not_held' | 'may_not_skip' | 'calling' }
  | { ok: false; reason: 'held'; by: Person };

export interface AttemptRow {
  id: string;
  lead: number;
  phone: string;
  call: string | null;
  at: number;
  agent: Person;
  kind: DialKind;
  outcome: 'attempt' | 'conversation' | 'abandoned' | 'unclear' | null;
  value: string | null;
}

export interface TrailRow {
  at: number;
  verb: LeadVerb;
  agent: Person;
  reason: string | null;
  note: string | null;
}

/** A lead with everything that is shown of it. */
export interface LeadView {
  lead: LeadRow;
  list: ListRow;
  /** Name. */
  segment: string | null;
  hold: HoldRow | null;
  callback: CallbackRow | null;
  attempts: AttemptRow[];
  trail: TrailRow[];
  /** Of its numbers, over every list. */
  numbers: { phone: string; attempts: number; last: number }[];
}

export interface AttemptBegin {
  /** Unique; the same again is the same attempt. */
  id: string;
  lead: number;
  /** Id. */
  agent: string;
  phone: string;
  kind: DialKind;
  at: number;
  /** Why it was dialled, where nobody clicked. */
  reason?: string | null;
}

/** `not_made`: certainly nothing rang, so it counts as nothing. `unclear`: it may have. */
export type AttemptEnd = { id: string; call: string } | { id: string; state: 'not_made' | 'unclear' };

/** Leads of a list that are worked, and paused, together: named by a column of the file that they came from. */
export interface SegmentRow {
  id: number;
  list: number;
  name: string;
  paused: boolean;
}

/** The leads of one place and segment of a list. */
export interface LaneRow {
  list: number;
  /** As with a lead. */
  place: number;
  /** Id; 0: of none. */
  segment: number;
  /** JSON of Places. */
  where: string;
  closedUntil: number;
  counts: Partial<Record<RowState, number>>;
}

/** What is left of one list. */
export interface LeftRow {
  list: number;
  /** When the next lead that was put aside comes back; null: none does by itself. */
  due: number | null;
  held: number;
  /** `where`: JSON of Places. `paused`: their segment is. */
  places: { where: string; state: 'ready' | 'later'; n: number; paused: boolean }[];
}

export interface LeadFilter {
  list: number;
  state?: RowState;
  phone?: string;
  /** Name. */
  segment?: string;
  limit: number;
  offset: number;
}

export interface LeadStore {
  createList(list: Omit<ListRow, 'id' | 'screened' | 'builtin'>): Promise<ListRow | undefined>;
  changeList(id: number, list: Pick<ListRow, 'name' | 'settings' | 'priority' | 'paused'>): Promise<boolean>;
  lists(): Promise<ListRow[]>;
  /** Lanes of one list, or of all, with what is in them. */
  lanes(list: number | null): Promise<LaneRow[]>;
  /** Of one list, or of all, in the order in which they came. */
  segments(list: number | null): Promise<SegmentRow[]>;
  /** A paused one's leads are not handed out. False: the list has no such segment. */
  pauseSegment(list: number, name: string, paused: boolean): Promise<boolean>;
  /** What stands in the way of blocked leads of a list, as kept with them. */
  blockedBy(list: number): Promise<{ by: string; leads: number }[]>;
  /** Of every list that has leads left or in hand. */
  left(): Promise<LeftRow[]>;
  /** From lists' places to when they open again; a place closes in every segment. */
  closeLanes(lanes: Pick<LaneRow, 'list' | 'place' | 'closedUntil'>[]): Promise<void>;

  take(request: TakeRequest): Promise<Taken>;
  settle(settlement: Settlement): Promise<Settled>;
  /** Undefined: not in this agent's hands. */
  renewHold(agent: string, lead: number, hold: string | null, now: number): Promise<HoldRow | undefined>;
  holds(): Promise<HoldRow[]>;
  /** With what is shown of their leads. @param agent whose; null: everybody's */
  held(agent: string | null): Promise<HeldLead[]>;
  /** Ids of those that need no renewal: their call is on, or ended a moment ago and waits for its outcome. */
  holdsInCall(now: number): Promise<string[]>;
  /** Ends a hold that was not renewed; false when it was, or is gone. */
  expireHold(hold: Pick<HoldRow, 'id' | 'renewals'>, now: number): Promise<boolean>;
  /** Brings back leads whose time has come; how many. */
  wake(now: number, limit: number): Promise<number>;

  lead(id: number): Promise<LeadView | undefined>;
  leads(filter: LeadFilter): Promise<{ lead: LeadRow; heldBy: Person | null }[]>;
  /** Leads of a list to look through, by id. */
  toScreen(list: number, after: number, limit: number): Promise<LeadRow[]>;
  /** What looking through a portion found. `upTo`: so far the list is done. */
  screened(list: number, upTo: number, asides: Omit<Extract<Aside, { until: number }>, 'hold'>[]): Promise<void>;

  /** A call is about to be started from a lead in hand. False: it is not in this agent's hands. */
  beginAttempt(attempt: AttemptBegin): Promise<boolean>;
  endAttempt(end: AttemptEnd): Promise<void>;
}
