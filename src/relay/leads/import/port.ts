/** What imports of leads need of the store. */
import type { ImportState } from '../../../shared/contract/lead-imports';
import type { ListRow } from '../port';
import type { BadRow, NewLead } from './reader';

export type { ListRow };

/** `uploading`: the file is not whole yet; a job that was never finished uploading is deleted. */
export interface ImportRow {
  id: number;
  state: ImportState | 'uploading';
  created: number;
  list: number | null;
  /** JSON of a KeptJob. */
  job: string;
  /** Row of the file up to which leads are stored. */
  stored: number;
}

/** Who stands for the consents in a file. */
export interface ImportedBy {
  agent: string;
  import: number;
  /** Of consents that name nobody. */
  seller: string;
}

/** Rows of the file in order, up to and with row `upTo`. */
export interface StoredPortion {
  upTo: number;
  leads: NewLead[];
  bad: BadRow[];
}

export interface ImportStore {
  create(now: number, job: string): Promise<number>;
  putPiece(id: number, n: number, bytes: Uint8Array): Promise<void>;
  piece(id: number, n: number): Promise<Uint8Array | undefined>;
  job(id: number): Promise<ImportRow | undefined>;
  jobs(limit: number, offset: number): Promise<{ total: number; rows: ImportRow[] }>;
  /** Jobs that have not ended. */
  open(): Promise<ImportRow[]>;
  old(endedBefore: number, openBefore: number): Promise<ImportRow[]>;
  /** False: it is no longer in that state. Whoever works on it loses it. */
  save(id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number): Promise<boolean>;
  /**
   * Before a relay works on a job. False: another one that lives has it, or it is in another state. What is written below is
   * refused to a relay that lost it meanwhile.
   */
  take(id: number, state: ImportRow['state']): Promise<boolean>;
  /** As `save`, by the relay that works on it. */
  saveTaken(id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number): Promise<boolean>;
  keepRefusals(id: number, bad: BadRow[]): Promise<boolean>;
  forgetRefusals(id: number, limit: number): Promise<number>;
  refusals(id: number, after: number, limit: number): Promise<{ row: number; problem: string; text: string }[]>;
  /** Names of a list's segments. */
  segments(list: number): Promise<string[]>;
  knownPhones(list: number, phones: string[]): Promise<string[]>;
  begin(
    id: number,
    target: { list: number } | { make: Omit<ListRow, 'id' | 'screened' | 'builtin'> },
    job: string,
    now: number,
  ): Promise<{ ok: true; list: number } | { ok: false; reason: 'busy' | 'name_taken' | 'changed' }>;
  storeLeads(id: number, from: number, portion: StoredPortion, now: number): Promise<{ inList: number[] } | undefined>;
  publish(id: number, list: number, limit: number, by: ImportedBy): Promise<number>;
  unstage(id: number, list: number, made: boolean, limit: number): Promise<number>;
  dropFile(id: number): Promise<number>;
  drop(id: number): Promise<void>;
}
