/**
 * Which relay runs an import. Whoever works on a job has taken it, and writes only while it is theirs: a relay that stopped for
 * longer than its lease finds the job in other hands.
 */
import type { Log } from '../../store/log';
import { get, inserts, run, together, type SqlValue, type Work } from '../../store/sql';
import type { ImportRow } from '../import/port';
import type { BadRow } from '../import/reader';

/** States in which nobody works on a job. */
const AT_REST: ReadonlySet<ImportRow['state']> = new Set(['checked', 'done', 'cancelled', 'failed']);

export function* insertRefusals(id: number, bad: readonly BadRow[]): Work<void> {
  const rows = bad.map(({ text, ...problem }): SqlValue[] => [id, problem.row, JSON.stringify(problem), text]);
  yield* together(
    inserts('INSERT INTO lead_refusals (import, file_row, problem, source)', rows, 'ON CONFLICT DO NOTHING'),
  );
}

export class ImportOwners {
  constructor(private readonly log: Pick<Log, 'relay' | 'dialect'>) {}

  /** False: another relay has it, or it is no longer in that state. */
  *take(id: number, state: ImportRow['state']): Work<boolean> {
    const { relay, dialect } = this.log;
    const { changes } = yield* run(
      `UPDATE lead_imports SET owner = ? WHERE id = ? AND state = ? AND
         (owner IS NULL OR owner = ? OR owner NOT IN (SELECT id FROM relays WHERE until > ${dialect.now}))`,
      ...[relay, id, state, relay],
    );
    return changes > 0;
  }

  /** Nobody's, or this relay's. */
  *isOurs(id: number): Work<boolean> {
    const row = yield* get(
      'SELECT 1 FROM lead_imports WHERE id = ? AND (owner IS NULL OR owner = ?)',
      id,
      this.log.relay,
    );
    return row !== undefined;
  }

  /** By whoever works on it; at rest it is nobody's. False: it is not theirs any more, or in another state. */
  *saveTaken(id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number): Work<boolean> {
    const { relay } = this.log;
    const { changes } = yield* run(
      `UPDATE lead_imports SET state = ?, job = ?, changed = ?, owner = ?
       WHERE id = ? AND state = ? AND (owner IS NULL OR owner = ?)`,
      ...[to, job, now, AT_REST.has(to) ? null : relay, id, from, relay],
    );
    return changes > 0;
  }

  *keepRefusals(id: number, bad: readonly BadRow[]): Work<boolean> {
    if (!(yield* this.isOurs(id))) return false;
    yield* insertRefusals(id, bad);
    return true;
  }
}
