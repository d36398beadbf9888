/**
 * What the REST gateway needs of the store beyond the log: idempotency keys, learned capabilities, outcomes on their way
 * to a platform, transcripts to fetch, how far catch-up got, and reads over the log. A write that resolved is durable.
 */
import type { AttemptEnd } from '../dialling/port';
import type { CallDecided } from '../leads/store/outcomes';
import type { Viewer } from '../routing/audience';
import type { NewEvent } from '../store/port';

/** An answer kept with its key, sent again word for word. `body` is JSON. */
export interface KeptAnswer {
  status: number;
  body: string;
}

export interface KeyRequest {
  agent: string;
  key: string;
  /** Hash of route and body: the same key with another one is a mistake. */
  fingerprint: string;
  /** Epoch ms. */
  now: number;
  expires: number;
}

/**
 * `fresh`: go ahead. `in_use`: another relay is at it. `unclear`: an earlier attempt was sent to the platform and its answer never recorded. A request
 * that was interrupted before it was sent is fresh again.
 */
export type KeyState =
  | { state: 'fresh' }
  | { state: 'in_use' }
  | { state: 'reused' }
  | { state: 'unclear' }
  | { state: 'completed'; answer: KeptAnswer };

/** How a request with a key ended. `released`: nothing was done, the same key may try again. */
export type KeyEnd = { end: 'completed'; answer: KeptAnswer } | { end: 'unclear' } | { end: 'released' };

/** What became of an attempt to call, told in the commit that ends its key. */
export interface MadeCall {
  id: string;
  became: AttemptEnd | { state: 'unclear' | 'not_made' };
  /** When to look after it, epoch ms; absent: nobody needs to. */
  watch?: number;
}

export interface Capability {
  platform: string;
  name: string;
  supported: boolean;
  /** Epoch ms. */
  learned: number;
}

export type WriteState = 'pending' | 'written' | 'unsupported' | 'refused';

/** An agent's decision on its way to the platform. Written in order per call. */
export interface DispositionWriteRow {
  seq: number;
  call: string;
  /** Id of its `call.disposition` event. */
  event: string;
  agent: string;
  value: string;
  notes?: string;
  callbackTime?: string;
  state: WriteState;
  attempts: number;
  /** Epoch ms of the next attempt while pending. */
  due: number;
  reason?: string;
}

export interface DispositionRequest {
  /** The `call.disposition` event; its id decides what a repeat is. */
  event: NewEvent;
  /** Its time, epoch ms; moved behind the call's latest decision, so that the fold agrees with the order of writing. */
  decided: number;
  call: string;
  agent: string;
  fingerprint: string;
  /** True: the client named the decision with a key. False: the same agent repeating the latest decision is a repeat. */
  keyed: boolean;
  replaces?: string;
  write: { value: string; notes?: string; callbackTime?: string; state: WriteState };
  viewer: Viewer;
  now: number;
  /** What it means for the lead the call was made from, and the callback agreed with it; in the same commit. */
  follows?: CallDecided;
}

export type DispositionOutcome =
  | { ok: true; repeated: boolean; row: DispositionWriteRow }
  | { ok: false; reason: 'not_found' | 'reused' }
  /** Another agent decided before; `event` is what `replaces` must name. */
  | { ok: false; reason: 'already_decided'; by: string; value: string; event: string };

export interface WriteEnd {
  seq: number;
  state: WriteState;
  attempts: number;
  due: number;
  reason?: string;
}

export interface CallsFilter {
  viewer: Viewer;
  campaign?: string;
  /** Epoch ms of last activity, inclusive. */
  from: number;
  to: number;
  limit: number;
  offset: number;
}

export interface ListedCalls {
  total: number;
  calls: { lastActivity: number; snapshot: string }[];
}

export interface TranscriptJob {
  call: string;
  url: string;
  attempts: number;
  due: number;
}

export interface AgentToday {
  calls: number;
  claims: number;
  dispositions: number;
  /** Calls that were asked for and may have rung, whether or not anybody answered. */
  dials: number;
}

export interface GatewayStore {
  /** Takes a key. Only for keys that no request of this process is using (the caller knows those). */
  beginKey(request: KeyRequest): Promise<KeyState>;
  /**
   * The request is about to leave for the platform: from here on a kill leaves the key `unclear`. False: it must not
   * leave, the key was taken over by another relay.
   */
  markKeySending(agent: string, key: string): Promise<boolean>;
  /** Ends the request, appends what it brought about, and closes its attempt to call, in one commit. */
  endKey(agent: string, key: string, end: KeyEnd, events: NewEvent[], attempt?: MadeCall): Promise<void>;

  capabilities(): Promise<Capability[]>;
  putCapability(capability: Capability): Promise<void>;

  /** Appends the decision and queues its write, in one commit. */
  recordDisposition(request: DispositionRequest): Promise<DispositionOutcome>;
  /**
   * The oldest pending write of each call that is due at `now`. They are this relay's until it says how they ended, or is
   * gone.
   */
  takeDueWrites(now: number, limit: number): Promise<DispositionWriteRow[]>;
  endWrite(end: WriteEnd): Promise<void>;
  latestWrite(call: string): Promise<DispositionWriteRow | undefined>;
  /** When the next pending write that no other relay has is due, epoch ms. */
  nextWriteDue(): Promise<number | undefined>;

  /** The folded call as JSON if the viewer may see it. */
  callSnapshot(call: string, viewer: Viewer): Promise<string | undefined>;
  listCalls(filter: CallsFilter): Promise<ListedCalls>;
  /** Folded calls of a phone number (digits), newest first. */
  callsOfPhone(digits: string, limit: number): Promise<string[]>;
  agentToday(agent: string, from: number): Promise<AgentToday>;

  mark(name: string): Promise<number | undefined>;
  /** All whose name begins so. */
  marks(prefix: string): Promise<{ name: string; value: number }[]>;
  putMark(name: string, value: number): Promise<void>;

  /** Queues transcripts to fetch and notes how far the log was read for them, in one commit. */
  queueTranscripts(jobs: TranscriptJob[], readUpTo: number): Promise<void>;
  dueTranscripts(now: number, limit: number): Promise<TranscriptJob[]>;
  /** `due` undefined: done or given up. */
  endTranscript(job: Pick<TranscriptJob, 'call' | 'url'>, next?: { attempts: number; due: number }): Promise<void>;
  nextTranscriptDue(): Promise<number | undefined>;
}
