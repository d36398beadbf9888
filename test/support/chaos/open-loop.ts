/**
 * Sends at a fixed rate whatever the answers do, and counts every answer's time from the moment the request was due, so
 * that a stall is charged to every request it held up and not only to the first (coordinated omission).
 */
import type { PostOutcome } from './webhook-pool';

export interface OpenLoopOptions {
  /** Requests per second. */
  rate: number;
  seconds: number;
  /** @param due epoch ms, fractional, by `preciseNow` */
  send: (n: number, due: number) => Promise<PostOutcome>;
}

export interface OpenLoopResult {
  /** Milliseconds per accepted request, from due to answered. */
  latencies: number[];
  /** Answers by status; `unknown` for those that never came. */
  outcomes: Record<string, number>;
  /** From the first request due to the last answer, s. */
  took: number;
}

/** How often due requests are sent, ms: timers are no finer. */
const TICK_MS = 1;

export async function openLoop({ rate, seconds, send }: OpenLoopOptions): Promise<OpenLoopResult> {
  const latencies: number[] = [];
  const outcomes: Record<string, number> = {};
  const total = Math.round(rate * seconds);
  const pending: Promise<void>[] = [];
  const started = performance.now();
  const one = async (n: number) => {
    const due = started + (n * 1000) / rate;
    const outcome = await send(n, performance.timeOrigin + due);
    const key = outcome.kind === 'answer' ? String(outcome.status) : 'unknown';
    outcomes[key] = (outcomes[key] ?? 0) + 1;
    if (key === '200') latencies.push(performance.now() - due);
  };
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) * rate) / 1000) + 1);
    while (sent < due) pending.push(one(sent++));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(pending);
  return { latencies, outcomes, took: (performance.now() - started) / 1000 };
}
