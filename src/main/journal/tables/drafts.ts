/** Drafts of outcomes, one per call, exactly as typed. */
import { draftSchema, type OutcomeDraft } from '../../../shared/contract/outcomes';
import type { Sqlite } from '../sqlite';

export interface DraftRow {
  call: string;
  /** Counts the keystrokes; a smaller one never replaces a greater one. */
  rev: number;
  form: OutcomeDraft;
}

export class DraftTable {
  constructor(private readonly database: Sqlite) {}

  put({ call, rev, form }: DraftRow, at: number): void {
    this.database.run(
      `INSERT INTO drafts (call, rev, form, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (call) DO UPDATE SET rev = excluded.rev, form = excluded.form, at = excluded.at
       WHERE excluded.rev > drafts.rev`,
      call,
      rev,
      JSON.stringify(form),
      at,
    );
  }

  get(call: string): DraftRow | null {
    const row = this.database.get<{ rev: number; form: string }>('SELECT rev, form FROM drafts WHERE call = ?', call);
    if (row === undefined) return null;
    const form = draftSchema.safeParse(JSON.parse(row.form));
    return form.success ? { call, rev: row.rev, form: form.data } : null;
  }

  calls(): string[] {
    return this.database.all<{ call: string }>('SELECT call FROM drafts ORDER BY at DESC').map(({ call }) => call);
  }

  remove(call: string): void {
    this.database.run('DELETE FROM drafts WHERE call = ?', call);
  }
}
