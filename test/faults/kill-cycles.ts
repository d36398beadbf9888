/**
 * The relay is killed at random moments under load. Whatever it acknowledged must be in the log after the restart, once,
 * and a desk that follows along must see one unbroken log.
 */
import { checkDelivery, deliveryProblems } from '../support/chaos/delivery-check';
import { DeskProbe, readWholeLog, settled } from '../support/chaos/desk-probe';
import { dice, type Dice } from '../support/chaos/dice';
import { RelayHost } from '../support/chaos/relay-host';
import { verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { eventIdOf, webhookBody, webhookRequest } from '../support/chaos/webhook';
import { WebhookPool } from '../support/chaos/webhook-pool';

const CYCLES = { short: 10, long: 500 };
const CONNECTIONS = 16;
/** The kill falls this long after the first answer of a cycle: before, in and after a commit. */
const KILL_AFTER_MS = { low: 1, high: 120 };
/** Share of posts that repeat an earlier one, as platforms do. */
const REPEAT_SHARE = 0.1;

interface Load {
  posted: Set<string>;
  acknowledged: Set<string>;
  /** Requests that were never answered: the platform will send them again. */
  unanswered: { id: string; request: Buffer }[];
  statuses: Map<number, number>;
}

/** Posts on every connection until the relay is gone. Resolves with the first answer's time through `onAnswer`. */
async function loadUntilGone(host: RelayHost, load: Load, random: Dice, cycle: number, onAnswer: () => void) {
  const pool = new WebhookPool({ port: host.port, connections: CONNECTIONS });
  let gone = false;
  let n = 0;
  const recent: { id: string; request: Buffer }[] = [];
  const next = () => {
    const again = load.unanswered.pop();
    if (again !== undefined) return again;
    const repeat = recent[random.between(0, Math.max(0, recent.length - 1))];
    if (repeat !== undefined && random.next() < REPEAT_SHARE) return repeat;
    const id = `${cycle}_${n++}`;
    const made = { id: eventIdOf(id), request: webhookRequest(webhookBody({ id })) };
    recent.push(made);
    return made;
  };
  const work = async () => {
    while (!gone) {
      const { id, request } = next();
      load.posted.add(id);
      const outcome = await pool.post(request);
      if (outcome.kind === 'unknown') {
        load.unanswered.push({ id, request });
        gone = true;
        return;
      }
      onAnswer();
      load.statuses.set(outcome.status, (load.statuses.get(outcome.status) ?? 0) + 1);
      if (outcome.status === 200) load.acknowledged.add(id);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  pool.close();
}

export interface CrashCycles {
  name: string;
  seed: number;
  cycles: number;
  /** Words put before the relay's command, such as a tracer. */
  wrap?: readonly string[];
  /** What the machine does to the files of the dead relay before it is started again. */
  afterwards?: (host: RelayHost, random: Dice) => Promise<void>;
}

export function killCycles({ seed, long }: FaultOptions): Promise<Verdict> {
  return crashCycles({ name: 'kill -9 under load', seed, cycles: long ? CYCLES.long : CYCLES.short });
}

export async function crashCycles({ name, seed, cycles, wrap, afterwards }: CrashCycles): Promise<Verdict> {
  const random = dice(seed);
  const host = await RelayHost.start(wrap === undefined ? {} : { wrap });
  const load: Load = { posted: new Set(), acknowledged: new Set(), unanswered: [], statuses: new Map() };
  try {
    const token = await host.addAgent({ id: 'observer', role: 'supervisor' });
    const desk = { port: host.port, token, instance: 'observer' };
    const observer = new DeskProbe(desk);
    const { epoch } = await observer.connect();
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      let killed: Promise<void> | undefined;
      const pause = random.between(KILL_AFTER_MS.low, KILL_AFTER_MS.high);
      const kill = () => (killed ??= new Promise((r) => setTimeout(r, pause)).then(() => host.end('SIGKILL')));
      await loadUntilGone(host, load, random, cycle, () => void kill());
      await killed;
      await afterwards?.(host, random);
      await host.up();
      const { offset: head } = await observer.connect();
      await settled(observer, head);
    }
    observer.drop();
    const fresh = await readWholeLog(desk, epoch);
    const verdict = checkDelivery(load, fresh.seen);
    const problems = [...deliveryProblems(verdict), ...observer.problems, ...fresh.problems];
    if (JSON.stringify(observer.seen) !== JSON.stringify(fresh.seen)) {
      problems.push('a desk that followed along saw another log than one that resumed from the beginning');
    }
    for (const status of load.statuses.keys())
      if (status !== 200) problems.push(`answered ${status} to a good webhook`);
    const facts = {
      cycles,
      acknowledged: load.acknowledged.size,
      lost: verdict.lost.length,
      twice: verdict.repeated.length,
      'kept without answer': verdict.recovered,
      'log rows': fresh.seen.length,
    };
    return verdictOf(name, facts, problems);
  } finally {
    await host.stop();
  }
}
