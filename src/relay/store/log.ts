/**
 * The log and the register of calls, as works. Writes run inside a transaction that the group commit owns; nothing here
 * begins or commits one. One writer at a time: between two works of a transaction, and from its begin to its commit,
 * nobody else writes.
 */
import { randomUUID } from 'node:crypto';
import { presentStates } from '../desks/presence';
import { keptId } from '../retention/kept-id';
import { UNROUTED, type Audience } from '../routing/audience';
import type { EventFacts } from '../routing/facts';
import { nextRoute, type Directory, type QueueRule, type Route } from '../routing/route';
import { AgentTable } from './agents';
import { LogReader, parseAudience } from './log-reader';
import type { AgentRecord, LogEntry, NewEvent, Position } from './port';
import { get, run, type Dialect, type Work } from './sql';

export interface LogOptions {
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

export class Log {
  readonly agentTable = new AgentTable();
  readonly reader = new LogReader();
  /** The greatest offset given out, by the open transaction too. */
  private last = 0;
  /** Entries appended by the transaction that is open now. */
  private appended: LogEntry[] = [];

  constructor(
    readonly dialect: Dialect,
    private readonly options: LogOptions,
  ) {}

  /** At the start of a relay. */
  *start(): Work<void> {
    if ((yield* this.meta('epoch')) === undefined) yield* this.newEpoch();
    yield* this.agentTable.forgetPresence();
  }

  /** Forgets what the transaction that failed did, and goes on from what is in the log. */
  *recover(): Work<void> {
    this.appended = [];
    this.agentTable.reset();
    this.last = yield* this.head();
  }

  *head(): Work<number> {
    return (yield* get<{ head: number }>(this.dialect.headSql))?.head ?? 0;
  }

  *position(): Work<Position> {
    const head = yield* this.head();
    return { epoch: (yield* this.meta('epoch')) ?? '', head, floor: Number((yield* this.meta('floor')) ?? 0) };
  }

  /** Hands over what the open transaction appended, and starts afresh. */
  takeAppended(): LogEntry[] {
    const entries = this.appended;
    this.appended = [];
    return entries;
  }

  /** Appends one event unless it is in the log already. Returns its offset, or null for a repeat. */
  *append(event: NewEvent): Work<number | null> {
    if (yield* this.isKnown(event)) return null;
    const { call } = event.facts;
    return call === undefined ? yield* this.insert(event, UNROUTED) : yield* this.appendToCall(event, call);
  }

  /** In the log, or deleted from it and remembered so that the platform's replay of it stays a repeat. */
  private *isKnown({ source, id }: NewEvent): Work<boolean> {
    const inLog = yield* get('SELECT 1 FROM events WHERE source = ? AND id = ?', source, id);
    if (inLog !== undefined) return true;
    return (yield* get('SELECT 1 FROM kept_ids WHERE source = ? AND id = ?', source, keptId(id))) !== undefined;
  }

  /** Starts a new epoch: what desks know of the log no longer counts. */
  *newEpoch(): Work<void> {
    yield* this.setMeta('epoch', randomUUID());
  }

  *callRow(call: string): Work<CallRow | undefined> {
    return yield* get<CallRow>('SELECT * FROM calls WHERE call = ?', call);
  }

  private *appendToCall(event: NewEvent, call: string): Work<number> {
    const row = yield* this.callRow(call);
    const before = row === undefined ? undefined : routeOf(row);
    const after = nextRoute(before, event.facts, yield* this.directory(), row?.claim_agent ?? undefined);
    const encoded = JSON.stringify(after.audience);
    const moved = row !== undefined && row.audience !== encoded;
    const offset = yield* this.insert(event, after.audience, moved ? before?.audience : undefined);
    yield* this.saveCall(call, after, encoded, offset, event.received, event.facts);
    return offset;
  }

  private *saveCall(
    call: string,
    route: Route,
    audience: string,
    offset: number,
    received: number,
    facts: EventFacts,
  ): Work<void> {
    const ended = facts.type === 'call.ended' || facts.type === 'call.failed' ? 1 : 0;
    yield* run(
      `INSERT INTO calls (call, audience, rank, origin, routed_at, last_offset, last_received, ended, escalated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (call) DO UPDATE SET audience = excluded.audience, rank = excluded.rank, origin = excluded.origin,
         routed_at = excluded.routed_at, last_offset = excluded.last_offset, last_received = excluded.last_received,
         ended = CASE WHEN excluded.ended = 1 THEN 1 ELSE calls.ended END,
         escalated = coalesce(excluded.escalated, calls.escalated)`,
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
      yield* run(
        'INSERT INTO call_phones (phone, call) VALUES (?, ?) ON CONFLICT DO NOTHING',
        phone.replace(/\D/g, ''),
        call,
      );
    }
  }

  private *insert(event: NewEvent, audience: Audience, movedFrom?: Audience): Work<number> {
    const { call } = event.facts;
    const offset = this.last + 1;
    yield* run(
      `INSERT INTO events ("offset", source, id, call, received, audience, moved_from, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      offset,
      event.source,
      event.id,
      call ?? null,
      event.received,
      JSON.stringify(audience),
      movedFrom === undefined ? null : JSON.stringify(movedFrom),
      event.body,
    );
    this.last = offset;
    for (const key of new Set([...audience, ...(movedFrom ?? [])])) {
      yield* run('INSERT INTO reach (key, "offset") VALUES (?, ?)', key, offset);
    }
    const entry: LogEntry = { offset, body: event.body, audience };
    if (call !== undefined) entry.call = call;
    if (call !== undefined && movedFrom !== undefined) {
      entry.moved = { from: movedFrom, snapshot: yield* this.reader.snapshotBefore(call, offset) };
    }
    this.appended.push(entry);
    return offset;
  }

  *putAgent(agent: Omit<AgentRecord, 'since'>, tokenHash: string): Work<AgentRecord> {
    return yield* this.agentTable.put({ ...agent, since: yield* this.head() }, tokenHash);
  }

  *meta(key: string): Work<string | undefined> {
    return (yield* get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key))?.value;
  }

  *setMeta(key: string, value: string): Work<void> {
    yield* run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }

  private *directory(): Work<Directory> {
    const { agents, presence } = yield* this.agentTable.everybody();
    return {
      agents,
      queues: this.options.queues,
      isPresent: (agent) => {
        const one = presence.get(agent);
        return one !== undefined && one.connected && presentStates.has(one.state);
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
