/** Platforms that post to whichever relay answers, and again until one has accepted. */
import { checkDelivery, deliveryProblems } from '../../support/chaos/delivery-check';
import type { SeenEvent } from '../../support/chaos/desk-probe';
import type { Dice } from '../../support/chaos/dice';
import { numberOfTeam, TEAMS, type FloorHost } from '../../support/chaos/floor-host';
import { isAccepted, PlatformFake } from '../../support/chaos/platform';
import { callIdOf, eventIdOf } from '../../support/chaos/webhook';
import { WebhookPool, type PostOutcome } from '../../support/chaos/webhook-pool';
import { until } from '../../support/poll';

const CONNECTIONS = 8;
/** How long platforms wait for an answer (VInfer says 10 s). */
const ANSWER_WITHIN_MS = 10_000;
/** With so many unanswered nothing new is posted: on a busy machine they would pile up for minutes. */
const MOST_UNANSWERED = 60;
/** Between rounds of posting again what was not accepted. */
const RETRY_MS = 250;
const ACCEPTED_WITHIN_MS = 90_000;
/** An escalation that was accepted this soon after it was made is never late (the relay says 45 s). */
const FRESH_MS = 15_000;

/** Webhooks are posted to the relays in turn, as a load balancer does that knows nothing of their health. */
class Balancer {
  private next = 0;
  private readonly pools: WebhookPool[];

  constructor(floor: FloorHost) {
    this.pools = floor.relays.map(
      ({ host }) => new WebhookPool({ port: host.port, connections: CONNECTIONS, answerWithinMs: ANSWER_WITHIN_MS }),
    );
  }

  post(request: Buffer): Promise<PostOutcome> {
    this.next += 1;
    return this.pools[this.next % this.pools.length]!.post(request);
  }

  close(): void {
    for (const pool of this.pools) pool.close();
  }
}

export const teamOfCall = (call: string): number => Number(/^vinfer:call_(\d+)_/.exec(call)?.[1] ?? Number.NaN);

export class FloorLoad {
  readonly platform: PlatformFake;
  private readonly balancer: Balancer;
  private readonly madeAt = new Map<string, number>();
  /** When it was first known that the webhook was accepted. */
  private readonly acceptedAt = new Map<string, number>();
  /** Accepted soon enough to ring. */
  private readonly fresh = new Set<string>();
  private count = 0;
  private unanswered = 0;
  private stopped = false;
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    floor: FloorHost,
    private readonly random: Dice,
  ) {
    this.balancer = new Balancer(floor);
    this.platform = new PlatformFake(this.balancer);
  }

  /** Posts an escalation to a team. Returns its call and whether it was accepted at once. */
  async post(team: number): Promise<{ call: string; accepted: boolean }> {
    const id = `${team}_${this.count}`;
    this.count += 1;
    this.madeAt.set(eventIdOf(id), performance.now());
    this.unanswered += 1;
    const outcome = await this.platform.post({ id, to: numberOfTeam(team), bytes: this.random.between(500, 3_000) });
    this.unanswered -= 1;
    this.note();
    return { call: callIdOf(id), accepted: isAccepted(outcome) };
  }

  /** Keeps posting. @param rate per second, at most */
  start(rate: number): void {
    const post = async () => {
      const posts: Promise<unknown>[] = [];
      const started = performance.now();
      for (let n = 0; !this.isStopped(); n += 1) {
        const due = started + (n * 1000) / rate;
        await wait(Math.max(0, due - performance.now()));
        if (this.unanswered < MOST_UNANSWERED) posts.push(this.post(n % TEAMS));
      }
      await Promise.all(posts);
    };
    const retry = async () => {
      while (!this.isStopped()) {
        await wait(RETRY_MS);
        await this.platform.retry();
        this.note();
      }
    };
    this.working = Promise.all([post(), retry()]);
  }

  /** Stops posting, and posts again until everything is accepted. */
  async finish(): Promise<void> {
    this.stopped = true;
    await this.working;
    await until('every webhook to be accepted', async () => (await this.platform.retry()) === 0, ACCEPTED_WITHIN_MS);
  }

  close(): void {
    this.stopped = true;
    this.balancer.close();
  }

  /**
   * @param log what a supervisor reads in the end
   * @param mayLoseFrom what was accepted later may be lost, `performance.now()`
   */
  check(log: readonly SeenEvent[], mayLoseFrom = Infinity) {
    const posted = log.filter(({ id }) => id.startsWith(eventIdOf('')));
    const verdict = checkDelivery(this.platform, posted);
    const broken = verdict.lost.filter((id) => (this.acceptedAt.get(id) ?? 0) < mayLoseFrom);
    const late = posted.filter((event) => event.late && this.fresh.has(event.id)).length;
    const problems = [...this.platform.problems, ...deliveryProblems({ ...verdict, lost: broken })];
    if (late > 0) problems.push(`${late} escalations were late, though accepted within ${FRESH_MS / 1000} s`);
    return {
      facts: {
        acknowledged: this.platform.acknowledged.size,
        lost: verdict.lost.length,
        twice: verdict.repeated.length,
      },
      problems,
    };
  }

  private note(): void {
    for (const [id, made] of this.madeAt) {
      if (!this.platform.acknowledged.has(id)) continue;
      this.madeAt.delete(id);
      this.acceptedAt.set(id, performance.now());
      if (performance.now() - made < FRESH_MS) this.fresh.add(id);
    }
  }

  // A method, because it changes while others wait.
  private isStopped(): boolean {
    return this.stopped;
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
