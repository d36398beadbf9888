/** What a run over a file adds up to: rows = imported + duplicates + refused. */
import { randomUUID } from 'node:crypto';
import { IMPORT_LIMITS, type ImportReport, type RowProblem } from '../../../shared/contract/lead-imports';
import type { Places } from '../../dialling/places';
import type { JudgeLane } from '../hours';
import type { ListSettings } from '../port';
import type { BadRow, Batch, Layout, NewLead } from './reader';

const DUPLICATE: ReadonlySet<RowProblem['reason']> = new Set(['in_file', 'in_list'] as const);

interface Group {
  place: string;
  consent: NewLead['consent'];
  leads: number;
}

/** What rules say of the imported ones, asked once for all who could be in the same places and gave the same consent. */
function dialOf(
  groups: Iterable<Group>,
  settings: Pick<ListSettings, 'purpose' | 'kind'>,
  judge: JudgeLane,
  now: number,
) {
  const dial: ImportReport['dial'] = { allowed: 0, later: 0, blocked: 0, rules: [] };
  const rules = new Map<string, ImportReport['dial']['rules'][number]>();
  for (const { place, consent, leads } of groups) {
    const verdict = judge(settings, JSON.parse(place) as Places, now, { consent });
    dial[verdict.verdict === 'allowed' ? 'allowed' : verdict.next === null ? 'blocked' : 'later'] += leads;
    for (const { rule, reason, effect } of verdict.findings) {
      if (effect !== 'block') continue;
      const known = rules.get(`${rule} ${reason}`);
      rules.set(`${rule} ${reason}`, { rule, reason, leads: leads + (known?.leads ?? 0) });
    }
  }
  return { ...dial, rules: [...rules.values()].sort((a, b) => b.leads - a.leads) };
}

export class Tally {
  rows = 0;
  private imported = 0;
  private leftOut = 0;
  private layout: Layout | undefined;
  private readonly reasons = new Map<RowProblem['reason'], number>();
  private readonly problems: RowProblem[] = [];
  private readonly groups = new Map<string, Group>();

  /** What a piece of the file held. */
  read({ rows, layout }: Batch): void {
    this.rows = rows;
    this.layout ??= layout;
  }

  imports(leads: readonly NewLead[]): void {
    this.imported += leads.length;
    for (const { place, consent, leftOut } of leads) {
      this.leftOut += leftOut;
      const key = consent === null ? place : `${consent} ${place}`;
      const group = this.groups.get(key) ?? { place, consent, leads: 0 };
      group.leads += 1;
      this.groups.set(key, group);
    }
  }

  leaves(bad: readonly Omit<BadRow, 'text'>[]): void {
    for (const { row, line, field, reason, ofRow } of bad) {
      this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
      if (this.problems.length >= IMPORT_LIMITS.shownRefusals) continue;
      this.problems.push({ row, line, field, reason, ...(ofRow === undefined ? {} : { of_row: ofRow }) });
    }
  }

  /** How many rows were kept from being imported so far. */
  get left(): number {
    return [...this.reasons.values()].reduce((sum, rows) => sum + rows, 0);
  }

  /**
   * @param dial what the rules said number by number, where they were asked so
   * @throws when a row was not accounted for, which is a defect of ours
   */
  report(
    settings: Pick<ListSettings, 'purpose' | 'kind'>,
    judge: JudgeLane,
    now: number,
    dial?: ImportReport['dial'],
  ): ImportReport {
    const duplicates = [...this.reasons].reduce((sum, [reason, n]) => (DUPLICATE.has(reason) ? sum + n : sum), 0);
    if (this.imported + this.left !== this.rows) throw new Error('rows of a file were not accounted for');
    return {
      check: randomUUID(),
      rows: this.rows,
      imported: this.imported,
      duplicates,
      refused: this.left - duplicates,
      by_reason: [...this.reasons].map(([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows),
      problems: this.problems.sort((a, b) => a.row - b.row),
      numbers_left_out: this.leftOut,
      encoding: this.layout?.encoding ?? '',
      delimiter: this.layout?.delimiter ?? '',
      columns:
        this.layout?.columns.map(({ name, to, ...column }) =>
          to === 'segment'
            ? { ...column, to: 'field' as const, name: null, segment: true }
            : { ...column, to, name: to === 'field' ? name : null },
        ) ?? [],
      dial: dial ?? dialOf(this.groups.values(), settings, judge, now),
    };
  }
}
