/** What the store does when its thread or its disk fails: refuse, reopen, lose nothing. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogEntry, Store } from '../../../src/relay/store/port';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { inlineThread, type StartThread } from '../../../src/relay/store/sqlite/thread';
import { CONTRACT_QUEUES, event } from '../../contract/contract-events';
import { until } from '../../support/poll';

let folder: string;
let store: Store | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handover-link-'));
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  await rm(folder, { recursive: true, force: true });
});

const file = () => ({ path: path.join(folder, 'store.db'), exclusive: false, queues: CONTRACT_QUEUES });

/** The inline thread, with a hand in what it reports. */
function meddled(): {
  start: StartThread;
  fail: () => void;
  swallow: (on: boolean) => void;
  refuseStarts: (n: number) => void;
  starts: () => number;
} {
  let [starts, refusals, swallowing] = [0, 0, false];
  let fail: () => void = () => undefined;
  const start: StartThread = (opened, events) => {
    starts += 1;
    if (refusals > 0) {
      refusals -= 1;
      return Promise.reject(new Error('cannot be opened'));
    }
    fail = () => events.failed({ fault: 'io', message: 'disk I/O error' });
    return inlineThread(opened, {
      ...events,
      outcome: (outcome) => (swallowing ? undefined : events.outcome(outcome)),
    });
  };
  return {
    start,
    fail: () => fail(),
    swallow: (on) => (swallowing = on),
    refuseStarts: (n) => (refusals = n),
    starts: () => starts,
  };
}

describe('a failed disk', () => {
  test('fails what was waiting, refuses what comes, and is over once the file opens again', async () => {
    const thread = meddled();
    store = await openSqliteStore(file(), thread.start);
    thread.swallow(true);
    const pending = store.append([event('a')]);
    thread.refuseStarts(1);
    thread.fail();
    await expect(pending).rejects.toMatchObject({ fault: 'io' });
    await expect(store.append([event('b')])).rejects.toMatchObject({ fault: 'io' });
    await expect(store.check()).rejects.toMatchObject({ fault: 'io' });
    thread.swallow(false);
    const broken = store;
    await until('the store to be well', () =>
      broken.check().then(
        () => true,
        () => false,
      ),
    );
    expect(thread.starts()).toBe(3);
    expect(await store.append([event('c')])).toMatchObject({ offsets: [expect.any(Number)] });
  });

  test('does not hide from listeners what was committed though nobody heard of it', async () => {
    const thread = meddled();
    store = await openSqliteStore(file(), thread.start);
    const heard: LogEntry[] = [];
    store.onAppended((entries) => heard.push(...entries));
    await store.append([event('a')]);
    thread.swallow(true);
    const lost = store.append([event('b')]).catch(() => 'lost');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    thread.fail();
    expect(await lost).toBe('lost');
    thread.swallow(false);
    const broken = store;
    await until('the store to be well', () =>
      broken.append([event('c')]).then(
        () => true,
        () => false,
      ),
    );
    expect(heard.map(({ offset }) => offset)).toEqual([1, 2, 3]);
  });
});

describe('a database that was put back from a copy', () => {
  const files = (name: string) => ({ ...file(), path: path.join(folder, name) });
  const copy = (from: string, to: string) => cp(path.join(folder, from), path.join(folder, to));

  test('has a new epoch when the log had gone on since, and keeps its own otherwise', async () => {
    store = await openSqliteStore(files('live.db'), inlineThread);
    await store.append([event('a')]);
    for (const name of ['older.db', 'same.db']) {
      await copy('live.db', name);
      await copy('live.db-wal', `${name}-wal`);
    }
    const { epoch } = store.position();
    await until('the mark', () =>
      copy('live.db.mark', 'same.db.mark').then(
        () => true,
        () => false,
      ),
    );
    await store.append([event('b')]);
    await store.close();
    await copy('live.db.mark', 'older.db.mark');

    store = await openSqliteStore(files('same.db'), inlineThread);
    expect(store.position()).toMatchObject({ head: 1, epoch });
    await store.close();
    store = await openSqliteStore(files('older.db'), inlineThread);
    expect(store.position().head).toBe(1);
    expect(store.position().epoch).not.toBe(epoch);
  });
});
