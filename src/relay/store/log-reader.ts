/** Reads of the log: pages for desks that catch up, and snapshots for those that start afresh. */
import type { Audience, Viewer } from '../routing/audience';
import { foldRows } from './fold-rows';
import type { LogEntry, Page, Snapshots } from './port';
import { all, lookUp, lookups, together, type Statement, type Work } from './sql';

/** A page ends once it holds this much, whatever its limit: bodies may be 1 MiB each. */
const PAGE_CHARACTERS = 2 * 1024 * 1024;
/** Rows read at once: bounds what a page of the largest bodies takes in memory before it is cut off. */
const ROWS_AT_A_TIME = 64;
/** Folded calls kept for the next desk that asks: many desks that come at once ask for the same ones. */
const KEPT_FOLDS = 2_000;
const KEPT_FOLD_CHARACTERS = 64 * 1024;
/** Calls this much older than asked for may be in a list that is used again. */
const RECENT_SLACK_MS = 60_000;

/** A row of the log as it was written. */
export interface EventRow {
  offset: number;
  call: string | null;
  audience: string;
  moved_from: string | null;
  body: string;
}

interface RecentCall {
  call: string;
  audience: Audience;
  lastOffset: number;
}

export class LogReader {
  private recent: { head: number; since: number; calls: RecentCall[] } | undefined;
  private readonly folds = new Map<string, { lastOffset: number; text: string }>();

  /** @param head as of before anything else of the page is read */
  *page(after: number, viewer: Viewer, limit: number, head: number): Work<Page> {
    const offsets = viewer.all ? yield* this.scan(after, limit) : yield* this.reached(after, viewer, limit);
    const rows: EventRow[] = [];
    let size = 0;
    for (let at = 0; at < offsets.length && size < PAGE_CHARACTERS; at += ROWS_AT_A_TIME) {
      for (const row of yield* this.rowsAt(offsets.slice(at, at + ROWS_AT_A_TIME))) {
        if (size >= PAGE_CHARACTERS) break;
        rows.push(row);
        size += row.body.length;
      }
    }
    const last = rows.at(-1);
    const complete = offsets.length < limit && size < PAGE_CHARACTERS;
    const upTo = complete || last === undefined ? Math.max(head, after, last?.offset ?? 0) : last.offset;
    return { entries: yield* this.entriesOf(rows), upTo };
  }

  private *rowsAt(offsets: readonly number[]): Work<EventRow[]> {
    const rows = yield* lookUp<EventRow>(
      lookups(
        (list) => `SELECT "offset", call, audience, moved_from, body FROM events WHERE "offset" IN ${list}`,
        offsets,
      ),
    );
    return rows.sort((a, b) => a.offset - b.offset);
  }

  private *scan(after: number, limit: number): Work<number[]> {
    const rows = yield* all<{ offset: number }>(
      'SELECT "offset" FROM events WHERE "offset" > ? ORDER BY "offset" LIMIT ?',
      after,
      limit,
    );
    return rows.map(({ offset }) => offset);
  }

  private *reached(after: number, viewer: Viewer, limit: number): Work<number[]> {
    const hits = yield* lookUp<{ offset: number }>(
      viewer.keys.map((key) => ({
        kind: 'all',
        sql: 'SELECT "offset" FROM reach WHERE key = ? AND "offset" > ? ORDER BY "offset" LIMIT ?',
        values: [key, after, limit],
      })),
    );
    return [...new Set(hits.map(({ offset }) => offset))].sort((a, b) => a - b).slice(0, limit);
  }

  /** The rows with everything a desk's stream needs to know: after their commit, so that calls can be folded. */
  *entriesOf(rows: readonly EventRow[]): Work<LogEntry[]> {
    const moves = rows.filter(({ call, moved_from }) => call !== null && moved_from !== null);
    const histories = yield* together(moves.map(({ call, offset }) => historyOf(call ?? '', offset)));
    const snapshots = new Map(
      moves.map(({ call, offset }, n) => [offset, folded(call ?? '', histories[n] as { body: string }[])]),
    );
    return rows.map(({ offset, call, audience, moved_from, body }) => {
      const entry: LogEntry = { offset, body, audience: parseAudience(audience) };
      if (call !== null) entry.call = call;
      const snapshot = snapshots.get(offset);
      if (snapshot !== undefined && moved_from !== null) entry.moved = { from: parseAudience(moved_from), snapshot };
      return entry;
    });
  }

  *snapshots(viewer: Viewer, since: number, limit: number, head: number): Work<Snapshots> {
    const visible = (yield* this.recentCalls(since, head)).filter(
      ({ audience }) => viewer.all || audience.some((key) => viewer.keys.includes(key)),
    );
    const calls: string[] = [];
    for (const call of visible.slice(0, limit)) calls.push(yield* this.folded(call));
    return { offset: head, calls };
  }

  /** Forgets what is kept in memory: called when the log's past changed. */
  reset(): void {
    this.recent = undefined;
    this.folds.clear();
  }

  /** The same for every desk while the log stands still. */
  private *recentCalls(since: number, head: number): Work<readonly RecentCall[]> {
    const known = this.recent;
    if (known?.head === head && known.since <= since && since - known.since < RECENT_SLACK_MS) return known.calls;
    const rows = yield* all<{ call: string; audience: string; last_offset: number }>(
      'SELECT call, audience, last_offset FROM calls WHERE last_received >= ? ORDER BY last_received DESC, call',
      since,
    );
    const calls = rows.map(({ call, audience, last_offset }) => ({
      call,
      audience: parseAudience(audience),
      lastOffset: last_offset,
    }));
    this.recent = { head, since, calls };
    return calls;
  }

  private *folded({ call, lastOffset }: RecentCall): Work<string> {
    const known = this.folds.get(call);
    if (known?.lastOffset === lastOffset) return known.text;
    const history = yield* together([historyOf(call, lastOffset + 1)]);
    const text = folded(call, history[0] as { body: string }[]);
    if (text.length <= KEPT_FOLD_CHARACTERS) {
      if (this.folds.size >= KEPT_FOLDS) this.folds.clear();
      this.folds.set(call, { lastOffset, text });
    }
    return text;
  }
}

/** The events of a call up to, not including, an offset. */
function historyOf(call: string, offset: number): Statement {
  return {
    kind: 'all',
    sql: 'SELECT body FROM events WHERE call = ? AND "offset" < ? ORDER BY "offset"',
    values: [call, offset],
  };
}

const folded = (call: string, rows: readonly { body: string }[]): string => JSON.stringify(foldRows(call, rows));

export function parseAudience(text: string): Audience {
  return JSON.parse(text) as Audience;
}
