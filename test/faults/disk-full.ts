/** The disk of the database fills up, stays full, and is freed again. */
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DeskProbe } from '../support/chaos/desk-probe';
import { isAccepted, isDeferred, PlatformFake } from '../support/chaos/platform';
import { RelayHost } from '../support/chaos/relay-host';
import { mountSmall, unmount } from '../support/chaos/strace';
import { skipped, verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { WebhookPool } from '../support/chaos/webhook-pool';
import { until } from '../support/poll';

const NAME = 'disk full';
/** Room for the relay to start and take its first webhooks. */
const ROOM_BYTES = 4 * 1024 * 1024;
/** Taken away at first, and given back one piece per round: room to recover with, which then fills up again. */
const BALLAST_BYTES = 3 * 1024 * 1024;
const ROUNDS = { short: 1, long: 5 };
/** Far more than the disk can hold. */
const MOST_POSTS = 10_000;
/** Refusals in a row after which the disk counts as full. */
const REFUSED_IN_A_ROW = 20;
const RECOVERS_WITHIN_MS = 10_000;

export async function diskFull({ long }: FaultOptions): Promise<Verdict> {
  const rounds = long ? ROUNDS.long : ROUNDS.short;
  const disk = await mkdtemp(path.join(os.tmpdir(), 'handover-disk-'));
  const why = mountSmall(disk, ROOM_BYTES + rounds * BALLAST_BYTES);
  if (why !== undefined) {
    await rm(disk, { recursive: true, force: true });
    return skipped(NAME, why);
  }
  let host: RelayHost | undefined;
  try {
    for (let round = 0; round < rounds; round += 1) await writeFile(ballast(disk, round), Buffer.alloc(BALLAST_BYTES));
    host = await RelayHost.start({ dataFolder: disk });
    return await fillAndFree(host, disk, rounds);
  } finally {
    await host?.stop();
    unmount(disk);
    await rm(disk, { recursive: true, force: true });
  }
}

const ballast = (disk: string, round: number) => path.join(disk, `ballast${round}`);

/** Writes until not a byte more fits. */
async function fillUp(file: string): Promise<void> {
  for (;;) {
    try {
      // tmpfs hands out whole pages, so what does not fit as one does not fit at all.
      await appendFile(file, Buffer.alloc(4096));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}

async function fillAndFree(host: RelayHost, disk: string, rounds: number): Promise<Verdict> {
  const pool = new WebhookPool({ port: host.port, connections: 4 });
  const platform = new PlatformFake(pool);
  const problems: string[] = [];
  const desk = { port: host.port, token: await host.addAgent({ id: 'observer', role: 'supervisor' }), instance: 'o' };
  const observer = new DeskProbe(desk);
  const { epoch } = await observer.connect();
  let refused = 0;
  let recoveredMs = 0;
  let readyAnyway = 0;
  for (let round = 0; round < rounds; round += 1) {
    let inARow = 0;
    for (let n = 0; n < MOST_POSTS && inARow < REFUSED_IN_A_ROW; n += 1) {
      const outcome = await platform.post({ id: `${round}_${n}` });
      inARow = isDeferred(outcome) ? inARow + 1 : 0;
      refused += isDeferred(outcome) ? 1 : 0;
    }
    if (inARow < REFUSED_IN_A_ROW) problems.push('the disk never filled');
    await fillUp(path.join(disk, 'rest'));
    if ((await host.status('/readyz')) !== 503) readyAnyway += 1;
    if ((await host.status('/healthz')) !== 200) problems.push('/healthz failed although the process is alive');
    await rm(path.join(disk, 'rest'));
    await rm(ballast(disk, round));
    const freed = performance.now();
    try {
      const back = async () => isAccepted(await platform.post({ id: `${round}_back_${Math.random()}` }));
      await until('webhooks to be accepted again', back, RECOVERS_WITHIN_MS);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : 'did not recover');
      break;
    }
    recoveredMs = Math.max(recoveredMs, performance.now() - freed);
    if ((await host.status('/readyz')) !== 200) problems.push('/readyz still refuses after the disk was freed');
  }
  if (readyAnyway > 0) {
    problems.push(`/readyz said ready in ${readyAnyway} of ${rounds} rounds while webhooks were refused`);
  }
  const open = problems.length === 0 ? await platform.retry() : 0;
  if (open > 0) problems.push(`${open} webhooks were still refused after the disk was freed`);
  await host.end('SIGKILL');
  await host.up();
  const { facts, problems: wrong } = await platform.audit(desk, epoch);
  pool.close();
  return verdictOf(
    NAME,
    { rounds, ...facts, refused, 'ready though refusing': readyAnyway, 'recovered ms': Math.round(recoveredMs) },
    [...problems, ...wrong],
  );
}
