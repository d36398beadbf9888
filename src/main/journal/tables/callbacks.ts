/** An agent's open callbacks as the relay last told them, so that a promise is kept while the relay is away. */
import type { Sqlite } from '../sqlite';

export class CallbackTable {
  constructor(private readonly database: Sqlite) {}

  /** @param rows JSON; replaces what was kept of this agent */
  keep(agent: string, rows: string, at: number): void {
    this.database.run(
      `INSERT INTO callbacks (agent, rows, at) VALUES (?, ?, ?)
       ON CONFLICT (agent) DO UPDATE SET rows = excluded.rows, at = excluded.at`,
      ...[agent, rows, at],
    );
  }

  /** Of whoever worked here last: before the first connection nobody knows who sits here now. */
  kept(): { agent: string; rows: string } | null {
    const row = this.database.get<{ agent: string; rows: string }>(
      'SELECT agent, rows FROM callbacks ORDER BY at DESC LIMIT 1',
    );
    return row ?? null;
  }
}
