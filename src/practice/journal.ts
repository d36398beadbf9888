/** What happened on the floor, for tests and for the desk's headless run: every webhook sent, every request received. */
import type { PlatformName } from './config';

/** One attempt to deliver one webhook. */
export interface SentWebhook {
  /** Epoch ms when the request left. */
  at: number;
  platform: PlatformName;
  /** `<platform>:<call id>`, or `<platform>:campaign/<id>`. */
  call: string;
  /** The platform's name of the event, such as `call.escalated`. */
  event: string;
  /** The platform's event id where it has one, else the event's name. */
  event_id: string;
  /** 1 is the first try. */
  attempt: number;
  /** How this request differs from the platform's plain delivery. */
  kind: 'plain' | 'duplicate' | 'forged';
  status?: number;
  duration_ms: number;
  /** Why there was no answer. */
  error?: string;
  body: string;
}

export interface ReceivedRequest {
  at: number;
  /** Absent for the control API. */
  platform?: PlatformName;
  method: string;
  path: string;
  idempotency_key?: string;
  body?: unknown;
  status: number;
}

/** Entries kept per list: an eight-hour shift of practice stays under it, memory stays under 100 MB. */
const MOST_ENTRIES = 20_000;

function append<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > MOST_ENTRIES) list.shift();
}

export class Journal {
  readonly webhooks: SentWebhook[] = [];
  readonly requests: ReceivedRequest[] = [];

  constructor(private readonly onSent: (sent: SentWebhook) => void = () => undefined) {}

  sent(entry: SentWebhook): void {
    append(this.webhooks, entry);
    this.onSent(entry);
  }

  received(entry: ReceivedRequest): void {
    append(this.requests, entry);
  }
}
