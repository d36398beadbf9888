/** Search over the calls of this desk: newest first, in pages, with a line of context. */
import type { HistoryQuery, Snippet } from '../../../shared/contract/history';
import { callText } from '../../history/call-text';
import { matchExpression, searchTerms, type SearchTerm } from '../../history/search-terms';
import { snippetOf } from '../../history/snippet';
import { snapshotOf } from '../snapshot-text';
import type { Sqlite, SqlValue } from '../sqlite';
import type { CallColumns, CallTable } from './calls';

/** Counting goes no further: nobody reads page 21 of 50, and "1000+" says enough. */
const COUNT_CAP = 1_000;

export type FoundCall = CallColumns & { id: number; snippet?: Snippet };

export interface FoundPage {
  rows: FoundCall[];
  next?: string;
  total: { count: number; capped: boolean };
}

interface Condition {
  sql: string;
  values: SqlValue[];
}

/**
 * Where rows come from and in which order. By words, the index hands them out newest first as far as they are wanted
 * (the order in which this desk heard of them): a word that every call has costs no more than a rare one.
 */
interface Source {
  from: string;
  order: string;
  match: Condition[];
  /** Rows after this one. */
  after: (row: { at: number; id: number }) => Condition;
}

function sourceOf(words: readonly string[]): Source {
  if (words.length === 0) {
    return {
      from: 'calls',
      order: 'calls.at DESC, calls.id DESC',
      match: [],
      after: ({ at, id }) => ({ sql: '(calls.at, calls.id) < (?, ?)', values: [at, id] }),
    };
  }
  return {
    from: 'call_text AS found CROSS JOIN calls ON calls.id = found.rowid',
    order: 'found.rowid DESC',
    match: [{ sql: 'found.call_text MATCH ?', values: [matchExpression(words)] }],
    after: ({ id }) => ({ sql: 'found.rowid < ?', values: [id] }),
  };
}

/** Digits of a number in any format, or the same digits said as words. */
function numberConditions(terms: readonly SearchTerm[]): Condition[] {
  return terms.flatMap((term) =>
    term.kind === 'word'
      ? []
      : [
          {
            sql: '(digits LIKE ? OR calls.id IN (SELECT rowid FROM call_text WHERE call_text MATCH ?))',
            values: [`%${term.digits}%`, matchExpression(term.words)],
          },
        ],
  );
}

function filterConditions(filters: HistoryQuery['filters']): Condition[] {
  const { kind, platform, campaign, disposition, direction, from, to, tests } = filters;
  const equal = { kind, platform, campaign, direction };
  const conditions = Object.entries(equal).flatMap(([column, value]) =>
    value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }],
  );
  if (disposition !== undefined) {
    conditions.push({ sql: 'coalesce(agent_disposition, ai_disposition) = ?', values: [disposition] });
  }
  return [
    ...conditions,
    ...(from === undefined ? [] : [{ sql: 'at >= ?', values: [from] }]),
    ...(to === undefined ? [] : [{ sql: 'at < ?', values: [to] }]),
    ...(tests === false ? [{ sql: 'test = 0', values: [] }] : []),
  ];
}

/** `<at>:<id>` of the last row of a page; anything else begins at the top. */
function afterCursor(cursor: string | undefined, source: Source): Condition[] {
  const [, at, id] = /^(\d+):(\d+)$/.exec(cursor ?? '') ?? [];
  return at === undefined || id === undefined ? [] : [source.after({ at: Number(at), id: Number(id) })];
}

function whereOf(conditions: readonly Condition[]): { where: string; values: SqlValue[] } {
  return {
    where: conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

export class CallSearch {
  constructor(
    private readonly database: Sqlite,
    private readonly calls: CallTable,
  ) {}

  find({ text, filters, cursor, limit }: HistoryQuery): FoundPage {
    const terms = searchTerms(text);
    const source = sourceOf(terms.flatMap((term) => (term.kind === 'word' ? [term.text] : [])));
    const matching = [...source.match, ...numberConditions(terms), ...filterConditions(filters)];
    const { where, values } = whereOf([...matching, ...afterCursor(cursor, source)]);
    const rows = this.database.all<FoundCall & { snapshot: string }>(
      `SELECT calls.* FROM ${source.from} WHERE ${where} ORDER BY ${source.order} LIMIT ?`,
      ...values,
      limit + 1,
    );
    const last = rows[limit - 1];
    return {
      rows: rows.slice(0, limit).map((row) => this.#found(row, terms)),
      total: this.#count(source, matching),
      ...(rows.length > limit && last !== undefined ? { next: `${last.at}:${last.id}` } : {}),
    };
  }

  #found({ snapshot, ...columns }: FoundCall & { snapshot: string }, terms: SearchTerm[]): FoundCall {
    if (terms.length === 0) return columns;
    const { who, summary, said } = callText(snapshotOf(snapshot));
    const snippet = snippetOf(
      [
        { where: 'summary', text: summary },
        { where: 'notes', text: this.calls.notes(columns.call) },
        { where: 'said', text: said },
        { where: 'who', text: who },
      ],
      terms,
    );
    return snippet === undefined ? columns : { ...columns, snippet };
  }

  #count(source: Source, matching: readonly Condition[]): FoundPage['total'] {
    const { where, values } = whereOf(matching);
    const row = this.database.get<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${source.from} WHERE ${where} LIMIT ?)`,
      ...values,
      COUNT_CAP + 1,
    );
    const n = row?.n ?? 0;
    return { count: Math.min(n, COUNT_CAP), capped: n > COUNT_CAP };
  }
}
