import { expect, it } from 'vitest';
import { syncOrder } from '../support/chaos/sync-order';

const asked = '10 read(33<socket:[7]>, "POST /hooks/vinfer HTTP/1.1\\r\\nX-Tag: evt_1\\r\\n"..., 65536) = 2400';
const written = '11 pwrite64(29</data/relay.db-wal>, "\\r\\0\\0evt_1{"..., 4096, 24) = 4096';
const syncing = '11 fsync(29</data/relay.db-wal> <unfinished ...>';
const synced = '11 <... fsync resumed>) = 0';
const failed = '11 <... fsync resumed>) = -1 EIO (Input/output error) (INJECTED)';
const answered = '10 write(33<socket:[7]>, "HTTP/1.1 200 OK\\r\\n"..., 123) = 123';

it('accepts an answer that leaves after the sync of its row has returned', () => {
  expect(syncOrder([asked, written, syncing, synced, answered])).toEqual({ proven: 1, early: [], syncs: 1 });
});

it.each([
  ['before its row is written', [asked, answered, written, syncing, synced], 'evt_1 was not written'],
  ['before the sync has begun', [asked, written, answered, syncing, synced], 'evt_1 was written but not synced'],
  ['while the sync is under way', [asked, written, syncing, answered, synced], 'evt_1 was written but not synced'],
  ['after a sync that failed', [asked, written, syncing, failed, answered], 'evt_1 was written but not synced'],
  [
    'after a sync of earlier rows only',
    [asked, syncing, synced, written, answered],
    'evt_1 was written but not synced',
  ],
])('catches an answer that leaves %s', (_when, trace, why) => {
  expect(syncOrder(trace)).toMatchObject({ proven: 0, early: [why] });
});
