/** What do-not-call needs of the store. A write that resolved is durable. None of it leaves by age. */
import type { DncEntry } from '../../shared/contract/dnc';

export type EntryState = 'pending' | 'written' | 'unsupported' | 'refused';

/** A stop as it is recorded. The id decides what a repeat is. */
export interface NewEntry {
  id: string;
  /** E.164; absent while the number of its call is not known. */
  phone?: string;
  scope: DncEntry['scope'];
  campaign?: string;
  list?: string;
  seller?: string;
  verbatim?: string;
  channel: DncEntry['channel'];
  origin: DncEntry['origin'];
  agent?: string;
  call?: string;
  /** Epoch ms. */
  requested: number;
  recorded: number;
  /** How it stands with each platform to begin with. */
  platforms: { platform: string; state: EntryState }[];
}

/** An entry whose number is not known yet. */
export interface UnplacedEntry {
  id: string;
  call: string;
}

/** One entry on its way to one platform. */
export interface EntryWrite {
  entry: string;
  platform: string;
  phone: string;
  scope: DncEntry['scope'];
  call?: string;
  attempts: number;
}

export interface EntryWriteEnd {
  entry: string;
  platform: string;
  state: EntryState;
  attempts: number;
  /** Epoch ms of the next attempt while pending. */
  due: number;
  reason?: string;
}

/** A copy of a register. */
export interface RegisterCopy {
  copy: string;
  list: string;
  /** Epoch ms. */
  date: number;
  imported: number;
  importedBy: string;
  numbers: number;
  refused: number;
  state: 'loading' | 'current' | 'old';
}

/** With how many numbers it came into use, or why it did not. */
export type FinishedCopy =
  | { ok: true; numbers: number }
  | { ok: false; reason: 'older' }
  | { ok: false; reason: 'smaller'; numbers: number; before: number };

export interface NewBlock {
  prefix: number;
  suffixes: number[];
}

export interface DncStore {
  /** Records stops that are new, and how far the log was read for them, in one commit. */
  recordStops(entries: NewEntry[], readUpTo?: number): Promise<void>;
  /** Entries of a number by its hash, or of everybody, newest first. */
  entries(filter: { phoneHash?: string; limit: number; offset: number }): Promise<{ total: number; data: DncEntry[] }>;
  /** Whether any entry of the number stands, whatever its scope. */
  stands(phoneHash: string): Promise<boolean>;
  /** Takes an entry back, with the reason beside it. Undefined: there is none, or it was taken back before. */
  correct(id: string, by: string, reason: string, now: number): Promise<DncEntry | undefined>;
  /** @param since recorded at or after, epoch ms */
  unplaced(since: number, limit: number): Promise<UnplacedEntry[]>;
  placeEntry(id: string, phone: string): Promise<void>;

  dueEntryWrites(now: number, limit: number): Promise<EntryWrite[]>;
  endEntryWrite(end: EntryWriteEnd): Promise<void>;
  /** When the next one is due, epoch ms. */
  nextEntryWriteDue(): Promise<number | undefined>;

  copies(): Promise<RegisterCopy[]>;
  beginCopy(copy: Pick<RegisterCopy, 'copy' | 'list' | 'date' | 'imported' | 'importedBy'>): Promise<void>;
  addNumbers(copy: string, blocks: NewBlock[]): Promise<void>;
  /**
   * Makes the copy the one that is looked into, unless the one in use by now is newer, or more than twice as large.
   * @param anyway its size was looked at by a person
   */
  finishCopy(copy: string, refused: number, anyway: boolean): Promise<FinishedCopy>;
  /** Removes a portion of a copy that is not current; false when nothing is left of it. */
  dropCopy(copy: string): Promise<boolean>;
}
