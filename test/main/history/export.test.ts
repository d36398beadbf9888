import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvCell } from '../../../src/main/history/csv';
import { exportHistory } from '../../../src/main/history/export';
import type { HistoryPage, HistoryQuery, HistoryRow } from '../../../src/shared/contract/history';

let folder: string;
const file = () => path.join(folder, 'calls.csv');

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-export-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const row = (n: number, changes: Partial<HistoryRow> = {}): HistoryRow => ({
  call: `vinfer:${n}`,
  kind: 'answered',
  at: Date.UTC(2026, 2, 2, 10, 0, n % 60),
  platform: 'vinfer',
  trigger: 'upset',
  test: false,
  name: 'Amit Patel',
  phone: { raw: '+919123456789', country: 'IN' },
  ...changes,
});

/** A history in pages of two. */
function pages(rows: readonly HistoryRow[]) {
  const asked: HistoryQuery[] = [];
  const search = (query: HistoryQuery): Promise<HistoryPage> => {
    asked.push(query);
    const from = Number(query.cursor ?? 0);
    const next = from + 2 < rows.length ? { next: String(from + 2) } : {};
    return Promise.resolve({ rows: rows.slice(from, from + 2), total: { count: rows.length, capped: false }, ...next });
  };
  return { asked, search };
}

const run = (search: (query: HistoryQuery) => Promise<HistoryPage>, chosen: string | undefined = file()) =>
  exportHistory(
    { text: 'amit', filters: { kind: 'answered' } },
    { search, choose: () => Promise.resolve(chosen), now: () => Date.UTC(2026, 2, 2), failed: () => undefined },
  );

describe('a cell', () => {
  it.each(['=1+1', '+919123456789', '-1', '@SUM(A1)', ' =1', '\u3000=1', '＝1', '＋1', '－1', '＠x', '\tx', '\nx'])(
    'that a program would calculate is text: %j',
    (text) => {
      expect(csvCell(text)).toBe(`"'${text}"`);
    },
  );

  it.each([
    ['a;=1', "a;'=1"],
    ['a; +1;=2', "a;' +1;'=2"],
    ['a\t@x', "a\t'@x"],
    ['a|－1', "a|'－1"],
    ['a\n=1', "a\n'=1"],
    ['\t=1', "'\t'=1"],
    ['a;b-c', 'a;b-c'],
    ['a,=1', 'a,=1'],
  ])('that another program would divide and calculate is text: %j', (text, safe) => {
    expect(csvCell(text)).toBe(`"${safe}"`);
  });

  it('never ends its own quotes and never begins with a formula', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text);
        const inside = cell.slice(1, -1);
        return !inside.replaceAll('""', '').includes('"') && !/(?:^|[;|\t\r\n])\s*[=+\-@]/.test(inside);
      }),
    );
  });

  it('may be empty or a number', () => {
    expect([csvCell(undefined), csvCell(''), csvCell(61)]).toEqual(['""', '""', '"61"']);
  });
});

describe('an exported history', () => {
  it('holds everything the search finds, in a form that Excel reads as UTF-8', async () => {
    const { asked, search } = pages([row(1, { name: 'Şule "Ş" Öz' }), row(2), row(3), row(4), row(5)]);
    expect(await run(search)).toEqual({ ok: true, saved: true, rows: 5 });
    const text = readFileSync(file(), 'utf8');
    expect([...readFileSync(file()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toContain('"Şule ""Ş"" Öz","\'+919123456789","IN"');
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ text: 'amit', filters: { kind: 'answered' } });
  });

  it('has what was promised as digits that a program adds up, beside its currency', async () => {
    const decided = { agent_disposition: 'payment_promised', amount: { value: '1500.50', currency: 'INR' } };
    await run(pages([row(1, decided), row(2)]).search);
    const [names = '', first, second] = readFileSync(file(), 'utf8').split('\r\n');
    expect(names).toContain('"agent_outcome","amount","currency","test"');
    expect(first).toContain('"payment_promised","1500.50","INR","no"');
    expect(second).toContain('"","","","no"');
  });

  it('is for the person alone', async () => {
    await run(pages([row(1)]).search);
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('is not written when the person thinks better of it', async () => {
    const { asked, search } = pages([row(1)]);
    expect(
      await exportHistory(
        { text: '', filters: {} },
        { search, choose: () => Promise.resolve(undefined), now: () => 0, failed: () => undefined },
      ),
    ).toEqual({ ok: true, saved: false, rows: 0 });
    expect(asked).toEqual([]);
  });

  it('leaves an older file alone, and nothing half done, when it fails on the way', async () => {
    writeFileSync(file(), 'older');
    let page = 0;
    const failing = () => {
      page += 1;
      if (page > 1) return Promise.reject(new Error('the journal is closed'));
      return pages([row(1), row(2), row(3)]).search({ text: '', filters: {}, limit: 2 });
    };
    expect(await run(failing)).toEqual({ ok: false, reason: 'export_failed' });
    expect(readFileSync(file(), 'utf8')).toBe('older');
    expect(readdirSync(folder)).toEqual(['calls.csv']);
  });

  it('says so when the place cannot be written to', async () => {
    expect(await run(pages([row(1)]).search, path.join(folder, 'no', 'such', 'x.csv'))).toEqual({
      ok: false,
      reason: 'export_failed',
    });
  });
});
