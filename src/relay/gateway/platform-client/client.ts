/** One platform's REST side with the relay's outbound policy around every request (docs/rest.md, "Towards platforms"). */
import {
  PlatformError,
  type Answer,
  type CampaignLimits,
  type PlatformApi,
  type RateLimit,
  type RequestOptions,
} from '../../../platforms/api';
import type { PlatformTraits } from '../../../shared/contract/desk-protocol';
import type { Clock } from '../../clock';
import type { ConfiguredPlatform } from '../../config/schema';
import { Attempts, type Repeat } from './attempts';
import type { CapabilityBook } from './capabilities';
import { FairQueue } from './fair-queue';
import { RateWindow } from './rate-window';

export interface ClientDeps {
  configured: ConfiguredPlatform;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** 0 ≤ n < 1. */
  random: () => number;
  capabilities: CapabilityBook;
  /** Time per attempt, ms. */
  timeoutMs: number;
  /** How long a sick platform is left alone, ms. */
  breakMs: number;
}

type Method = {
  [K in keyof PlatformApi]-?: NonNullable<PlatformApi[K]> extends (...args: never[]) => Promise<Answer<unknown>>
    ? K
    : never;
}[keyof PlatformApi];

type Arguments<M extends Method> =
  NonNullable<PlatformApi[M]> extends (...args: [...infer A, RequestOptions]) => Promise<Answer<unknown>> ? A : never;
type Value<M extends Method> =
  NonNullable<PlatformApi[M]> extends (...args: never[]) => Promise<Answer<infer T>> ? T : never;

export interface Errand {
  /** Whose turn it takes. */
  agent: string;
  repeat: Repeat;
  /** Work that nobody waits for: goes last and leaves a part of the rate limit untouched. */
  background?: boolean;
  /** What the account may turn out to lack, where that is narrower than the method. */
  ability?: string;
  /** Awaited when the turn has come, right before the request leaves; a rejection keeps it from leaving. */
  beforeSend?: () => Promise<void>;
}

export class PlatformClient {
  readonly traits: PlatformTraits;
  private api: PlatformApi | undefined;
  private readonly window: RateWindow;
  private readonly queue: FairQueue;
  private readonly attempts: Attempts;
  /** Requests that nobody waits for, to be cut off when the relay stops. */
  private readonly errands = new Set<AbortController>();

  constructor(private readonly deps: ClientDeps) {
    this.traits = deps.configured.platform.traits;
    this.api = this.openApi();
    this.window = new RateWindow(deps.clock);
    this.queue = new FairQueue(this.traits.name, this.window);
    this.attempts = new Attempts(this.traits.name, deps.random, deps.breakMs);
  }

  get name(): string {
    return this.traits.name;
  }

  get rate(): RateLimit {
    return this.window.latest;
  }

  /** Whether an `unclear` start may be repeated with the same key. */
  get startIsRepeatable(): boolean {
    return this.api?.startIsRepeatable ?? false;
  }

  /** What one campaign may hold; undefined where campaigns cannot be made. */
  get campaignLimits(): CampaignLimits | undefined {
    return this.can('createCampaign') ? this.api?.campaignLimits : undefined;
  }

  /** Whether the platform has such a thing, whatever this account may lack. */
  has(method: Method): boolean {
    return this.api?.[method] !== undefined;
  }

  /** False: certain not to work, either because the platform has no such thing or because the account lacked it lately. */
  can(method: Method, ability: string = method): boolean {
    return this.has(method) && this.deps.capabilities.state(this.name, ability) !== 'lacking';
  }

  /** Asks the platform. @throws PlatformError and nothing else that is expected */
  async ask<M extends Method>(method: M, errand: Errand, ...args: Arguments<M>): Promise<Value<M>> {
    const { capabilities } = this.deps;
    const { ability = method } = errand;
    if (!this.can(method, ability)) throw new PlatformError('unsupported', `${this.name} does not offer ${method}`);
    // The adapter has learned too, and would not ask again.
    if (capabilities.state(this.name, ability) === 'stale') this.api = this.openApi();
    try {
      const value = await this.attempts.run(errand.repeat, () => this.attempt(method, errand, args));
      await capabilities.learn(this.name, ability, true);
      return value;
    } catch (error) {
      if (!(error instanceof PlatformError) || error.fault !== 'unsupported') throw error;
      await capabilities.learn(this.name, ability, false);
      throw error;
    }
  }

  /** Refuses what waits and cuts off background reads; what acts at the platform is left to finish. */
  close(): void {
    this.queue.close();
    for (const errand of this.errands) errand.abort();
  }

  private openApi(): PlatformApi | undefined {
    const { platform, config } = this.deps.configured;
    return platform.api(config, this.deps.fetch);
  }

  private async attempt<M extends Method>(method: M, errand: Errand, args: Arguments<M>): Promise<Value<M>> {
    const leave = await this.queue.enter(errand.agent, errand.background);
    const expiry = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    try {
      await errand.beforeSend?.();
      if (errand.background === true) this.errands.add(expiry);
      timer = setTimeout(() => expiry.abort(), this.deps.timeoutMs);
      const call = this.api?.[method]?.bind(this.api) as
        ((...given: [...Arguments<M>, RequestOptions]) => Promise<Answer<Value<M>>>) | undefined;
      if (call === undefined) throw new PlatformError('unsupported', `${this.name} does not offer ${method}`);
      const { value, rate } = await call(...args, { signal: expiry.signal });
      this.window.observe(rate);
      return value;
    } catch (error) {
      if (error instanceof PlatformError) {
        this.window.observe(error.details.rate);
        if (error.fault === 'rate_limited') this.window.refused(error.details.retryAfterS);
      }
      throw error;
    } finally {
      clearTimeout(timer);
      this.errands.delete(expiry);
      leave();
    }
  }
}
