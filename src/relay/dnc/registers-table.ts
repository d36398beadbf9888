/** Copies of registers: which are there, and the blocks of numbers of each. */
import { all, get, run, type Work } from '../store/sql';
import { blockOf, countOf, hasSuffix, place } from './number-block';
import type { FinishedCopy, NewBlock, RegisterCopy } from './port';

interface CopyRow {
  copy: string;
  list: string;
  date: number;
  imported: number;
  imported_by: string;
  numbers: number;
  refused: number;
  state: RegisterCopy['state'];
}

/** A driver may hand out bytes as a bare buffer, which this makes an array of; of an array it makes a copy. */
const bytesOf = (bytes: Uint8Array) => new Uint8Array(bytes);

/** Blocks removed at a time: a portion of what webhooks would otherwise wait for. */
const DROP_PORTION = 2_000;

/** What the current copy of a list says of a number. */
export interface RegisterAnswer {
  list: string;
  /** Epoch ms. */
  date: number;
  listed: boolean;
}

export class RegisterTable {
  *copies(): Work<RegisterCopy[]> {
    const rows = yield* all<CopyRow>('SELECT * FROM dnc_copies ORDER BY list, date DESC');
    return rows.map(({ copy, list, date, imported, imported_by, numbers, refused, state }) => ({
      ...{ copy, list, state, importedBy: imported_by },
      ...{ date, imported, numbers, refused },
    }));
  }

  *begin({ copy, list, date, imported, importedBy }: Omit<RegisterCopy, 'numbers' | 'refused' | 'state'>): Work<void> {
    yield* run(
      "INSERT INTO dnc_copies (copy, list, date, imported, imported_by, state) VALUES (?, ?, ?, ?, ?, 'loading')",
      ...[copy, list, date, imported, importedBy],
    );
  }

  *add(copy: string, blocks: readonly NewBlock[]): Work<void> {
    for (const { prefix, suffixes } of blocks) {
      const known = yield* get<{ numbers: Uint8Array }>(
        'SELECT numbers FROM dnc_blocks WHERE copy = ? AND prefix = ?',
        copy,
        prefix,
      );
      const block = blockOf(suffixes, known === undefined ? undefined : bytesOf(known.numbers));
      yield* run(
        `INSERT INTO dnc_blocks (copy, prefix, count, numbers) VALUES (?, ?, ?, ?)
         ON CONFLICT (copy, prefix) DO UPDATE SET count = excluded.count, numbers = excluded.numbers`,
        ...[copy, prefix, countOf(block), block],
      );
    }
  }

  *finish(copy: string, refused: number, anyway: boolean): Work<FinishedCopy> {
    const counted = yield* get<{ n: number | null }>('SELECT sum(count) AS n FROM dnc_blocks WHERE copy = ?', copy);
    const numbers = counted?.n ?? 0;
    const row = yield* get<{ list: string; date: number }>('SELECT list, date FROM dnc_copies WHERE copy = ?', copy);
    if (row === undefined) throw new Error('a register copy vanished while it was loaded');
    const inUse = yield* get<{ date: number; numbers: number }>(
      "SELECT date, numbers FROM dnc_copies WHERE list = ? AND state = 'current'",
      row.list,
    );
    // Another relay may have taken in a newer one while this one was read.
    if (inUse !== undefined && inUse.date > row.date) return { ok: false, reason: 'older' };
    if (!anyway && inUse !== undefined && numbers < inUse.numbers / 2) {
      return { ok: false, reason: 'smaller', numbers, before: inUse.numbers };
    }
    yield* run("UPDATE dnc_copies SET state = 'old' WHERE list = ? AND state = 'current'", row.list);
    yield* run(
      "UPDATE dnc_copies SET state = 'current', numbers = ?, refused = ? WHERE copy = ?",
      ...[numbers, refused, copy],
    );
    return { ok: true, numbers };
  }

  *drop(copy: string): Work<boolean> {
    const { changes } = yield* run(
      `DELETE FROM dnc_blocks WHERE copy = ? AND prefix IN (SELECT prefix FROM dnc_blocks WHERE copy = ? LIMIT ?)`,
      ...[copy, copy, DROP_PORTION],
    );
    if (changes > 0) return true;
    yield* run("DELETE FROM dnc_copies WHERE copy = ? AND state <> 'current'", copy);
    return false;
  }

  /** @param digits with country code */
  *lookUp(digits: string): Work<RegisterAnswer[]> {
    const { prefix, suffix } = place(Number(digits));
    const rows = yield* all<{ list: string; date: number; numbers: Uint8Array | null }>(
      `SELECT dnc_copies.list, dnc_copies.date, dnc_blocks.numbers FROM dnc_copies
       LEFT JOIN dnc_blocks ON dnc_blocks.copy = dnc_copies.copy AND dnc_blocks.prefix = ?
       WHERE dnc_copies.state = 'current'`,
      prefix,
    );
    return rows.map(({ list, date, numbers }) => ({
      list,
      date,
      listed: numbers !== null && hasSuffix(bytesOf(numbers), suffix),
    }));
  }
}
