/** Pops the person put away: call and escalation. They do not come back after a restart. */
import type { Sqlite } from '../sqlite';

export interface Dismissal {
  call: string;
  event: string;
}

export class DismissalTable {
  constructor(private readonly database: Sqlite) {}

  add({ call, event }: Dismissal, at: number): void {
    this.database.run(
      'INSERT INTO dismissals (call, event, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      call,
      event,
      at,
    );
  }

  all(): Dismissal[] {
    return this.database
      .all<{ call: string; event: string }>('SELECT call, event FROM dismissals ORDER BY at')
      .map(({ call, event }) => ({ call, event }));
  }

  prune(before: number): number {
    return this.database.run('DELETE FROM dismissals WHERE at < ?', before);
  }
}
