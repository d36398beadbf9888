/**
 * What dialling needs of the store: the facts of a number in one read, and attempts with their receipts. A write that
 * resolved is durable. Attempts do not leave by age.
 */
import type { DialKind, DialPurpose, DialTrigger } from '../../shared/contract/dialling-policies';
import type { AgentRole } from '../../shared/contract/desk-protocol';
import type { AttemptState, CallReceipt, Confirmation } from '../../shared/contract/receipts';
import type { Consent } from '../../shared/contract/consents';
import type { DncEntry } from '../../shared/contract/dnc';
import type { RegisterAnswer } from '../dnc/registers-table';
import type { NewEvent } from '../store/port';

export interface PastAttempt {
  id: string;
  /** Epoch ms. */
  at: number;
  kind: DialKind;
  purpose: DialPurpose;
  state: AttemptState;
  call?: string;
}

export interface DialFacts {
  attempts: PastAttempt[];
  consents: Consent[];
  entries: (DncEntry & { list?: string })[];
  registers: RegisterAnswer[];
  /** Changes when attempts, consents or stops of the number do. */
  revision: string;
}

/** An attempt that is about to leave for the platform. */
export interface NewAttempt {
  id: string;
  agent: string;
  /** Idempotency key of the request. */
  key: string;
  phoneHash: string;
  at: number;
  kind: DialKind;
  purpose: DialPurpose;
  trigger: Extract<DialTrigger, 'click' | 'auto_dial'>;
  platform: string;
  campaign?: string;
  list?: string;
  lead?: string;
  /** A person wants it although an earlier one may be ringing: their own, or as a supervisor anybody's. */
  confirmed: boolean;
  role: AgentRole;
  /** The receipt of the check, JSON. */
  receipt: string;
  /** Whom it calls, JSON, for the event that makes the call the agent's. */
  person: string;
  /** Of the facts that the check was made with. */
  revision: string;
  /** Calls this agent may have under way, this one included. */
  limit: number;
}

/**
 * `changed`: the facts are no longer those of the check, check again. `limit`: too many calls under way. `taken`: another relay
 * has the key. `not_held`: the lead it is made from is in other hands by now. `unclear`: an earlier attempt may be ringing.
 * `busy`: the number is being called.
 */
export type Begun =
  | { ok: true; confirmed_by?: Confirmation }
  | { ok: false; reason: 'changed' }
  | { ok: false; reason: 'limit' }
  | { ok: false; reason: 'taken' }
  | { ok: false; reason: 'not_held' }
  | { ok: false; reason: 'unclear' | 'busy'; at: number; agent: string };

/** What became of it at the platform. */
export type AttemptEnd = { state: 'made'; call: string } | { state: 'dialling'; campaign: string };

/** An attempt that somebody must look after: find its call, ask for its state, recognise it when it shows. */
export interface WatchedAttempt {
  id: string;
  agent: string;
  platform: string;
  state: AttemptState;
  at: number;
  call?: string;
  /** The platform's campaign of one contact. */
  dialling?: string;
  campaign?: string;
  lead?: string;
  /** `{phone, name?}` as JSON. */
  person: string;
  looks: number;
}

export interface WatchEnd {
  id: string;
  state: AttemptState;
  call?: string;
  looks: number;
  /** Epoch ms of the next look; absent: none. */
  due?: number;
}

/** What is kept of a campaign that was made here: enough to say when it may run, and nobody's number. */
export interface KeptCampaign {
  /** `<platform>:<id>`. */
  campaign: string;
  purpose: DialPurpose;
  /** Where its people could be, each a JSON text. */
  places: readonly string[];
  /** When its schedule ends, epoch ms. */
  ends?: number;
}

/** Who a campaign's pause is of: its people's hours, a person; null: nobody's that is known. */
export type PausedBy = 'hours' | 'person' | null;

/** A kept campaign as it is minded: paused while its people may not be called. */
export interface MindedCampaign extends KeptCampaign {
  pausedBy: PausedBy;
  /** Looks in a row that its platform kept from their end. */
  tries: number;
  /** Changes with every mark that a person or a look leaves. */
  revision: number;
}

/** What a look at a minded campaign came to. */
export interface CampaignLook extends Pick<MindedCampaign, 'campaign' | 'pausedBy' | 'tries' | 'revision'> {
  /** When the hours let it go on, epoch ms. */
  resumes?: number;
  /** Epoch ms of the next look; absent: none. */
  due?: number;
}

export interface CampaignPause {
  campaign: string;
  pausedBy: 'hours' | 'person';
  /** Epoch ms. */
  resumes?: number;
}

export interface DialStore {
  /** @param since attempts before this are not looked at, epoch ms */
  dialFacts(phoneHash: string, digits: string, since: number): Promise<DialFacts>;
  /** Takes the attempt into the book and marks its key as sent, in one commit. */
  beginAttempt(attempt: NewAttempt): Promise<Begun>;
  /** The receipt of the attempt that made a call. */
  receiptOf(call: string): Promise<CallReceipt | undefined>;
  dueWatches(now: number, limit: number): Promise<WatchedAttempt[]>;
  /** Notes what the look found, and appends what it told, in one commit. */
  endWatch(end: WatchEnd, events: NewEvent[]): Promise<void>;
  nextWatchDue(): Promise<number | undefined>;
  /** Calls of an agent that count towards their limit. */
  underWay(agent: string, now: number): Promise<number>;
  /** The same of every agent who has some. */
  allUnderWay(now: number): Promise<{ agent: string; calls: number }[]>;
  /** Whether a call is an attempt's already. */
  isAttempted(call: string): Promise<boolean>;
  /** @param due when to look at it first, epoch ms */
  keepCampaign(campaign: KeptCampaign, due: number): Promise<void>;
  keptCampaign(campaign: string): Promise<MindedCampaign | undefined>;
  /** A person paused it or let it go on: whatever a look is about to note is out of date. Answers whose pause it was. */
  markCampaign(campaign: string, pausedBy: 'person' | null, due: number): Promise<PausedBy>;
  dueCampaigns(now: number, limit: number): Promise<MindedCampaign[]>;
  /** False: a person or another relay left a mark since; then nothing was noted. */
  endCampaignLook(look: CampaignLook): Promise<boolean>;
  nextCampaignDue(): Promise<number | undefined>;
  /** Of every campaign that is paused as far as this relay knows. */
  campaignPauses(): Promise<CampaignPause[]>;
}
