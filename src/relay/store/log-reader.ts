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
const KEPT_CHARACTERS = 32 * 1024 * 1024;
const KEPT_FOLD_CHARACTERS = 64 * 1024;
/** Calls whose events are read at once. */
const CALLS_AT_A_TIME = 50;
/** Above so many new events all recent calls are read anew, not only those that changed. */
const MOST_CHANGES = 5_000;
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
  lastReceived: number;
  /** It goes on, or somebody has it. */
  open: boolean;
}

interface RecentRow {
  call: string;
  audience: string;
  last_offset: number;
  last_received: number;
  ended: number;
  claim_agent: string | null;
}

/** Folded calls, each as of its last event; the oldest make room. */
class Folds {
  private readonly kept = new Map<string, { lastOffset: number; text: string }>();
  private characters = 0;

  of({ call, lastOffset }: RecentCall): string | undefined {
    const known = this.kept.get(call);
    return known?.lastOffset === lastOffset ? known.text : undefined;
  }

  keep({ call, lastOffset }: RecentCall, text: string): void {
    if (text.length > KEPT_FOLD_CHARACTERS) return;
    this.drop(call);
    this.kept.set(call, { lastOffset, text });
    this.characters += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.characters <= KEPT_CHARACTERS) return;
      this.drop(oldest);
    }
  }

  clear(): void {
    this.kept.clear();
    this.characters = 0;
  }

  private drop(call: string): void {
    this.characters -= this.kept.get(call)?.text.length ?? 0;
    this.kept.delete(call);
  }
}

export class LogReader {
  /** Newest first. */
  private recent: { head: number; since: number; calls: RecentCall[] } | undefined;
  private readonly folds = new Folds();

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
    const wanted = mostWanted(visible, limit);
    const texts = new Map<string, string>();
    const missing: RecentCall[] = [];
    for (const one of wanted) {
      const text = this.folds.of(one);
      if (text === undefined) missing.push(one);
      else texts.set(one.call, text);
    }
    for (let at = 0; at < missing.length; at += CALLS_AT_A_TIME) {
      const some = missing.slice(at, at + CALLS_AT_A_TIME);
      const histories = yield* together(some.map(({ call, lastOffset }) => historyOf(call, lastOffset + 1)));
      for (const [n, one] of some.entries()) {
        const text = folded(one.call, histories[n] as { body: string }[]);
        this.folds.keep(one, text);
        texts.set(one.call, text);
      }
    }
    return { offset: head, calls: wanted.map(({ call }) => texts.get(call) ?? '') };
  }

  /** Forgets what is kept in memory: called when the log's past changed. */
  reset(): void {
    this.recent = undefined;
    this.folds.clear();
  }

  /** The same for every desk while the log stands still; else what changed is looked up and the rest used again. */
  private *recentCalls(since: number, head: number): Work<readonly RecentCall[]> {
    const known = this.recent;
    // A read that began earlier must not be given what came after it.
    const ofUse = known !== undefined && known.head <= head && head - known.head <= MOST_CHANGES;
    if (!ofUse || known.since > since || since - known.since >= RECENT_SLACK_MS) {
      const rows = yield* all<RecentRow>(`${RECENT} WHERE last_received >= ?`, since);
      return this.remember(head, since, rows.map(recentOf));
    }
    if (known.head === head) return known.calls;
    const rows = yield* all<RecentRow>(
      `${RECENT} WHERE call IN (SELECT call FROM events WHERE "offset" > ? AND call IS NOT NULL)`,
      known.head,
    );
    const changed = new Map(rows.map((row) => [row.call, recentOf(row)]));
    const same = known.calls.filter(({ call }) => !changed.has(call));
    const current = [...changed.values()].filter(({ lastReceived }) => lastReceived >= known.since);
    return this.remember(head, known.since, [...current, ...same]);
  }

  private remember(head: number, since: number, calls: RecentCall[]): readonly RecentCall[] {
    calls.sort((a, b) => b.lastReceived - a.lastReceived || (a.call < b.call ? -1 : 1));
    this.recent = { head, since, calls };
    return calls;
  }
}

const RECENT = 'SELECT call, audience, last_offset, last_received, ended, claim_agent FROM calls';

function recentOf({ call, audience, last_offset, last_received, ended, claim_agent }: RecentRow): RecentCall {
  const open = ended === 0 || claim_agent !== null;
  return { call, audience: parseAudience(audience), lastOffset: last_offset, lastReceived: last_received, open };
}

/** Who waits must not be left out for those that are over. Of both the newest first, and in this order. */
function mostWanted(calls: readonly RecentCall[], limit: number): readonly RecentCall[] {
  if (calls.length <= limit) return calls;
  const [open, over] = [calls.filter((one) => one.open), calls.filter((one) => !one.open)];
  const wanted = new Set([...open, ...over].slice(0, limit));
  return calls.filter((one) => wanted.has(one));
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
