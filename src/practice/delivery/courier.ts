/**
 * Carries webhooks to the relay as the platforms promise to: in order per call, with a time-out, retried on the
 * platform's schedule with the very same bytes, and put on a list of failed events when that is used up.
 */
import type { Clock } from '../clock';
import type { PlatformName } from '../config';
import type { Journal, SentWebhook } from '../journal';
import type { Endpoint } from './endpoint';

export interface Parcel {
  platform: PlatformName;
  call: string;
  event: string;
  eventId: string;
  kind: SentWebhook['kind'];
  endpoint: Endpoint;
  headers: Readonly<Record<string, string>>;
  /** The exact bytes, signed and sent at every attempt. */
  body: Buffer;
}

export interface CourierDeps {
  clock: Clock;
  fetch: typeof globalThis.fetch;
  journal: Journal;
  /** Answer time each platform allows, real milliseconds. */
  timeoutMs: number;
  /** A mistake of the floor itself, never a delivery that failed. */
  onFault: (error: unknown) => void;
}

/** Failed events kept for replay; older ones drop out, as on a dashboard that pages. */
const MOST_FAILED = 1_000;

export class Courier {
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly held = new Map<PlatformName, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly failed: Parcel[] = [];
  private waitingLanes = 0;
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  constructor(private readonly deps: CourierDeps) {}

  /** Nothing leaves before the relay's address is known. */
  start(): void {
    this.open();
  }

  /** Holds a platform's webhooks back for a while, as an outage on its side does. */
  hold(platform: PlatformName, nominalMs: number): void {
    const before = this.held.get(platform) ?? Promise.resolve();
    const over = new Promise<void>((resolve) => this.deps.clock.after(nominalMs, resolve));
    const hold: Promise<void> = before
      .then(() => over)
      .then(() => {
        if (this.held.get(platform) === hold) this.held.delete(platform);
      });
    this.held.set(platform, hold);
  }

  /** First attempts of one call leave one after another; `overtaken` lets later ones pass for that long. */
  send(parcel: Parcel, overtaken = 0): void {
    if (overtaken > 0) {
      this.deps.clock.after(overtaken, () => this.send(parcel));
      return;
    }
    const lane = `${parcel.endpoint.id} ${parcel.call}`;
    const turn = (this.lanes.get(lane) ?? this.opened)
      .then(() => this.attempt(parcel, 1))
      .catch(this.deps.onFault)
      .then(() => {
        if (this.lanes.get(lane) === turn) this.lanes.delete(lane);
      });
    this.lanes.set(lane, turn);
  }

  /** Calls with a delivery under way or queued; what waits for its time, or for the end of an outage, is not counted. */
  underWay(): number {
    return this.lanes.size - this.waitingLanes;
  }

  /** Events given up, newest last: the dashboard's "failed events". */
  failures(): { platform: PlatformName; call: string; event: string; event_id: string }[] {
    return this.failed.map(({ platform, call, event, eventId }) => ({ platform, call, event, event_id: eventId }));
  }

  /** Sends the failed events again, as the dashboard's replay button does. Returns how many. */
  replay(): number {
    const again = this.failed.splice(0);
    for (const parcel of again) {
      parcel.endpoint.enable();
      this.send(parcel);
    }
    return again.length;
  }

  stop(): void {
    this.stopping.abort();
  }

  private async attempt(parcel: Parcel, attempt: number): Promise<void> {
    await this.outageOver(parcel.platform);
    if (this.stopping.signal.aborted) return;
    if (parcel.endpoint.disabled()) {
      this.giveUp(parcel);
      return;
    }
    const taken = await this.post(parcel, attempt);
    // A repeat is not owed to anybody and a forgery is not the platform's: neither is retried or held against the endpoint.
    if (parcel.kind !== 'plain') return;
    parcel.endpoint.report(taken);
    if (taken) return;
    const wait = parcel.endpoint.retriesMs[attempt - 1];
    if (wait === undefined) {
      this.giveUp(parcel);
      return;
    }
    this.deps.clock.after(wait, () => {
      // Nobody waits for a retry: what it comes to is in the journal.
      void this.attempt(parcel, attempt + 1).catch(this.deps.onFault);
    });
  }

  private async outageOver(platform: PlatformName): Promise<void> {
    const over = this.held.get(platform);
    if (over === undefined) return;
    this.waitingLanes += 1;
    await over;
    this.waitingLanes -= 1;
  }

  private giveUp(parcel: Parcel): void {
    this.failed.push(parcel);
    if (this.failed.length > MOST_FAILED) this.failed.shift();
  }

  private async post(parcel: Parcel, attempt: number): Promise<boolean> {
    const { clock, fetch, journal, timeoutMs } = this.deps;
    const at = clock.now();
    const entry = {
      at,
      platform: parcel.platform,
      call: parcel.call,
      event: parcel.event,
      event_id: parcel.eventId,
      attempt,
      kind: parcel.kind,
      body: parcel.body.toString('utf8'),
    };
    try {
      const answer = await fetch(parcel.endpoint.url(parcel.kind === 'forged'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...parcel.headers },
        body: parcel.body,
        redirect: 'manual',
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await answer.arrayBuffer();
      journal.sent({ ...entry, status: answer.status, duration_ms: clock.now() - at });
      return parcel.endpoint.accepts(answer.status);
    } catch (error) {
      journal.sent({ ...entry, duration_ms: clock.now() - at, error: reasonOf(error) });
      return false;
    }
  }
}

/** A code or class name: enough to act on, and never an address or a body. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause: unknown = error.cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
