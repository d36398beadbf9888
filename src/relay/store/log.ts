/**
 * The log and the register of calls, as works. Writes run inside a transaction that the group commit owns; nothing here
 * begins or commits one. One writer at a time: from a transaction's begin to its commit nobody else writes to the log, in
 * any relay, so what was read to decide still holds when it is acted on.
 */
import { randomUUID } from 'node:crypto';
import { keptId } from '../retention/kept-id';
import { UNROUTED } from '../routing/audience';
import { nextRoute, type Directory, type QueueRule, type Route } from '../routing/route';
import { AgentTable } from './agents';
import { LogReader, parseAudience, type EventRow } from './log-reader';
import type { AgentRecord, NewEvent, Position } from './port';
import { SeatTable } from './seats';
import {
  get,
  inserts,
  lookUp,
  lookups,
  run,
  together,
  tupleLookups,
  type Dialect,
  type SqlValue,
  type Work,
} from './sql';

export interface LogOptions {
  queues: readonly QueueRule[];
  /** Names this run of the relay: what it holds (seats, keys) is its own only. */
  relay: string;
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
  /** When its lease ends by the database's clock, epoch ms. */
  claim_until: number;
}

/** A call while a batch is appended to it. */
interface OpenCall {
  call: string;
  route: Route | undefined;
  /** The route's audience as it is written. */
  audience: string | undefined;
  holder: string | undefined;
  /** Of the last event. */
  offset: number;
  received: number;
  ended: number;
  escalated: number | null;
  /** 1: some event of it was a test. */
  test: number;
}

/** How long a relay counts as alive after it last said so, ms. */
export const RELAY_LEASE_MS = 10_000;

export class Log {
  readonly agentTable = new AgentTable();
  readonly seats: SeatTable;
  readonly reader = new LogReader();
  readonly relay: string;
  /** The greatest offset given out, by the open transaction too. */
  private last = 0;
  /** The open transaction changed what relays keep in memory: the epoch, the floor, agents. */
  private changed = false;
  /** Rows inserted by the transaction that is open now. */
  private appended: EventRow[] = [];

  constructor(
    readonly dialect: Dialect,
    private readonly options: LogOptions,
  ) {
    this.relay = options.relay;
    this.seats = new SeatTable(dialect, options.relay);
  }

  /** At the start of a relay. */
  *start(): Work<void> {
    if ((yield* this.meta('epoch')) === undefined) yield* this.newEpoch();
    yield* this.dialect.enter(this.relay);
  }

  /** Goes on from what is in the log: after the begin of a transaction, or after the end of one that failed. */
  *recover(): Work<void> {
    this.resume(yield* this.head());
    this.agentTable.reset();
  }

  /** Goes on after an offset. */
  resume(head: number): void {
    this.appended = [];
    this.changed = false;
    this.last = head;
  }

  /** The greatest offset given out, by the open transaction too. Only for writes. */
  get lastOffset(): number {
    return this.last;
  }

  *head(): Work<number> {
    return (yield* get<{ head: number }>(this.dialect.headSql))?.head ?? 0;
  }

  *position(): Work<Position> {
    const head = yield* this.head();
    return { epoch: (yield* this.meta('epoch')) ?? '', head, floor: Number((yield* this.meta('floor')) ?? 0) };
  }

  /** Hands over what the open transaction appended, and starts afresh. */
  takeAppended(): EventRow[] {
    const rows = this.appended;
    this.appended = [];
    return rows;
  }

  /** Whether the open transaction changed what relays keep in memory beside the log. */
  get hasNews(): boolean {
    return this.changed;
  }

  /** Appends one event unless it is in the log already. Returns its offset, or null for a repeat. */
  *append(event: NewEvent): Work<number | null> {
    const [offset = null] = yield* this.appendAll([event]);
    return offset;
  }

  /** Appends events in this order, but for those that are in the log already. An offset for each, null for a repeat. */
  *appendAll(given: readonly NewEvent[]): Work<(number | null)[]> {
    const events = given.map(storable);
    const known = yield* this.knownOf(events);
    const fresh = events.map((event) => {
      const key = keyOf(event);
      if (known.has(key)) return false;
      known.add(key);
      return true;
    });
    const adding = events.filter((_, n) => fresh[n]);
    if (adding.length === 0) return events.map(() => null);
    const calls = yield* this.openCalls(adding);
    const directory = yield* this.directory(adding, calls);
    const rows: { row: EventRow; event: NewEvent }[] = [];
    const offsets = events.map((event, n) => {
      if (fresh[n] !== true) return null;
      this.last += 1;
      rows.push({ row: this.route(event, this.last, calls, directory), event });
      return this.last;
    });
    yield* this.write(rows, [...calls.values()], adding);
    this.appended.push(...rows.map(({ row }) => row));
    return offsets;
  }

  /** Those in the log, or deleted from it and remembered so that the platform's replay of them stays a repeat. */
  private *knownOf(events: readonly NewEvent[]): Work<Set<string>> {
    const kept = new Map(events.map((event) => [`${event.source}\n${keptId(event.id)}`, keyOf(event)]));
    const found = yield* lookUp<{ source: string; id: string; kept: number }>([
      ...tupleLookups(
        (list) => `SELECT source, id, 0 AS kept FROM events WHERE (source, id) IN ${list}`,
        events.map(({ source, id }) => [source, id]),
      ),
      ...tupleLookups(
        (list) => `SELECT source, id, 1 AS kept FROM kept_ids WHERE (source, id) IN ${list}`,
        events.map(({ source, id }) => [source, keptId(id)]),
      ),
    ]);
    return new Set(found.map((row) => (row.kept === 1 ? (kept.get(keyOf(row)) ?? '') : keyOf(row))));
  }

  private *openCalls(events: readonly NewEvent[]): Work<Map<string, OpenCall>> {
    const calls = new Map<string, OpenCall>();
    for (const { facts } of events) {
      if (facts.call !== undefined) calls.set(facts.call, newCall(facts.call));
    }
    const rows = yield* lookUp<CallRow>(
      lookups((list) => `SELECT * FROM calls WHERE call IN ${list}`, [...calls.keys()]),
    );
    for (const row of rows) {
      const open = newCall(row.call);
      calls.set(row.call, {
        ...open,
        route: routeOf(row),
        audience: row.audience,
        holder: row.claim_agent ?? undefined,
      });
    }
    return calls;
  }

  /** Who may be routed to. Only those who started a call that is escalated are asked whether they are there. */
  private *directory(events: readonly NewEvent[], calls: ReadonlyMap<string, OpenCall>): Work<Directory> {
    const present = new Set<string>();
    const starters = new Set<string>();
    for (const { facts } of events) {
      if (facts.origin !== undefined) starters.add(facts.origin);
      const origin = calls.get(facts.call ?? '')?.route?.origin;
      if (facts.target !== undefined && origin !== undefined) starters.add(origin);
    }
    if (events.some(({ facts }) => facts.target !== undefined)) {
      for (const agent of starters) if (yield* this.seats.isPresent(agent)) present.add(agent);
    }
    return {
      agents: yield* this.agentTable.directory(),
      queues: this.options.queues,
      isPresent: (agent) => present.has(agent),
    };
  }

  /** Decides who may see an event, and moves its call on. */
  private route(event: NewEvent, offset: number, calls: Map<string, OpenCall>, directory: Directory): EventRow {
    const { facts, body } = event;
    const open = facts.call === undefined ? undefined : calls.get(facts.call);
    if (open === undefined) return { offset, call: null, audience: JSON.stringify(UNROUTED), moved_from: null, body };
    const before = open.audience;
    open.route = nextRoute(open.route, facts, directory, open.holder);
    const audience = JSON.stringify(open.route.audience);
    open.audience = audience;
    open.offset = offset;
    open.received = event.received;
    if (facts.type === 'call.ended' || facts.type === 'call.failed') open.ended = 1;
    if (facts.test === true) open.test = 1;
    else if (facts.type === 'call.escalated') open.escalated = event.received;
    const moved = before !== undefined && before !== audience;
    return { offset, call: open.call, audience, moved_from: moved ? before : null, body };
  }

  private *write(
    rows: readonly { row: EventRow; event: NewEvent }[],
    calls: readonly OpenCall[],
    events: readonly NewEvent[],
  ): Work<void> {
    const { eventColumns, eventValues } = this.dialect;
    const reach = rows.flatMap(({ row }) => {
      const from = row.moved_from === null ? [] : parseAudience(row.moved_from);
      return [...new Set([...parseAudience(row.audience), ...from])].map((key): SqlValue[] => [key, row.offset]);
    });
    yield* together([
      ...inserts(
        `INSERT INTO events ("offset", source, id, call, received, audience, moved_from, body${eventColumns})`,
        rows.map(({ row, event: { source, id, received, facts } }) => [
          row.offset,
          source,
          id,
          row.call,
          received,
          row.audience,
          row.moved_from,
          row.body,
          ...eventValues(facts),
        ]),
      ),
      ...inserts('INSERT INTO reach (key, "offset")', reach),
      ...inserts(
        'INSERT INTO calls (call, audience, rank, origin, routed_at, last_offset, last_received, ended, escalated, test)',
        calls.map(callValues),
        `ON CONFLICT (call) DO UPDATE SET audience = excluded.audience, rank = excluded.rank, origin = excluded.origin,
           routed_at = excluded.routed_at, last_offset = excluded.last_offset, last_received = excluded.last_received,
           ended = CASE WHEN excluded.ended = 1 THEN 1 ELSE calls.ended END,
           escalated = coalesce(excluded.escalated, calls.escalated),
           test = CASE WHEN excluded.test = 1 THEN 1 ELSE calls.test END`,
      ),
      ...inserts('INSERT INTO call_phones (phone, call)', phonesOf(events), 'ON CONFLICT DO NOTHING'),
    ]);
  }

  /** Starts a new epoch: what desks know of the log no longer counts. */
  *newEpoch(): Work<void> {
    yield* this.setMeta('epoch', randomUUID());
  }

  *callRow(call: string): Work<CallRow | undefined> {
    return yield* get<CallRow>('SELECT * FROM calls WHERE call = ?', call);
  }

  *putAgent(agent: Omit<AgentRecord, 'since'>, tokenHash: string): Work<AgentRecord> {
    const put = yield* this.agentTable.put({ ...agent, since: this.last }, tokenHash);
    yield* this.agentsChanged();
    return put;
  }

  *removeAgent(id: string): Work<boolean> {
    const removed = yield* this.agentTable.remove(id);
    if (removed) yield* this.agentsChanged();
    return removed;
  }

  private *agentsChanged(): Work<void> {
    this.changed = true;
    yield* this.dialect.agentsChanged();
  }

  /** The database is a copy of the one it was, or its past was lost: offsets will be given out again. */
  *adoptHistory(history: string, seen: number): Work<void> {
    const known = yield* this.meta('history');
    const head = yield* this.head();
    if (known !== history) yield* this.setMeta('history', history);
    if ((known !== undefined && known !== history) || head < seen) yield* this.newEpoch();
  }

  *meta(key: string): Work<string | undefined> {
    return (yield* get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key))?.value;
  }

  *setMeta(key: string, value: string): Work<void> {
    this.changed = true;
    yield* run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }
}

/** With names that every database can hold: PostgreSQL's text takes every character but NUL, which no name needs. */
function storable(event: NewEvent): NewEvent {
  const { id, facts } = event;
  if (!id.includes('\0') && facts.call?.includes('\0') !== true) return event;
  const call = facts.call === undefined ? {} : { call: facts.call.replaceAll('\0', '\uFFFD') };
  return { ...event, id: id.replaceAll('\0', '\uFFFD'), facts: { ...facts, ...call } };
}

const keyOf = ({ source, id }: { source: string; id: string }): string => `${source}\n${id}`;

function newCall(call: string): OpenCall {
  return {
    call,
    route: undefined,
    audience: undefined,
    holder: undefined,
    offset: 0,
    received: 0,
    ended: 0,
    escalated: null,
    test: 0,
  };
}

function callValues({ call, route, audience, offset, received, ended, escalated, test }: OpenCall): SqlValue[] {
  if (route === undefined || audience === undefined) throw new Error('a call was opened and not routed');
  const [origin, at] = [route.origin ?? null, route.at ?? null];
  return [call, audience, route.rank, origin, at, offset, received, ended, escalated, test];
}

function phonesOf(events: readonly NewEvent[]): SqlValue[][] {
  return events.flatMap(({ facts: { call, phones } }) =>
    call === undefined ? [] : phones.map((phone): SqlValue[] => [phone.replace(/\D/g, ''), call]),
  );
}

function routeOf(row: CallRow): Route {
  return {
    audience: parseAudience(row.audience),
    rank: row.rank,
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.routed_at === null ? {} : { at: row.routed_at }),
  };
}
