/** Helper process: posts signed webhooks at a fixed rate, or as fast as they are answered. */
import { openLoop } from '../support/chaos/open-loop';
import { preciseNow, spreadOf } from '../support/chaos/stats';
import { webhookBody, webhookRequest } from '../support/chaos/webhook';
import { WebhookPool } from '../support/chaos/webhook-pool';
import { serveJobs, type LoadJob, type LoadResult } from './jobs';

const requestFor = (job: LoadJob, n: number, sentAt: number) =>
  webhookRequest(webhookBody({ id: `${job.prefix}${n}`, to: job.numbers[n % job.numbers.length] ?? '', sentAt }));

async function closedLoop(job: LoadJob, pool: WebhookPool) {
  const latencies: number[] = [];
  const outcomes: Record<string, number> = {};
  const started = performance.now();
  let n = 0;
  const work = async () => {
    while (performance.now() - started < job.seconds * 1000) {
      const sent = preciseNow();
      const outcome = await pool.post(requestFor(job, n++, sent));
      const key = outcome.kind === 'answer' ? String(outcome.status) : 'unknown';
      outcomes[key] = (outcomes[key] ?? 0) + 1;
      if (key === '200') latencies.push(preciseNow() - sent);
    }
  };
  await Promise.all(Array.from({ length: job.connections }, work));
  return { latencies, outcomes, took: (performance.now() - started) / 1000, posted: n };
}

async function load(job: LoadJob): Promise<LoadResult> {
  const pool = new WebhookPool({ port: job.port, connections: job.connections });
  const { rate, seconds } = job;
  const result =
    rate === 'most'
      ? await closedLoop(job, pool)
      : {
          ...(await openLoop({ rate, seconds, send: (n, due) => pool.post(requestFor(job, n, due)) })),
          posted: Math.round(rate * seconds),
        };
  pool.close();
  const { latencies, ...rest } = result;
  return { ...rest, ack: spreadOf(latencies) };
}

serveJobs(load);
