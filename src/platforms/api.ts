/**
 * The REST side of a platform, in the relay's words. A method that is missing is something the platform cannot do at
 * all; a method that answers `unsupported` is something this account turned out not to offer (remember it).
 */
import type { Turn } from '../shared/contract/events';

/** Why a platform call did not do what was asked. `unclear`: it may have acted (time-out, reset after sending). */
export type PlatformFault =
  'unsupported' | 'rejected' | 'unauthorized' | 'not_found' | 'rate_limited' | 'unavailable' | 'unclear' | 'bad_answer';

export class PlatformError extends Error {
  constructor(
    readonly fault: PlatformFault,
    message: string,
    readonly details: { status?: number; retryAfterS?: number } = {},
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

export interface PlatformApi {
  startCall?(call: StartCall, options: RequestOptions): Promise<Answer<{ id: string; status?: string }>>;
  getCall?(id: string, options: RequestOptions): Promise<Answer<CallRecord>>;
  listCalls?(
    query: { campaign?: string; from?: string; to?: string; after?: string; limit?: number; offset?: number },
    options: RequestOptions,
  ): Promise<Answer<Page<CallRecord>>>;
  setDisposition?(id: string, write: DispositionWrite, options: RequestOptions): Promise<Answer<undefined>>;
  getContact?(phone: string, options: RequestOptions): Promise<Answer<ContactRecord>>;
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
