/**
 * Desks behind a network that delays, dribbles, drops, half-closes, swallows and resets, while webhooks keep coming:
 * in the end each desk has applied exactly the log, in order, as a desk on a good line has.
 */
import { DeskProbe, settled } from '../support/chaos/desk-probe';
import { dice } from '../support/chaos/dice';
import { PlatformFake } from '../support/chaos/platform';
import { QUEUE, RelayHost } from '../support/chaos/relay-host';
import { planBy, TcpProxy } from '../support/chaos/tcp-proxy';
import { verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { WebhookPool } from '../support/chaos/webhook-pool';

const NAME = 'bad links';
const SIZES = { short: { desks: 4, events: 150, pauseMs: 15 }, long: { desks: 20, events: 4_000, pauseMs: 15 } };
/** A connection comes to harm within this many bytes from the relay: some in the hello, some after many events. */
const HARM_WITHIN_BYTES = 25_000;
/** How long a probe waits for an answer before it takes the link for dead; a real desk waits 33 s for a ping. */
const DEAD_AFTER_MS = 500;

export async function badLinks({ seed, long }: FaultOptions): Promise<Verdict> {
  const { desks, events, pauseMs } = long ? SIZES.long : SIZES.short;
  const random = dice(seed);
  const host = await RelayHost.start();
  const proxy = await TcpProxy.start(host.port, () => planBy(random, HARM_WITHIN_BYTES));
  const pool = new WebhookPool({ port: host.port, connections: 4 });
  const platform = new PlatformFake(pool);
  const probes: DeskProbe[] = [];
  try {
    const agents = Array.from({ length: desks + 1 }, (_, n) => `agent${n}`);
    const tokens = await Promise.all(agents.map((id) => host.addAgent({ id, queues: [QUEUE] })));
    const [goodToken = '', ...badTokens] = tokens;
    const good = new DeskProbe({ port: host.port, token: goodToken, instance: 'good' });
    probes.push(good);
    const start = await good.connect();
    // Everyone starts from the same place, as desks that were there before the trouble began.
    const from = { epoch: start.epoch, offset: start.offset };
    const options = (token: string, port: number) => ({ port, token, instance: token.slice(0, 8) });
    const bad = badTokens.map(
      (token) => new DeskProbe({ ...options(token, proxy.port), answerWithinMs: DEAD_AFTER_MS }, from),
    );
    probes.push(...bad);
    for (const probe of bad) probe.follow();
    for (let n = 0; n < events; n += 1) {
      await platform.post({ id: String(n), bytes: random.between(400, 4_000) });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    await Promise.all(bad.map((probe) => probe.stop()));
    const head = start.offset + platform.acknowledged.size;
    await settled(good, head);
    const problems = [...platform.problems, ...good.problems];
    for (const [n, probe] of bad.entries()) {
      problems.push(...(await compare(probe, good, options(badTokens[n] ?? '', host.port), head)));
    }
    const sessions = bad.reduce((sum, probe) => sum + probe.sessions, 0);
    return verdictOf(NAME, { desks, events, sessions, ...proxy.harmed }, problems);
  } finally {
    await Promise.all(probes.map((probe) => probe.stop()));
    pool.close();
    await proxy.stop();
    await host.stop();
  }
}

/** Lets a desk catch up on a good line and compares what it has applied, from first to last, with the log. */
async function compare(
  probe: DeskProbe,
  good: DeskProbe,
  options: { port: number; token: string; instance: string },
  head: number,
): Promise<string[]> {
  const last = new DeskProbe(options, probe.position);
  await last.connect();
  await settled(last, head);
  last.drop();
  const applied = [...probe.seen, ...last.seen];
  const problems = [...probe.problems, ...last.problems];
  if (JSON.stringify(applied) !== JSON.stringify(good.seen)) {
    problems.push(`a desk applied ${applied.length} events, not the ${good.seen.length} of the log in their order`);
  }
  return problems;
}
