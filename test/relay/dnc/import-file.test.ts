import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAdmin } from '../../../src/relay/admin/commands';
import { TestRelay } from '../../support/relay/running-relay';

let relay: TestRelay;
let folder: string;

beforeEach(async () => {
  relay = await TestRelay.start();
  folder = await mkdtemp(path.join(os.tmpdir(), 'handover-register-'));
});
afterEach(async () => {
  await relay.stop();
  await rm(folder, { recursive: true, force: true });
});

async function take(text: string, date = '2026-01-20') {
  const file = path.join(folder, 'register.txt');
  await writeFile(file, text);
  return runAdmin({ command: 'dnc.import', list: 'us.national', file, date }, relay.relay.admin);
}

describe('a register from the command line', () => {
  it('takes the place of the copy before it', async () => {
    expect(await take('2125550199\n2125550198\n')).toMatchObject({ ok: true, value: { numbers: 2, refused: 0 } });
    expect(await take('2125550197\nnonsense\n', '2026-01-21')).toEqual({
      ok: true,
      value: { numbers: 1, refused: 1, refusedLines: [2] },
    });
    expect(await relay.store.dnc.copies()).toMatchObject([{ list: 'us.national', state: 'current', numbers: 1 }]);
  });

  it('says what is wrong with a file, and leaves the copy in use alone', async () => {
    await take('2125550199\n');
    expect(await take('2125550100\n', '2026-01-01')).toEqual({
      ok: false,
      message: 'The copy of us.national in use is newer than this one',
    });
    expect(await take('', '2026-01-21')).toEqual({ ok: false, message: 'The register holds no numbers' });
    expect(await take('2125550100\n', '2999-01-01')).toEqual({ ok: false, message: 'date: lies in the future' });
    const missing = {
      command: 'dnc.import',
      list: 'us.national',
      file: '/nowhere/at/all',
      date: '2026-01-21',
    } as const;
    expect(await runAdmin(missing, relay.relay.admin)).toEqual({
      ok: false,
      message: '/nowhere/at/all cannot be read (ENOENT)',
    });
    expect(await relay.store.dnc.copies()).toHaveLength(1);
  });
});
