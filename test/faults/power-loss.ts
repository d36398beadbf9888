/**
 * What kill -9 cannot show, because the page cache survives it: the machine loses its power. Of the write-ahead log only
 * what was synced is left, and of what came after it any part, torn anywhere. Not played: pages of the database file
 * that a checkpoint wrote and had not synced yet; the log still holds those.
 */
import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Dice } from '../support/chaos/dice';
import type { RelayHost } from '../support/chaos/relay-host';
import { straceMissing, syncWitness } from '../support/chaos/strace';
import { syncedLength } from '../support/chaos/synced-length';
import { skipped, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { crashCycles } from './kill-cycles';

const NAME = 'power loss';
const CYCLES = { short: 8, long: 200 };

async function cutLog(host: RelayHost, random: Dice, trace: string): Promise<number> {
  const { synced, written } = syncedLength((await readFile(trace, 'latin1')).split('\n'));
  const log = `${host.databasePath}-wal`;
  const { size } = await stat(log);
  // Half of the cuts leave nothing beyond the sync, the others a torn tail.
  const left = random.next() < 0.5 ? synced : random.between(synced, written);
  if (left < size) await truncate(log, left);
  return Math.max(0, written - left);
}

export async function powerLoss({ seed, long }: FaultOptions): Promise<Verdict> {
  const missing = straceMissing();
  if (missing !== undefined) return skipped(NAME, missing);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-power-'));
  const trace = path.join(folder, 'trace');
  let [cuts, bytes] = [0, 0];
  try {
    const verdict = await crashCycles({
      name: NAME,
      seed,
      cycles: long ? CYCLES.long : CYCLES.short,
      wrap: syncWitness(trace),
      afterwards: async (host, random) => {
        const lost = await cutLog(host, random, trace);
        bytes += lost;
        if (lost > 0) cuts += 1;
      },
    });
    return { ...verdict, facts: { ...verdict.facts, 'cuts into unsynced bytes': cuts, 'bytes cut': bytes } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
