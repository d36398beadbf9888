/**
 * The store's operations on one SQLite connection, synchronous. Writes are called inside a transaction that the group
 * commit owns (see executor.ts); nothing here begins or commits one.
 */
import { randomUUID } from 'node:crypto';
import { presentStates } from '../../desks/presence';
import { UNROUTED, type Audience } from '../../routing/audience';
import type { EventFacts } from '../../routing/facts';
import { nextRoute, type Directory, type QueueRule, type Route } from '../../routing/route';
import type { AgentRecord, LogEntry, NewEvent, Position } from '../port';
import { keptId } from '../../retention/kept-id';
import { AgentTable } from './agents';
import type { SqliteDatabase } from './database';
import { LogReader, parseAudience } from './log-reader';

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

export class Engine {
  readonly agentTable: AgentTable;
  readonly reader: LogReader;
  /** Entries appended by the transaction that is open now. */
  private appended: LogEntry[] = [];

  constructor(
    readonly database: SqliteDatabase,
    private readonly options: EngineOptions,
  ) {
    this.agentTable = new AgentTable(database);
    this.reader = new LogReader(database);
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
      ...(call === undefined || movedFrom === undefined
        ? {}
        : { moved: { from: movedFrom, snapshot: this.reader.snapshotBefore(call, offset) } }),
    });
    return offset;
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

function routeOf(row: CallRow): Route {
  return {
    audience: parseAudience(row.audience),
    rank: row.rank,
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.routed_at === null ? {} : { at: row.routed_at }),
  };
}
