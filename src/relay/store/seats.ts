/**
 * Which relay an agent's one active desk is connected to. A seat whose relay is no longer alive is free; whoever loses a
 * seat to another relay is told so by a row that the relay takes away with its next look.
 */
import type { AgentState } from '../../shared/contract/desk-protocol';
import { presentStates } from '../desks/presence';
import type { AgentPresence } from '../floor/port';
import { recordOf, type AgentRow } from './agents';
import type { Seat, SeatRequest } from './port';
import { all, get, run, type Dialect, type Work } from './sql';

interface SeatRow {
  relay: string;
  desk: string;
  instance: string | null;
  /** Its relay is alive. */
  alive: number;
}

/** `seat`: the relay that the agent's desk is connected to, if that relay is alive. */
interface PresenceRow extends AgentRow {
  state: AgentState;
  state_since: number | null;
  seated: number | null;
  seat: string | null;
}

const PRESENT = [...presentStates].map((state) => `'${state}'`).join(', ');
/** A seat that is left while it is looked at is looked at again. */
const ATTEMPTS = 3;

export class SeatTable {
  constructor(
    private readonly dialect: Pick<Dialect, 'now' | 'forUpdate' | 'tellRelays'>,
    private readonly relay: string,
  ) {}

  /** False: another desk has the seat, at another relay that is alive. */
  *take(request: SeatRequest): Work<boolean> {
    const { agent, desk, instance = null } = request;
    const { now } = this.dialect;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const fresh = yield* get(
        `INSERT INTO seats (agent, relay, desk, instance, since) VALUES (?, ?, ?, ?, ${now}) ON CONFLICT DO NOTHING RETURNING agent`,
        agent,
        this.relay,
        desk,
        instance,
      );
      if (fresh !== undefined) return true;
      const row = yield* this.occupied(agent);
      if (row === undefined) continue;
      if (!this.mayTake(row, request)) return false;
      yield* run(
        // Moving on to another relay is no coming and going.
        `UPDATE seats SET relay = ?, desk = ?, instance = ?, since = CASE WHEN ? = 1 THEN since ELSE ${now} END
         WHERE agent = ?`,
        this.relay,
        desk,
        instance,
        row.alive,
        agent,
      );
      if (row.relay !== this.relay) yield* this.evict(row.relay, { agent, desk: row.desk }, false);
      return true;
    }
    return false;
  }

  *leave({ agent, desk }: Seat): Work<void> {
    yield* run('DELETE FROM seats WHERE agent = ? AND relay = ? AND desk = ?', agent, this.relay, desk);
  }

  /** Asks the relay that has the agent's seat to find out whether the desk is still there, and to free the seat if not. */
  *doubt(agent: string): Work<void> {
    const row = yield* this.occupied(agent);
    if (row !== undefined && row.relay !== this.relay) yield* this.evict(row.relay, { agent, desk: row.desk }, true);
  }

  /** Seats this relay lost, or that are in doubt, since it last asked. */
  *lost(): Work<(Seat & { doubted: boolean })[]> {
    const rows = yield* all<{ agent: string; desk: string; doubted: number }>(
      'DELETE FROM evictions WHERE relay = ? RETURNING agent, desk, doubted',
      this.relay,
    );
    return rows.map(({ agent, desk, doubted }) => ({ agent, desk, doubted: doubted === 1 }));
  }

  /** Whether a desk of the agent is connected, and its person can be brought a call. */
  *isPresent(agent: string): Work<boolean> {
    return (yield* get(`SELECT 1 AS present WHERE ${this.presentSql('?')}`, agent)) !== undefined;
  }

  /** The same as a condition. @param agent a column or a parameter */
  presentSql(agent: string): string {
    return `EXISTS (SELECT 1 FROM agents JOIN seats ON seats.agent = agents.id JOIN relays ON relays.id = seats.relay
      WHERE agents.id = ${agent} AND relays.until > ${this.dialect.now} AND agents.state IN (${PRESENT}))`;
  }

  /** Everybody with what they do, in order of their ids. */
  *presences(): Work<AgentPresence[]> {
    const rows = yield* all<PresenceRow>(
      `SELECT agents.id, agents.name, agents.numbers, agents.queues, agents.role, agents.since, agents.state,
         agents.state_since, seats.since AS seated, seats.relay AS seat
       FROM agents LEFT JOIN (seats JOIN relays ON relays.id = seats.relay AND relays.until > ${this.dialect.now})
         ON seats.agent = agents.id
       ORDER BY agents.id`,
    );
    return rows.map((row) => {
      const since = Math.max(row.state_since ?? 0, row.seated ?? 0);
      const connected = row.seat !== null;
      return { agent: recordOf(row), connected, state: row.state, ...(connected && since > 0 ? { since } : {}) };
    });
  }

  *setState(agent: string, state: AgentState): Work<void> {
    yield* run(
      `UPDATE agents SET state = ?, state_since = CASE WHEN state = ? THEN state_since ELSE ${this.dialect.now} END
       WHERE id = ?`,
      state,
      state,
      agent,
    );
  }

  private *occupied(agent: string): Work<SeatRow | undefined> {
    const { now, forUpdate } = this.dialect;
    return yield* get<SeatRow>(
      `SELECT relay, desk, instance, (SELECT count(*) FROM relays WHERE id = seats.relay AND until > ${now}) AS alive
       FROM seats WHERE agent = ? ${forUpdate}`,
      agent,
    );
  }

  private mayTake(row: SeatRow, { instance, takeover }: SeatRequest): boolean {
    const same = instance !== undefined && row.instance === instance;
    // Whether another desk of this relay gives way, this relay has decided before it asked.
    return takeover || same || row.relay === this.relay || row.alive === 0;
  }

  private *evict(relay: string, { agent, desk }: Seat, doubted: boolean): Work<void> {
    yield* run(
      `INSERT INTO evictions (relay, agent, desk, doubted) VALUES (?, ?, ?, ?)
       ON CONFLICT (relay, agent, desk) DO UPDATE SET doubted = excluded.doubted`,
      relay,
      agent,
      desk,
      doubted ? 1 : 0,
    );
    yield* this.dialect.tellRelays(this.relay);
  }
}
