/** Helper process: posts signed webhooks at a fixed rate, or as fast as they are answered. */
import { openLoop } from '../support/chaos/open-loop';
import { preciseNow, spreadOf } from '../support/chaos/stats';
import { webhookBody, webhookRequest } from '../support/chaos/webhook';
import { WebhookPool, type PostOutcome } from '../support/chaos/webhook-pool';
import { serveJobs, type LoadJob, type LoadResult } from './jobs';

const requestFor = (job: LoadJob, n: number, sentAt: number) =>
  webhookRequest(webhookBody({ id: `${job.prefix}${n}`, to: job.numbers[n % job.numbers.length] ?? '', sentAt }));

/** One pool, or one per relay in turn. */
class Targets {
  private readonly pools: WebhookPool[];

  constructor({ port, ports = [port], connections }: LoadJob) {
    const each = Math.ceil(connections / ports.length);
    this.pools = ports.map((one) => new WebhookPool({ port: one, connections: each }));
  }

  post(n: number, request: Buffer): Promise<PostOutcome> {
    return this.pools[n % this.pools.length]!.post(request);
  }

  close(): void {
    for (const pool of this.pools) pool.close();
  }
}

async function closedLoop(job: LoadJob, targets: Targets) {
  const latencies: number[] = [];
  const outcomes: Record<string, number> = {};
  const started = performance.now();
  let n = 0;
  const work = async () => {
    while (performance.now() - started < job.seconds * 1000) {
      const sent = preciseNow();
      const mine = n++;
      const outcome = await targets.post(mine, requestFor(job, mine, sent));
      const key = outcome.kind === 'answer' ? String(outcome.status) : 'unknown';
      outcomes[key] = (outcomes[key] ?? 0) + 1;
      if (key === '200') latencies.push(preciseNow() - sent);
    }
  };
  await Promise.all(Array.from({ length: job.connections }, work));
  return { latencies, outcomes, took: (performance.now() - started) / 1000, posted: n };
}

async function load(job: LoadJob): Promise<LoadResult> {
  const targets = new Targets(job);
  const { rate, seconds } = job;
  const result =
    rate === 'most'
      ? await closedLoop(job, targets)
      : {
          ...(await openLoop({ rate, seconds, send: (n, due) => targets.post(n, requestFor(job, n, due)) })),
          posted: Math.round(rate * seconds),
        };
  targets.close();
  const { latencies, ...rest } = result;
  return { ...rest, ack: spreadOf(latencies) };
}

serveJobs(load);
