/**
 * The REST side of a platform, in the relay's words. A method that is missing is something the platform cannot do at
 * all; a method that answers `unsupported` is something this account turned out not to offer (remember it).
 */
import type { Turn } from '../shared/contract/events';

/** Why a platform call did not do what was asked. `unclear`: it may have acted (time-out, reset after sending). */
export type PlatformFault =
  'unsupported' | 'rejected' | 'unauthorized' | 'not_found' | 'rate_limited' | 'unavailable' | 'unclear' | 'bad_answer';

export interface PlatformErrorDetails {
  status?: number;
  /** From `Retry-After`; for a date, seconds from the answer's own `Date`. */
  retryAfterS?: number;
  rate?: RateLimit;
  /** The platform's own code (`invalid_phone`), or the socket's (`ECONNREFUSED`); safe to log. */
  code?: string;
  /** What the platform wrote, for the agent's eyes: may hold names and numbers, so it is never logged. */
  said?: string;
}

/** `message` is safe to log: it holds the platform's name, the status and the code, never what the platform wrote. */
export class PlatformError extends Error {
  constructor(
    readonly fault: PlatformFault,
    message: string,
    readonly details: PlatformErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'PlatformError';
  }
}

/** Rate-limit headers as last seen. `resetAt` is epoch seconds. */
export interface RateLimit {
  limit?: number;
  remaining?: number;
  resetAt?: number;
}

export interface Answer<T> {
  value: T;
  rate?: RateLimit;
}

export interface RequestOptions {
  signal: AbortSignal;
}

export interface StartCall {
  /** E.164. */
  phone: string;
  name?: string;
  language?: string;
  script?: string;
  variables?: Record<string, unknown>;
  /** Sent where the platform knows such a header; guards against a second call. */
  idempotencyKey: string;
}

/** A call that was asked for. `id` is absent while a campaign of one contact has not dialled yet: see `findStartedCall`. */
export interface StartedCall {
  id?: string;
  /** The campaign made for this one call, where the platform starts calls no other way. */
  campaign?: string;
  status?: string;
}

/** What this account turned out to offer. `unknown` until it was tried. */
export interface Capabilities {
  startCall: 'calls' | 'campaign';
  disposition: 'unknown' | 'written' | 'unsupported';
}

export interface CallRecord {
  id: string;
  phone?: string;
  name?: string;
  campaign?: string;
  status?: string;
  disposition?: string;
  started_at?: string;
  ended_at?: string;
  duration_seconds?: number;
  recording_url?: string;
  transcript_url?: string;
  summary?: string;
  /** The platform's whole record, for what is not named above. */
  raw: unknown;
}

export interface Page<T> {
  items: T[];
  total?: number;
  /** How many the platform gave for this page, where `items` are fewer: `offset` counts those. */
  rows?: number;
  hasMore: boolean;
}

export interface ContactRecord {
  phone: string;
  name?: string;
  dnc: boolean | null;
  calls: { id?: string; at?: string; disposition?: string }[];
  raw: unknown;
}

export interface CampaignRecord {
  id: string;
  name?: string;
  status?: string;
  totals?: Record<string, unknown>;
  /** Calls by disposition. */
  outcomes?: Record<string, unknown>;
  raw: unknown;
}

export interface NewCampaign {
  name: string;
  script_id?: string;
  language?: string;
  contacts: { phone: string; name?: string; [custom: string]: unknown }[];
  schedule?: { start?: string; end?: string; timezone?: string };
  max_attempts?: number;
  retry_interval_minutes?: number;
}

export interface CampaignLimits {
  contacts: number;
  nameChars: number;
}

export interface WebhookRegistration {
  id: string;
  url: string;
  events: string[];
}

export interface DispositionWrite {
  value: string;
  callback_time?: string;
  notes?: string;
}

/** Somebody who is not to be called again. */
export interface Stop {
  /** E.164. */
  phone: string;
  scope: 'campaign' | 'seller' | 'automated' | 'all';
  /** The platform's id of the call on which it was said. */
  call?: string;
}

export interface PlatformApi {
  /**
   * Whether `startCall` may be repeated with the same key after an `unclear` fault without making a second call. Where
   * it may not, only a person decides to repeat.
   */
  readonly startIsRepeatable: boolean;
  /** Learned from answers, for platforms whose accounts differ. */
  capabilities?(): Capabilities;
  startCall?(call: StartCall, options: RequestOptions): Promise<Answer<StartedCall>>;
  /** The call a campaign of one contact made; without `id` when it has not dialled yet. */
  findStartedCall?(campaign: string, options: RequestOptions): Promise<Answer<StartedCall>>;
  getCall?(id: string, options: RequestOptions): Promise<Answer<CallRecord>>;
  listCalls?(
    query: { campaign?: string; from?: string; to?: string; after?: string; limit?: number; offset?: number },
    options: RequestOptions,
  ): Promise<Answer<Page<CallRecord>>>;
  setDisposition?(id: string, write: DispositionWrite, options: RequestOptions): Promise<Answer<undefined>>;
  /** Puts a number on the platform's own do-not-call list. */
  suppress?(stop: Stop, key: string, options: RequestOptions): Promise<Answer<undefined>>;
  getContact?(phone: string, options: RequestOptions): Promise<Answer<ContactRecord>>;
  /** With `createCampaign`: what one campaign may hold. */
  readonly campaignLimits?: CampaignLimits;
  createCampaign?(campaign: NewCampaign, key: string, options: RequestOptions): Promise<Answer<CampaignRecord>>;
  listCampaigns?(options: RequestOptions): Promise<Answer<Page<CampaignRecord>>>;
  getCampaign?(id: string, options: RequestOptions): Promise<Answer<CampaignRecord>>;
  setCampaignRunning?(
    id: string,
    running: boolean,
    options: RequestOptions,
  ): Promise<Answer<CampaignRecord | undefined>>;
  listWebhooks?(options: RequestOptions): Promise<Answer<WebhookRegistration[]>>;
  registerWebhook?(
    webhook: { url: string; events: string[]; secret: string },
    key: string,
    options: RequestOptions,
  ): Promise<Answer<WebhookRegistration>>;
  removeWebhook?(id: string, options: RequestOptions): Promise<Answer<undefined>>;
  fetchTranscript?(url: string, options: RequestOptions): Promise<Answer<Turn[]>>;
}
