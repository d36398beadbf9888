/** Agents and their presence. Kept in memory too: every escalation asks for them. */
import type { AgentRole, AgentState } from '../../../shared/contract/desk-protocol';
import type { AgentRecord } from '../port';
import type { SqliteDatabase } from './database';

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

interface Presence {
  connected: boolean;
  state: AgentState;
}

const COLUMNS = 'id, name, numbers, queues, role, since, state, connected';

export class AgentTable {
  private cache: { agents: AgentRecord[]; presence: Map<string, Presence> } | undefined;

  constructor(private readonly database: SqliteDatabase) {}

  /** Forgets what is in memory: called after a rollback. */
  reset(): void {
    this.cache = undefined;
  }

  list(): AgentRecord[] {
    return this.load().agents;
  }

  presenceOf(id: string): Presence | undefined {
    return this.load().presence.get(id);
  }

  byToken(tokenHash: string): AgentRecord | undefined {
    const row = this.database.get<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE token_hash = ?`, tokenHash);
    return row === undefined ? undefined : recordOf(row);
  }

  put(agent: AgentRecord, tokenHash: string): AgentRecord {
    const { id, name, role } = agent;
    const [numbers, queues] = [JSON.stringify(agent.numbers), JSON.stringify(agent.queues)];
    const known = this.list().find((other) => other.id === id);
    const sameView = known?.role === role && JSON.stringify(known.queues) === queues;
    const since = sameView ? known.since : agent.since;
    this.database.run(
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

  remove(id: string): boolean {
    this.reset();
    return this.database.run('DELETE FROM agents WHERE id = ?', id).changes > 0;
  }

  setPresence(id: string, presence: { connected: boolean; state?: AgentState }): void {
    this.database.run(
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
  forgetPresence(): void {
    this.database.run('UPDATE agents SET connected = 0 WHERE connected = 1');
    this.reset();
  }

  private load(): { agents: AgentRecord[]; presence: Map<string, Presence> } {
    if (this.cache !== undefined) return this.cache;
    const rows = this.database.all<AgentRow>(`SELECT ${COLUMNS} FROM agents ORDER BY id`);
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
