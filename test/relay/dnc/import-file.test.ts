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

async function take(text: string, date = '2026-01-20', more: { confirm?: 'true' } = {}) {
  const file = path.join(folder, 'register.txt');
  await writeFile(file, text);
  return runAdmin({ command: 'dnc.import', list: 'us.national', file, date, ...more }, relay.relay.admin);
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

  it('is refused when it is much smaller or mostly unreadable, unless somebody says that it is right', async () => {
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => `212555${String(from + n).padStart(4, '0')}\n`).join('');
    await take(numbers(0, 300));
    const cut = await take(numbers(0, 149), '2026-01-21');
    expect(cut).toMatchObject({ ok: false, message: expect.stringContaining('holds 149 numbers') as string });
    const broken = await take(`${numbers(0, 196)}${'nonsense\n'.repeat(4)}`, '2026-01-21');
    expect(broken).toMatchObject({ ok: false, message: expect.stringContaining('4 of 200 lines') as string });
    expect(await relay.store.dnc.copies()).toMatchObject([{ state: 'current', numbers: 300 }]);
    expect(await take(`${numbers(0, 198)}${'nonsense\n'.repeat(2)}`, '2026-01-21')).toMatchObject({ ok: true });
    expect(await take('2125550199\n', '2026-01-22', { confirm: 'true' })).toMatchObject({ ok: true });
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
