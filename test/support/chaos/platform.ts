/** A platform that posts webhooks, remembers what it was told, and sends again what was not accepted. */
import { checkDelivery, deliveryProblems } from './delivery-check';
import { readWholeLog, type ProbeOptions } from './desk-probe';
import { eventIdOf, webhookBody, webhookRequest, type WebhookOptions } from './webhook';
import type { PostOutcome, WebhookPool } from './webhook-pool';

export class PlatformFake {
  readonly posted = new Set<string>();
  readonly acknowledged = new Set<string>();
  /** Not accepted yet: what a platform would retry. */
  readonly open = new Map<string, Buffer>();
  readonly problems: string[] = [];
  /** On their way: what became of them is not known yet. */
  private readonly flying = new Set<string>();

  constructor(private readonly pool: Pick<WebhookPool, 'post'>) {}

  /** Posts a new event. */
  async post(options: WebhookOptions): Promise<PostOutcome> {
    const request = webhookRequest(webhookBody(options));
    return this.send(eventIdOf(options.id), request);
  }

  /** Posts again, all at once, everything that was not accepted, without an answer or refused. Returns how many still are not. */
  async retry(): Promise<number> {
    const failed = [...this.open].filter(([id]) => !this.flying.has(id));
    await Promise.all(failed.map(([id, request]) => this.send(id, request)));
    return this.open.size;
  }

  private async send(id: string, request: Buffer): Promise<PostOutcome> {
    this.posted.add(id);
    this.open.set(id, request);
    this.flying.add(id);
    const outcome = await this.pool.post(request).finally(() => this.flying.delete(id));
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.status === 200) {
      this.acknowledged.add(id);
      this.open.delete(id);
      if (outcome.bodyBytes !== 0) this.problems.push('a 200 had a body');
    } else if (outcome.status !== 503) {
      this.problems.push(`answered ${outcome.status} to a good webhook`);
    } else if (!/^\d+$/.test(outcome.retryAfter ?? '')) {
      this.problems.push('a 503 had no Retry-After');
    }
    return outcome;
  }

  /** Reads the relay's whole log and says what is wrong with it. */
  async audit(desk: ProbeOptions, epoch: string): Promise<{ facts: Record<string, number>; problems: string[] }> {
    const log = await readWholeLog(desk, epoch);
    const verdict = checkDelivery(this, log.seen);
    const facts = {
      acknowledged: this.acknowledged.size,
      lost: verdict.lost.length,
      twice: verdict.repeated.length,
      'log rows': log.seen.length,
    };
    return { facts, problems: [...this.problems, ...deliveryProblems(verdict), ...log.problems] };
  }
}

export const isAccepted = (outcome: PostOutcome): boolean => outcome.kind === 'answer' && outcome.status === 200;
export const isDeferred = (outcome: PostOutcome): boolean => outcome.kind === 'answer' && outcome.status === 503;
