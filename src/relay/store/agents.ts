/** Agents. The list is kept in memory for routing: every escalation asks for it. */
import type { AgentRole } from '../../shared/contract/desk-protocol';
import type { AgentRecord } from './port';
import { all, get, run, type Work } from './sql';

export interface AgentRow {
  id: string;
  name: string;
  numbers: string;
  queues: string;
  role: AgentRole;
  since: number;
}

const COLUMNS = 'id, name, numbers, queues, role, since';

export class AgentTable {
  private known: AgentRecord[] | undefined;

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
}

export function recordOf(row: AgentRow): AgentRecord {
  return {
    id: row.id,
    name: row.name,
    numbers: JSON.parse(row.numbers) as string[],
    queues: JSON.parse(row.queues) as string[],
    role: row.role,
    since: row.since,
  };
}
