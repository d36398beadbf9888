/**
 * The store's operations on one SQLite connection, synchronous. Writes are called inside a transaction that the group
 * commit owns (see executor.ts); nothing here begins or commits one.
 */
import { randomUUID } from 'node:crypto';
import { presentStates } from '../../desks/presence';
import { UNROUTED, type Audience, type Viewer } from '../../routing/audience';
import type { EventFacts } from '../../routing/facts';
import { nextRoute, type Directory, type QueueRule, type Route } from '../../routing/route';
import type { AgentRecord, LogEntry, NewEvent, Page, Position, Snapshots } from '../port';
import { keptId } from '../../retention/kept-id';
import { AgentTable } from './agents';
import type { SqliteDatabase } from './database';
import { foldRows } from './fold-rows';

export interface EngineOptions {
  queues: readonly QueueRule[];
}

export interface CallRow {
  call: string;
  audience: string;
  rank: Route['rank'];
  origin: string | null;
  routed_at: string | null;
  last_offset: number;
  ended: number;
  claim_seq: number;
  claim_renewals: number;
  claim_agent: string | null;
  claim_name: string | null;
  claim_told: number;
}

interface EventRow {
  offset: number;
  call: string | null;
  audience: string;
  moved_from: string | null;
  body: string;
}

/** A page ends once it holds this much, whatever its limit: bodies may be 1 MiB each. */
const PAGE_CHARACTERS = 2 * 1024 * 1024;

export class Engine {
  readonly agentTable: AgentTable;
  /** Entries appended by the transaction that is open now. */
  private appended: LogEntry[] = [];

  constructor(
    readonly database: SqliteDatabase,
    private readonly options: EngineOptions,
  ) {
    this.agentTable = new AgentTable(database);
    database.transaction(() => {
      if (this.meta('epoch') === undefined) this.newEpoch();
      this.agentTable.forgetPresence();
    });
  }

  position(): Position {
    const head = this.database.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
    return { epoch: this.meta('epoch') ?? '', head: head?.seq ?? 0, floor: Number(this.meta('floor') ?? 0) };
  }

  /** Hands over what the open transaction appended, and starts afresh. */
  takeAppended(): LogEntry[] {
    const entries = this.appended;
    this.appended = [];
    return entries;
  }

  /** Appends one event unless it is in the log already. Returns its offset, or null for a repeat. */
  append(event: NewEvent): number | null {
    if (this.isKnown(event)) return null;
    const { call } = event.facts;
    return call === undefined ? this.insert(event, UNROUTED) : this.appendToCall(event, call);
  }

  /** In the log, or deleted from it and remembered so that the platform's replay of it stays a repeat. */
  private isKnown({ source, id }: NewEvent): boolean {
    const inLog = this.database.get('SELECT 1 FROM events WHERE source = ? AND id = ?', source, id);
    if (inLog !== undefined) return true;
    return this.database.get('SELECT 1 FROM kept_ids WHERE source = ? AND id = ?', source, keptId(id)) !== undefined;
  }

  /** Starts a new epoch: what desks know of the log no longer counts. */
  newEpoch(): void {
    this.setMeta('epoch', randomUUID());
  }

  callRow(call: string): CallRow | undefined {
    return this.database.get<CallRow>('SELECT * FROM calls WHERE call = ?', call);
  }

  private appendToCall(event: NewEvent, call: string): number {
    const row = this.callRow(call);
    const before = row === undefined ? undefined : routeOf(row);
    const after = nextRoute(before, event.facts, this.directory(), row?.claim_agent ?? undefined);
    const encoded = JSON.stringify(after.audience);
    const moved = row !== undefined && row.audience !== encoded;
    const offset = this.insert(event, after.audience, moved ? before?.audience : undefined);
    this.saveCall(call, after, encoded, offset, event.received, event.facts);
    return offset;
  }

  private saveCall(call: string, route: Route, audience: string, offset: number, received: number, facts: EventFacts) {
    const ended = facts.type === 'call.ended' || facts.type === 'call.failed' ? 1 : 0;
    this.database.run(
      `INSERT INTO calls (call, audience, rank, origin, routed_at, last_offset, last_received, ended, escalated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (call) DO UPDATE SET audience = excluded.audience, rank = excluded.rank, origin = excluded.origin,
         routed_at = excluded.routed_at, last_offset = excluded.last_offset, last_received = excluded.last_received,
         ended = max(ended, excluded.ended), escalated = coalesce(excluded.escalated, escalated)`,
      call,
      audience,
      route.rank,
      route.origin ?? null,
      route.at ?? null,
      offset,
      received,
      ended,
      facts.type === 'call.escalated' ? received : null,
    );
    for (const phone of facts.phones) {
      this.database.run(
        'INSERT INTO call_phones (phone, call) VALUES (?, ?) ON CONFLICT DO NOTHING',
        phone.replace(/\D/g, ''),
        call,
      );
    }
  }

  private insert(event: NewEvent, audience: Audience, movedFrom?: Audience): number {
    const { call } = event.facts;
    const { rowid: offset } = this.database.run(
      'INSERT INTO events (source, id, call, received, audience, moved_from, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      event.source,
      event.id,
      call ?? null,
      event.received,
      JSON.stringify(audience),
      movedFrom === undefined ? null : JSON.stringify(movedFrom),
      event.body,
    );
    for (const key of new Set([...audience, ...(movedFrom ?? [])])) {
      this.database.run('INSERT INTO reach (key, "offset") VALUES (?, ?)', key, offset);
    }
    this.appended.push({
      offset,
      body: event.body,
      audience,
      ...(call === undefined ? {} : { call }),
      ...(call === undefined || movedFrom === undefined ? {} : { moved: this.movedBefore(call, offset, movedFrom) }),
    });
    return offset;
  }

  private movedBefore(call: string, offset: number, from: Audience): { from: Audience; snapshot: string } {
    return { from, snapshot: this.snapshotBefore(call, offset) };
  }

  private snapshotBefore(call: string, offset: number): string {
    const rows = this.database.all<{ body: string }>(
      'SELECT body FROM events WHERE call = ? AND "offset" < ? ORDER BY "offset"',
      call,
      offset,
    );
    return JSON.stringify(foldRows(call, rows));
  }

  page(after: number, viewer: Viewer, limit: number): Page {
    const { head } = this.position();
    const offsets = viewer.all ? this.scan(after, limit) : this.reached(after, viewer, limit);
    const entries: LogEntry[] = [];
    let size = 0;
    for (const offset of offsets) {
      const row = this.database.get<EventRow>(
        'SELECT "offset", call, audience, moved_from, body FROM events WHERE "offset" = ?',
        offset,
      );
      if (row === undefined) continue;
      entries.push(this.entryOf(row));
      size += row.body.length;
      if (size >= PAGE_CHARACTERS) break;
    }
    const last = entries.at(-1);
    const complete = offsets.length < limit && entries.length === offsets.length;
    return { entries, upTo: complete || last === undefined ? Math.max(head, after) : last.offset };
  }

  private scan(after: number, limit: number): number[] {
    return this.database
      .all<{ offset: number }>('SELECT "offset" FROM events WHERE "offset" > ? ORDER BY "offset" LIMIT ?', after, limit)
      .map(({ offset }) => offset);
  }

  private reached(after: number, viewer: Viewer, limit: number): number[] {
    const offsets = new Set<number>();
    for (const key of viewer.keys) {
      const hits = this.database.all<{ offset: number }>(
        'SELECT "offset" FROM reach WHERE key = ? AND "offset" > ? ORDER BY "offset" LIMIT ?',
        key,
        after,
        limit,
      );
      for (const { offset } of hits) offsets.add(offset);
    }
    return [...offsets].sort((a, b) => a - b).slice(0, limit);
  }

  private entryOf(row: EventRow): LogEntry {
    const { offset, call, body } = row;
    const entry: LogEntry = { offset, body, audience: parseAudience(row.audience) };
    if (call === null) return entry;
    entry.call = call;
    if (row.moved_from !== null) entry.moved = this.movedBefore(call, offset, parseAudience(row.moved_from));
    return entry;
  }

  snapshots(viewer: Viewer, since: number, limit: number): Snapshots {
    const { head } = this.position();
    const rows = this.database.all<{ call: string; audience: string }>(
      'SELECT call, audience FROM calls WHERE last_received >= ? ORDER BY last_received DESC, call',
      since,
    );
    const visible = rows.filter(
      ({ audience }) => viewer.all || parseAudience(audience).some((key) => viewer.keys.includes(key)),
    );
    const calls = visible.slice(0, limit).map(({ call }) => this.snapshotBefore(call, head + 1));
    return { offset: head, calls };
  }

  putAgent(agent: Omit<AgentRecord, 'since'>, tokenHash: string): AgentRecord {
    return this.agentTable.put({ ...agent, since: this.position().head }, tokenHash);
  }

  meta(key: string): string | undefined {
    return this.database.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value;
  }

  setMeta(key: string, value: string): void {
    this.database.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }

  private directory(): Directory {
    return {
      agents: this.agentTable.list(),
      queues: this.options.queues,
      isPresent: (agent) => {
        const presence = this.agentTable.presenceOf(agent);
        return presence !== undefined && presence.connected && presentStates.has(presence.state);
      },
    };
  }
}

function parseAudience(text: string): Audience {
  return JSON.parse(text) as Audience;
}

function routeOf(row: CallRow): Route {
  return {
    audience: parseAudience(row.audience),
    rank: row.rank,
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.routed_at === null ? {} : { at: row.routed_at }),
  };
}
