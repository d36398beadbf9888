/** Agents and their presence. Kept in memory too: every escalation asks for them. */
import type { AgentRole, AgentState } from '../../shared/contract/desk-protocol';
import type { AgentRecord } from './port';
import { all, get, run, type Work } from './sql';

interface AgentRow {
  id: string;
  name: string;
  numbers: string;
  queues: string;
  role: AgentRole;
  since: number;
  state: AgentState;
  connected: number;
}

export interface Presence {
  connected: boolean;
  state: AgentState;
}

interface Everybody {
  agents: AgentRecord[];
  presence: Map<string, Presence>;
}

const COLUMNS = 'id, name, numbers, queues, role, since, state, connected';

export class AgentTable {
  private cache: Everybody | undefined;

  /** Forgets what is in memory: called after a rollback. */
  reset(): void {
    this.cache = undefined;
  }

  *list(): Work<AgentRecord[]> {
    return (yield* this.everybody()).agents;
  }

  *byToken(tokenHash: string): Work<AgentRecord | null> {
    const row = yield* get<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE token_hash = ?`, tokenHash);
    return row === undefined ? null : recordOf(row);
  }

  *put(agent: AgentRecord, tokenHash: string): Work<AgentRecord> {
    const { id, name, role } = agent;
    const [numbers, queues] = [JSON.stringify(agent.numbers), JSON.stringify(agent.queues)];
    const known = (yield* this.list()).find((other) => other.id === id);
    const sameView = known?.role === role && JSON.stringify(known.queues) === queues;
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
    return (yield* run('DELETE FROM agents WHERE id = ?', id)).changes > 0;
  }

  *setPresence(id: string, presence: { connected: boolean; state?: AgentState }): Work<void> {
    yield* run(
      'UPDATE agents SET connected = ?, state = coalesce(?, state) WHERE id = ?',
      presence.connected ? 1 : 0,
      presence.state ?? null,
      id,
    );
    const known = this.cache?.presence.get(id);
    if (known === undefined) return;
    known.connected = presence.connected;
    known.state = presence.state ?? known.state;
  }

  /** Nobody is connected to a relay that has just started. */
  *forgetPresence(): Work<void> {
    yield* run('UPDATE agents SET connected = 0 WHERE connected = 1');
    this.reset();
  }

  *everybody(): Work<Everybody> {
    if (this.cache !== undefined) return this.cache;
    const rows = yield* all<AgentRow>(`SELECT ${COLUMNS} FROM agents ORDER BY id`);
    const presence = new Map(rows.map((row) => [row.id, { connected: row.connected === 1, state: row.state }]));
    this.cache = { agents: rows.map(recordOf), presence };
    return this.cache;
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
