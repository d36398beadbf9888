/**
 * Agents race to claim the same calls, release some of them, lose their links and have the relay killed under them.
 * The history of every call must be that of one register: never two winners.
 */
import { isOneRegister } from '../support/chaos/claim-history';
import { chase, type Race } from '../support/chaos/claim-race';
import { DeskProbe } from '../support/chaos/desk-probe';
import { dice } from '../support/chaos/dice';
import { isAccepted, PlatformFake } from '../support/chaos/platform';
import { QUEUE, RelayHost } from '../support/chaos/relay-host';
import { planBy, TcpProxy } from '../support/chaos/tcp-proxy';
import { verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { callIdOf } from '../support/chaos/webhook';
import { WebhookPool } from '../support/chaos/webhook-pool';

const NAME = 'one winner per claim';
const AGENTS = 6;
/** Calls that are raced for at the same time, per round; one kill of the relay per round. */
const CALLS = 12;
const ROUNDS = { short: 3, long: 60 };
const HARM_WITHIN_BYTES = 60_000;
/** A lease lives 30 s: a round is over well before, so nothing lapses and the register has no clock in it. */
const ANSWER_WITHIN_MS = 1_000;

const SHOWN = 3;

export async function claims({ seed, long }: FaultOptions): Promise<Verdict> {
  const random = dice(seed);
  const rounds = long ? ROUNDS.long : ROUNDS.short;
  const race: Race = { random, histories: new Map(), commands: 0, unanswered: 0 };
  const host = await RelayHost.start();
  const proxy = await TcpProxy.start(host.port, () => planBy(random, HARM_WITHIN_BYTES));
  const pool = new WebhookPool({ port: host.port, connections: 4 });
  const platform = new PlatformFake(pool);
  const probes: DeskProbe[] = [];
  try {
    const ids = Array.from({ length: AGENTS }, (_, n) => `agent${n}`);
    for (const id of ids) {
      const token = await host.addAgent({ id, queues: [QUEUE] });
      // Every other agent sits on a bad line.
      const port = probes.length % 2 === 0 ? host.port : proxy.port;
      probes.push(new DeskProbe({ port, token, instance: id, answerWithinMs: ANSWER_WITHIN_MS }));
    }
    for (const probe of probes) probe.follow();
    for (let round = 0; round < rounds; round += 1) {
      const names = Array.from({ length: CALLS }, (_, n) => `${round}_${n}`);
      const posted = await Promise.all(names.map((id) => platform.post({ id })));
      if (!posted.every(isAccepted)) throw new Error('the calls of a round were not accepted');
      const chases = ids.map((id, n) => chase(race, probes[n]!, id, names.map(callIdOf)));
      const killed = new Promise((resolve) => setTimeout(resolve, random.between(5, 120)))
        .then(() => host.end('SIGKILL'))
        .then(() => host.up());
      await Promise.all([...chases, killed]);
    }
    const problems = [...platform.problems];
    for (const [call, history] of race.histories) {
      if (!isOneRegister(history)) problems.push(`${call} was not one register: ${JSON.stringify(history)}`);
    }
    const answered = race.commands - race.unanswered;
    const facts = { calls: race.histories.size, agents: AGENTS, kills: rounds, answered, unanswered: race.unanswered };
    // One impossible history is enough to read; a broken register breaks them all.
    return verdictOf(NAME, { ...facts, impossible: problems.length }, problems.slice(0, SHOWN));
  } finally {
    await Promise.all(probes.map((probe) => probe.stop()));
    pool.close();
    await proxy.stop();
    await host.stop();
  }
}
