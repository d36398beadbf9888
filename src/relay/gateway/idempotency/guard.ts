/**
 * At most one effect per key. A key is taken durably before anything is done, marked durably before the request leaves for
 * the platform, and ended in the same commit as the events it brought about; so whatever kills the relay, the next request
 * with the key learns the answer, or that nothing was done, or that nobody knows.
 */
import { PlatformError, type PlatformFault } from '../../../platforms/api';
import { REST_LIMITS } from '../../../shared/contract/rest';
import type { Clock } from '../../clock';
import type { NewEvent } from '../../store/port';
import { Problem, toProblem, UNCLEAR_DETAIL } from '../http/problem';
import type { GatewayStore, KeptAnswer, KeyEnd, MadeCall } from '../store-port';

const KEEP_MS = REST_LIMITS.keepKeysDays * 24 * 3600 * 1000;

export interface KeyedRequest {
  agent: string;
  key: string;
  fingerprint: string;
  /** The attempt to call that this request makes. */
  attempt?: string;
}

export interface Done {
  answer: KeptAnswer;
  events: NewEvent[];
  attempt?: MadeCall;
}

/** @param mark notes durably that the request leaves, where that takes more than marking the key */
export type Sending = (mark?: () => Promise<void>) => Promise<void>;

/** An unclear attempt is looked for in the log from then on: its webhook may be a moment away. */
const LOOK_AFTER_MS = 2_000;

/** Faults after which the same key gives the same refusal: asking again changes nothing. */
const FINAL: readonly PlatformFault[] = ['rejected', 'not_found'];

function endAfter(error: unknown, sent: boolean): KeyEnd {
  if (error instanceof PlatformError) {
    if (error.fault === 'unclear') return { end: 'unclear' };
    if (!FINAL.includes(error.fault)) return { end: 'released' };
    const problem = toProblem(error);
    return { end: 'completed', answer: { status: problem.status, body: JSON.stringify(problem.body()) } };
  }
  return sent ? { end: 'unclear' } : { end: 'released' };
}

export class IdempotencyGuard {
  /** Keys that requests of this process are using, with their fingerprints. */
  private readonly inUse = new Map<string, string>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly store: Pick<GatewayStore, 'beginKey' | 'markKeySending' | 'endKey'>,
    private readonly clock: Clock,
  ) {}

  /** Resolves when no request is under way: only then do all keys say what happened. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  /**
   * Does `work` unless the key has been used before, and keeps its answer.
   * @param work awaits `sending` right before its request leaves for a platform
   * @throws Problem `idempotency_key_in_use`, `idempotency_key_reused` or `unclear`, and whatever `work` throws
   */
  async once(
    request: KeyedRequest,
    work: (sending: Sending) => Promise<Done>,
  ): Promise<KeptAnswer & { replayed: boolean }> {
    const name = `${request.agent} ${request.key}`;
    const other = this.inUse.get(name);
    if (other !== undefined) {
      if (other !== request.fingerprint) throw reused();
      throw inUse();
    }
    this.inUse.set(name, request.fingerprint);
    try {
      const now = this.clock.now();
      const key = await this.store.beginKey({ ...request, now, expires: now + KEEP_MS });
      switch (key.state) {
        case 'fresh':
          return { ...(await this.tracked(this.perform(request, work))), replayed: false };
        case 'completed':
          return { ...key.answer, replayed: true };
        case 'in_use':
          throw inUse();
        case 'unclear':
          throw new Problem('unclear', UNCLEAR_DETAIL);
        case 'reused':
          throw reused();
      }
    } finally {
      this.inUse.delete(name);
    }
  }

  private tracked<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }

  private async perform(
    { agent, key, attempt }: KeyedRequest,
    work: (sending: Sending) => Promise<Done>,
  ): Promise<KeptAnswer> {
    const left = { forPlatform: false };
    let done: Done;
    try {
      done = await work(async (mark = () => this.markSending(agent, key)) => {
        // Once more: whatever left before certainly did nothing, or `Attempts` remembers that it may have.
        left.forPlatform = false;
        await mark();
        left.forPlatform = true;
      });
    } catch (error) {
      const end = endAfter(error, left.forPlatform);
      await this.store.endKey(agent, key, end, [], attempt === undefined ? undefined : this.lost(attempt, end));
      // Not ours to explain, but it had left: nobody knows what it did.
      if (left.forPlatform && !(error instanceof PlatformError)) {
        throw new Problem('unclear', UNCLEAR_DETAIL, {}, { cause: error });
      }
      throw error;
    }
    try {
      await this.store.endKey(agent, key, { end: 'completed', answer: done.answer }, done.events, done.attempt);
    } catch (error) {
      // The platform acted and the store cannot say so: the key stays as it is, which a repeat reads as unclear.
      const detail = 'The platform did it, but the relay could not record it. Do not start it again.';
      throw new Problem('unclear', detail, {}, { cause: error });
    }
    return done.answer;
  }

  private async markSending(agent: string, key: string): Promise<void> {
    if (!(await this.store.markKeySending(agent, key))) throw inUse();
  }

  private lost(id: string, { end }: KeyEnd): MadeCall {
    if (end !== 'unclear') return { id, became: { state: 'not_made' } };
    return { id, became: { state: 'unclear' }, watch: this.clock.now() + LOOK_AFTER_MS };
  }
}

/** The key is another request's at this moment. */
export function inUse(): Problem {
  return new Problem('idempotency_key_in_use', 'The same request is still under way', { retryAfterS: 2 });
}

function reused(): Problem {
  return new Problem('idempotency_key_reused', 'This key was used for another request; use a new one');
}
