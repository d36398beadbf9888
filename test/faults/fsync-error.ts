/** Every fsync fails for a while, as on a dying disk: nothing may be acknowledged meanwhile. */
import { DeskProbe, settled } from '../support/chaos/desk-probe';
import { isAccepted, isDeferred, PlatformFake } from '../support/chaos/platform';
import { RelayHost } from '../support/chaos/relay-host';
import { failFsync, straceMissing } from '../support/chaos/strace';
import { skipped, verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { WebhookPool } from '../support/chaos/webhook-pool';
import { until } from '../support/poll';

const NAME = 'EIO on fsync';
const POSTS = 60;
/** By itself: a platform comes again after minutes, and switches an address off after a day. */
const RECOVERS_WITHIN_MS = 15_000;

export async function fsyncError({ long }: FaultOptions): Promise<Verdict> {
  const missing = straceMissing();
  if (missing !== undefined) return skipped(NAME, missing);
  const host = await RelayHost.start();
  try {
    return await failAndMend(host, long ? 20 : 2);
  } finally {
    await host.stop();
  }
}

async function failAndMend(host: RelayHost, rounds: number): Promise<Verdict> {
  const pool = new WebhookPool({ port: host.port, connections: 8 });
  const platform = new PlatformFake(pool);
  const problems: string[] = [];
  const desk = { port: host.port, token: await host.addAgent({ id: 'observer', role: 'supervisor' }), instance: 'o' };
  const observer = new DeskProbe(desk);
  const { epoch } = await observer.connect();
  const burst = (round: number, when: string) =>
    Promise.all(Array.from({ length: POSTS }, (_, n) => platform.post({ id: `${round}_${when}_${n}` })));
  let refused = 0;
  let recoveredMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = await burst(round, 'before');
    if (!before.every(isAccepted)) problems.push(`round ${round}: a healthy disk was refused`);
    const mend = await failFsync(host.pid, 'EIO');
    try {
      const during = await burst(round, 'during');
      refused += during.filter(isDeferred).length;
      const accepted = during.filter(isAccepted).length;
      if (accepted > 0) problems.push(`round ${round}: ${accepted} webhooks acknowledged while fsync failed`);
      if ((await host.status('/readyz')) !== 503) problems.push(`round ${round}: /readyz did not say so`);
    } finally {
      await mend();
    }
    const mended = performance.now();
    try {
      await until('every webhook to be accepted', async () => (await platform.retry()) === 0, RECOVERS_WITHIN_MS);
    } catch {
      problems.push(`round ${round}: ${platform.open.size} webhooks still refused after the disk was mended`);
    }
    recoveredMs = Math.max(recoveredMs, performance.now() - mended);
    if ((await host.status('/readyz')) !== 200) problems.push(`round ${round}: /readyz does not know of the mending`);
  }
  // Whatever the disk did, a desk may never have been shown what the log does not hold.
  observer.drop();
  await host.end('SIGKILL');
  await host.up();
  const { facts, problems: wrong } = await platform.audit(desk, epoch);
  const { offset: head } = await observer.connect();
  await settled(observer, head);
  pool.close();
  return verdictOf(NAME, { rounds, refused, 'recovered ms': Math.round(recoveredMs), ...facts }, [
    ...problems,
    ...wrong,
    ...observer.problems,
  ]);
}
