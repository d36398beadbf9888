/** Agents, and who of them is there. The list is kept in memory for routing: every escalation asks for it. */
import type { AgentRole, AgentState } from '../../shared/contract/desk-protocol';
import { presentStates } from '../desks/presence';
import type { AgentPresence } from '../floor/port';
import type { AgentRecord } from './port';
import { all, get, run, type Dialect, type Work } from './sql';

interface AgentRow {
  id: string;
  name: string;
  numbers: string;
  queues: string;
  role: AgentRole;
  since: number;
}

/** `seat`: the relay that the agent's desk is connected to, if that relay is alive. */
interface PresenceRow extends AgentRow {
  state: AgentState;
  state_since: number | null;
  seated: number | null;
  seat: string | null;
}

const COLUMNS = 'id, name, numbers, queues, role, since';
const PRESENT = [...presentStates].map((state) => `'${state}'`).join(', ');

export class AgentTable {
  private known: AgentRecord[] | undefined;

  constructor(
    private readonly dialect: Pick<Dialect, 'now'>,
    private readonly relay: string,
  ) {}

  /** Forgets what is in memory: called when the table may have changed elsewhere, or did not change after all. */
  reset(): void {
    this.known = undefined;
  }

  /** For routing: read once, until `reset`. */
  *directory(): Work<AgentRecord[]> {
    this.known ??= yield* this.list();
    return this.known;
  }

  *list(): Work<AgentRecord[]> {
    return (yield* all<AgentRow>(`SELECT ${COLUMNS} FROM agents ORDER BY id`)).map(recordOf);
  }

  *roster(): Work<(AgentRecord & { tokenHash: string })[]> {
    const rows = yield* all<AgentRow & { token_hash: string }>(`SELECT ${COLUMNS}, token_hash FROM agents`);
    return rows.map((row) => ({ ...recordOf(row), tokenHash: row.token_hash }));
  }

  *byToken(tokenHash: string): Work<AgentRecord | null> {
    const row = yield* get<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE token_hash = ?`, tokenHash);
    return row === undefined ? null : recordOf(row);
  }

  *put(agent: AgentRecord, tokenHash: string): Work<AgentRecord> {
    const { id, name, role } = agent;
    const [numbers, queues] = [JSON.stringify(agent.numbers), JSON.stringify(agent.queues)];
    const known = yield* get<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE id = ?`, id);
    const sameView = known?.role === role && known.queues === queues;
    const since = sameView ? known.since : agent.since;
    yield* run(
      `INSERT INTO agents (id, name, numbers, queues, role, token_hash, since) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, numbers = excluded.numbers, queues = excluded.queues,
         role = excluded.role, token_hash = excluded.token_hash, since = excluded.since`,
      id,
      name,
      numbers,
      queues,
      role,
      tokenHash,
      since,
    );
    this.reset();
    return { ...agent, since };
  }

  *remove(id: string): Work<boolean> {
    this.reset();
    yield* run('DELETE FROM seats WHERE agent = ?', id);
    return (yield* run('DELETE FROM agents WHERE id = ?', id)).changes > 0;
  }

  /** A desk of the agent is, or no longer is, connected to this relay. */
  *setPresence(id: string, { connected, state }: { connected: boolean; state?: AgentState }): Work<void> {
    const { now } = this.dialect;
    if (state !== undefined) {
      yield* run(
        `UPDATE agents SET state = ?, state_since = CASE WHEN state = ? THEN state_since ELSE ${now} END WHERE id = ?`,
        state,
        state,
        id,
      );
    }
    if (connected) {
      yield* run(
        // Moving on to another relay is no coming and going.
        `INSERT INTO seats (agent, relay, since) VALUES (?, ?, ${now})
         ON CONFLICT (agent) DO UPDATE SET relay = excluded.relay`,
        id,
        this.relay,
      );
    } else yield* run('DELETE FROM seats WHERE agent = ? AND relay = ?', id, this.relay);
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

  /** Whether a desk of the agent is connected to a relay that is alive, and its person can be brought a call. */
  *isPresent(id: string): Work<boolean> {
    const row = yield* get(
      `SELECT 1 FROM agents JOIN seats ON seats.agent = agents.id JOIN relays ON relays.id = seats.relay
       WHERE agents.id = ? AND relays.until > ${this.dialect.now} AND agents.state IN (${PRESENT})`,
      id,
    );
    return row !== undefined;
  }
}

function recordOf(row: AgentRow): AgentRecord {
  return {
    id: row.id,
    name: row.name,
    numbers: JSON.parse(row.numbers) as string[],
    queues: JSON.parse(row.queues) as string[],
    role: row.role,
    since: row.since,
  };
}
