/** Sends VInfer's events to every endpoint that asked for them, signed with that endpoint's secret. */
import { createHmac } from 'node:crypto';
import { anySuccess, createEndpoint, type Endpoint } from '../delivery/endpoint';
import { dispatch, type Wish } from '../delivery/dispatch';
import type { Random } from '../random';
import type { Stage } from '../stage';

const MINUTE_MS = 60_000;
/** "1 min, 5 min, 30 min, 2 hours, 12 hours" */
const VINFER_RETRIES_MS = [1, 5, 30, 120, 720].map((minutes) => minutes * MINUTE_MS);
/** "Endpoints that consistently fail are automatically disabled after 24 hours of failures" */
const VINFER_DISABLE_AFTER_MS = 24 * 60 * MINUTE_MS;

export interface Subscription {
  id: string;
  url: string;
  /** Event names, or `*`. */
  events: string[];
  secret: string | undefined;
  createdAt: number;
  endpoint: Endpoint;
}

export interface VinferEvent {
  /** `vinfer:<call id>` or `vinfer:campaign/<id>` */
  call: string;
  event: string;
  eventId: string;
  body: Record<string, unknown>;
}

export class VinferPublisher {
  /** Registered through the REST API. The relay of the configuration stands beside them, subscribed to everything. */
  readonly registered = new Map<string, Subscription>();
  private readonly standing: Subscription;

  constructor(
    private readonly stage: Stage,
    secret: string,
  ) {
    this.standing = {
      id: 'wh_relay',
      url: '',
      events: ['*'],
      secret,
      createdAt: stage.clock.now(),
      endpoint: this.endpoint('wh_relay', () => this.standingUrl()),
    };
  }

  register(id: string, webhook: { url: string; events: string[]; secret: string | undefined }): Subscription {
    const subscription = {
      id,
      ...webhook,
      createdAt: this.stage.clock.now(),
      endpoint: this.endpoint(id, () => webhook.url),
    };
    this.registered.set(id, subscription);
    return subscription;
  }

  publish(random: Random, event: VinferEvent, wish: Wish = {}): void {
    const body = Buffer.from(JSON.stringify(event.body));
    for (const { endpoint, secret } of this.subscribersOf(event.event)) {
      const parcel = {
        platform: 'vinfer' as const,
        ...event,
        kind: 'plain' as const,
        endpoint,
        headers: signature(secret, body),
        body,
      };
      dispatch(
        this.stage,
        random,
        parcel,
        (true_) => ({ ...true_, headers: signature('not the secret of this endpoint', body) }),
        wish,
      );
    }
  }

  private subscribersOf(event: string): Subscription[] {
    const registered = [...this.registered.values()].filter(
      ({ events }) => events.includes('*') || events.includes(event),
    );
    // A relay that registered itself would otherwise get everything twice.
    const known = [...this.registered.values()].some(({ url }) => url === this.standingUrl());
    return known ? registered : [this.standing, ...registered];
  }

  private standingUrl(): string {
    return `${this.stage.relay() ?? 'http://127.0.0.1:1'}/hooks/vinfer`;
  }

  private endpoint(id: string, url: () => string): Endpoint {
    return createEndpoint({
      id,
      clock: this.stage.clock,
      url,
      accepts: anySuccess,
      retriesMs: VINFER_RETRIES_MS,
      disableAfterMs: VINFER_DISABLE_AFTER_MS,
    });
  }
}

/** The document names the header and the algorithm over the raw body; hex is this floor's reading of the encoding. */
function signature(secret: string | undefined, body: Buffer): Record<string, string> {
  if (secret === undefined) return {};
  return { 'x-vinfer-signature': createHmac('sha256', secret).update(body).digest('hex') };
}
