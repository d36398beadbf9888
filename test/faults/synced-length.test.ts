import { describe, expect, it } from 'vitest';
import { syncedLength } from '../support/chaos/synced-length';

const write = (offset: number, count: number) =>
  `7 pwrite64(21</data/relay.db-wal>, ""..., ${count}, ${offset}) = ${count}`;

describe('what a power cut leaves of the write-ahead log', () => {
  it('is what a sync that returned covers', () => {
    const trace = [write(0, 32), write(32, 4120), '7 fsync(21</data/relay.db-wal>) = 0', write(4152, 4120)];
    expect(syncedLength(trace)).toEqual({ synced: 4152, written: 8272 });
  });

  it('does not count a sync that failed, never returned, or was of another file', () => {
    const failed = '7 fsync(21</data/relay.db-wal>) = -1 EIO (Input/output error)';
    const open = '7 fsync(21</data/relay.db-wal> <unfinished ...>';
    const other = '7 fsync(20</data/relay.db>) = 0';
    expect(syncedLength([write(0, 32), failed, other, open])).toEqual({ synced: 0, written: 32 });
  });

  it('of a sync that another thread interrupted counts what was written when it began', () => {
    const trace = [
      write(0, 32),
      '7 fsync(21</data/relay.db-wal> <unfinished ...>',
      '8 pwrite64(21</data/relay.db-wal>, ""..., 100, 32) = 100',
      '7 <... fsync resumed>) = 0',
    ];
    expect(syncedLength(trace)).toEqual({ synced: 32, written: 132 });
  });

  it('starts again when the log begins anew', () => {
    const synced = '7 fsync(21</data/relay.db-wal>) = 0';
    expect(syncedLength([write(0, 32), write(32, 4120), synced, write(0, 32)])).toEqual({ synced: 0, written: 32 });
  });
});
