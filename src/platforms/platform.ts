/**
 * What a voice platform is to the relay: a webhook dialect to authenticate and decode, and a REST dialect to speak.
 * An adapter is pure but for the `fetch` passed in: no files, no timers, no clock of its own.
 */
import type { z } from 'zod';
import type { PlatformTraits } from '../shared/contract/desk-protocol';
import type { EventData, EventType, Trust } from '../shared/contract/events';
import type { PlatformApi } from './api';

/** One webhook request as it arrived, before anybody looked inside. */
export interface WebhookRequest {
  /** Lower-case names; repeated headers joined as Node does. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact bytes that were signed. */
  rawBody: Uint8Array;
  /** What followed `/hooks/<name>/` in the path, if anything (Infer's secret path). */
  pathSecret?: string;
  /** Address of the sender (behind a trusted proxy: as that proxy tells it), for platforms with an IP allow-list. */
  remoteAddress?: string;
}

export type Authentication = { ok: true; trust: Trust } | { ok: false; reason: string };

/** An event as its platform told it. The relay adds source, receipt time, lateness and, where absent, the id. */
export type DecodedEvent = {
  [T in EventType]: {
    type: T;
    /** The platform's own event id; absent where it has none (the relay then hashes source and raw body). */
    id?: string;
    /** `<platform>:<call id>`, or `<platform>:campaign/<id>`; absent for `platform.unknown`. */
    subject?: string;
    /** RFC 3339 UTC with milliseconds; absent where the platform gave none that parses (the relay uses receipt time). */
    time?: string;
    istest: boolean;
    data: EventData<T>;
  };
}[EventType];

export interface Webhook<Config> {
  authenticate(request: WebhookRequest, config: Config): Authentication;
  /**
   * Turns an authentic body into one or more events. Never throws and never returns nothing: what is not understood
   * becomes one `platform.unknown` that says why.
   */
  decode(rawBody: Uint8Array): DecodedEvent[];
}

/** A harmless event, signed or addressed as the platform itself would do it: what `check` sends through the relay. */
export interface TestEvent {
  headers: Record<string, string>;
  body: string;
  /** As in WebhookRequest. */
  pathSecret?: string;
}

export interface Platform<Config = unknown> {
  traits: PlatformTraits;
  /** This platform's section of the relay's configuration; unknown keys are errors. */
  configSchema: z.ZodType<Config>;
  webhook: Webhook<Config>;
  /** The REST side, or undefined when the configuration holds no API key. `base` may carry `/v1` or not. */
  api(config: Config, fetch: typeof globalThis.fetch): PlatformApi | undefined;
  /** Plays the platform's part, marked as a test. @param call the platform's own call id @param now epoch ms */
  testEvent(config: Config, call: string, now: number): TestEvent;
}
