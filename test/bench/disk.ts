/** What one sync costs where the databases lie: disk-bound numbers mean little without it. */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spreadOf } from '../support/chaos/stats';

const WRITES = 200;
/** A page of the database. */
const PAGE = Buffer.alloc(4096, 1);

/** Milliseconds per write of one page with its sync. */
export function syncCost(): { p50: number; p99: number } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-disk-'));
  const file = openSync(path.join(folder, 'probe'), 'w');
  try {
    const times = Array.from({ length: WRITES }, () => {
      const started = performance.now();
      writeSync(file, PAGE);
      fsyncSync(file);
      return performance.now() - started;
    });
    const { p50, p99 } = spreadOf(times);
    return { p50: Number(p50.toFixed(2)), p99: Number(p99.toFixed(2)) };
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
