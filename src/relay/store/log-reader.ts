/** Reads of the log: pages for desks that catch up, and snapshots for those that start afresh. */
import type { Audience, Viewer } from '../routing/audience';
import { foldRows } from './fold-rows';
import type { LogEntry, Page, Snapshots } from './port';
import { all, get, type Work } from './sql';

/** A page ends once it holds this much, whatever its limit: bodies may be 1 MiB each. */
const PAGE_CHARACTERS = 2 * 1024 * 1024;
/** Folded calls kept for the next desk that asks: many desks that come at once ask for the same ones. */
const KEPT_FOLDS = 2_000;
const KEPT_FOLD_CHARACTERS = 64 * 1024;
/** Calls this much older than asked for may be in a list that is used again. */
const RECENT_SLACK_MS = 60_000;

interface EventRow {
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
    const entries: LogEntry[] = [];
    let size = 0;
    for (const offset of offsets) {
      const row = yield* get<EventRow>(
        'SELECT "offset", call, audience, moved_from, body FROM events WHERE "offset" = ?',
        offset,
      );
      if (row === undefined) continue;
      entries.push(yield* this.entryOf(row));
      size += row.body.length;
      if (size >= PAGE_CHARACTERS) break;
    }
    const last = entries.at(-1);
    const complete = offsets.length < limit && entries.length === offsets.length;
    return { entries, upTo: complete || last === undefined ? Math.max(head, after) : last.offset };
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
    const offsets = new Set<number>();
    for (const key of viewer.keys) {
      const hits = yield* all<{ offset: number }>(
        'SELECT "offset" FROM reach WHERE key = ? AND "offset" > ? ORDER BY "offset" LIMIT ?',
        key,
        after,
        limit,
      );
      for (const { offset } of hits) offsets.add(offset);
    }
    return [...offsets].sort((a, b) => a - b).slice(0, limit);
  }

  private *entryOf(row: EventRow): Work<LogEntry> {
    const { offset, call, body } = row;
    const entry: LogEntry = { offset, body, audience: parseAudience(row.audience) };
    if (call === null) return entry;
    entry.call = call;
    if (row.moved_from !== null) {
      entry.moved = { from: parseAudience(row.moved_from), snapshot: yield* this.snapshotBefore(call, offset) };
    }
    return entry;
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

  /** The call folded up to, not including, an offset, as JSON. */
  *snapshotBefore(call: string, offset: number): Work<string> {
    const rows = yield* all<{ body: string }>(
      'SELECT body FROM events WHERE call = ? AND "offset" < ? ORDER BY "offset"',
      call,
      offset,
    );
    return JSON.stringify(foldRows(call, rows));
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
    const text = yield* this.snapshotBefore(call, lastOffset + 1);
    if (text.length <= KEPT_FOLD_CHARACTERS) {
      if (this.folds.size >= KEPT_FOLDS) this.folds.clear();
      this.folds.set(call, { lastOffset, text });
    }
    return text;
  }
}

export function parseAudience(text: string): Audience {
  return JSON.parse(text) as Audience;
}
