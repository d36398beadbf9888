import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../src/main/observability/log';
import { Notices } from '../../../src/main/observability/notices';
import { createTrace, preciseNow } from '../../../src/main/observability/trace';
import { until } from '../../support/poll';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('keeps codes, and faults with their causes', async () => {
    const file = path.join(folder, 'logs', 'desk.log');
    const log = createLog(file, () => 0);
    log.info('relay.lost', { code: 1006 });
    log.error('settings.not_saved', new Error('outer', { cause: new Error('disk full') }));
    await log.flush();
    const [lost, fault] = lines(file);
    expect(lost).toEqual({ at: '1970-01-01T00:00:00.000Z', what: 'relay.lost', code: 1006 });
    expect(fault).toMatchObject({ level: 'error', fault: { message: 'outer', cause: { message: 'disk full' } } });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('stays within its size', async () => {
    const file = path.join(folder, 'desk.log');
    const log = createLog(file, () => 0);
    for (let round = 0; round < 6; round += 1) {
      for (let n = 0; n < 500; n += 1) log.info('x'.repeat(900));
      await log.flush();
    }
    expect(statSync(file).size).toBeLessThan(2 * 1024 * 1024);
    expect(statSync(`${file}.old`).size).toBeLessThan(2 * 1024 * 1024);
  });

  it('never fails the desk when the disk refuses', async () => {
    const log = createLog(path.join('/dev/null', 'desk.log'), () => 0);
    log.info('anything');
    await expect(log.flush()).resolves.toBeUndefined();
  });
});

describe('the trace', () => {
  it('appends one line per mark, in order', async () => {
    const file = path.join(folder, 'trace.jsonl');
    const trace = createTrace(file, () => undefined);
    trace('event.received', 'vinfer:1', 'evt_1', 12.5);
    trace('pop.painted', 'vinfer:1', 'evt_1');
    await until('both marks', () => readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\n').length === 3);
    const [first, second] = lines(file);
    expect(first).toEqual({ mark: 'event.received', call: 'vinfer:1', event: 'evt_1', at: 12.5 });
    expect(Math.abs(Number(second?.at) - Date.now())).toBeLessThan(5_000);
  });

  it('is silent when no file is named', () => {
    expect(() => createTrace(undefined, () => undefined)('pop.painted', 'c', 'e')).not.toThrow();
  });

  it('counts in fractions of a millisecond since 1970', () => {
    expect(Math.abs(preciseNow() - Date.now())).toBeLessThan(1_000);
  });
});

describe('notices', () => {
  it('stand once each until they are put away or mended', () => {
    let changes = 0;
    const notices = new Notices(() => (changes += 1));
    notices.add('keychain_missing');
    notices.add('keychain_missing');
    notices.add('settings_set_aside', 'settings.broken.json');
    expect(notices.all()).toHaveLength(2);
    notices.dismiss('settings_set_aside:settings.broken.json');
    notices.clear('keychain_missing');
    notices.dismiss('never there');
    expect(notices.all()).toEqual([]);
    expect(changes).toBe(4);
  });
});
