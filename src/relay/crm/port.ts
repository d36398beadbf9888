/**
 * What the CRM connectors need of the store: an outbox with one entry per call and connector. A later decision, or news of the
 * call, is told by the same entry, so that the CRM has one log per call whatever happens. A write that resolved is durable.
 */
import type { CrmDelivery, CrmRecord, CrmState } from '../../shared/contract/crm';

/** An agent's decision, for one connector. */
export interface CrmOutcome {
  /** Of connector and call. */
  id: string;
  connector: string;
  call: string;
  event: string;
  agent: string;
  value: string;
  crmValue?: string;
  /** Notes, callback and stop, JSON. */
  decision: string;
  /** Epoch ms: the later decision holds. */
  decided: number;
}

export interface CrmRow extends CrmOutcome {
  created: number;
  /** Counts up with every decision and every news of the call. */
  revision: number;
  attempts: number;
  record?: string;
  log?: string;
  task?: string;
  /** Digest of what was told last. */
  told?: string;
}

/** What the CRM calls what was written there. */
export interface CrmRefs {
  record?: string;
  log?: string;
  task?: string;
}

export interface CrmEnd {
  id: string;
  /** The end of an older revision is not noted: the entry is due again already. */
  revision: number;
  state: CrmState;
  /** Epoch ms of the next attempt while waiting. */
  due: number;
  now: number;
  reason?: string;
  candidates?: CrmRecord[];
  told?: string;
}

export interface CrmFilter {
  state?: CrmState | undefined;
  call?: string | undefined;
  /** Only what this agent decided. */
  agent?: string | undefined;
  limit: number;
  offset: number;
}

export interface CrmStore {
  /** Takes decisions and news of calls into the outbox, and notes how far the log was read, in one commit. */
  queueCrm(outcomes: CrmOutcome[], news: string[], due: number, readUpTo: number): Promise<void>;
  dueCrm(now: number, limit: number): Promise<CrmRow[]>;
  nextCrmDue(): Promise<number | undefined>;
  /**
   * Takes an entry for one attempt and counts it, before anything is sent: after a kill the next attempt knows that there may
   * have been one. False: another relay has it, or it has changed since.
   * @param until when it is due again if this attempt never ends, epoch ms
   */
  takeCrm(row: Pick<CrmRow, 'id' | 'revision'>, now: number, until: number): Promise<boolean>;
  /** Notes at once what was written, so that it is never written again. */
  noteCrm(id: string, refs: CrmRefs): Promise<void>;
  endCrm(end: CrmEnd): Promise<void>;
  crmDeliveries(filter: CrmFilter): Promise<{ total: number; data: CrmDelivery[] }>;
  crmDelivery(id: string): Promise<CrmDelivery | undefined>;
  /** Tries again. False: there is none, or it is under way. */
  replayCrm(id: string, now: number): Promise<boolean>;
  /** Takes a choice among records for this and for every later call of the number. */
  chooseCrm(id: string, record: string, phoneHash: string, by: string, now: number): Promise<void>;
  crmChoice(connector: string, phoneHash: string): Promise<string | undefined>;
  /** Returns how many left the list. */
  dismissCrm(state: CrmState, ids: string[] | undefined): Promise<number>;
}
