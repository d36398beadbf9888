/** Learned capabilities, marks and transcripts to fetch, on SQLite. */
import type { SqliteDatabase } from '../../store/sqlite/database';
import type { Capability, TranscriptJob } from '../store-port';

/** Mark of how far the log was read for transcripts. */
export const TRANSCRIPT_MARK = 'transcripts.offset';

export class JobTables {
  constructor(private readonly database: SqliteDatabase) {}

  capabilities(): Capability[] {
    return this.database
      .all<{ platform: string; name: string; supported: number; learned: number }>(
        'SELECT platform, name, supported, learned FROM platform_capabilities',
      )
      .map((row) => ({ ...row, supported: row.supported === 1 }));
  }

  putCapability({ platform, name, supported, learned }: Capability): void {
    this.database.run(
      `INSERT INTO platform_capabilities (platform, name, supported, learned) VALUES (?, ?, ?, ?)
       ON CONFLICT (platform, name) DO UPDATE SET supported = excluded.supported, learned = excluded.learned`,
      platform,
      name,
      supported ? 1 : 0,
      learned,
    );
  }

  mark(name: string): number | null {
    return this.database.get<{ value: number }>('SELECT value FROM gateway_marks WHERE name = ?', name)?.value ?? null;
  }

  putMark(name: string, value: number): void {
    this.database.run(
      'INSERT INTO gateway_marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  }

  queueTranscripts(jobs: readonly TranscriptJob[], readUpTo: number): void {
    for (const { call, url, attempts, due } of jobs) {
      this.database.run(
        'INSERT INTO transcript_jobs (call, url, attempts, due) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        call,
        url,
        attempts,
        due,
      );
    }
    this.putMark(TRANSCRIPT_MARK, readUpTo);
  }

  dueTranscripts(now: number, limit: number): TranscriptJob[] {
    return this.database
      .all<TranscriptJob & { _metadata?: unknown }>(
        'SELECT call, url, attempts, due FROM transcript_jobs WHERE due <= ? ORDER BY due LIMIT ?',
        now,
        limit,
      )
      .map(({ call, url, attempts, due }) => ({ call, url, attempts, due }));
  }

  endTranscript({ call, url }: Pick<TranscriptJob, 'call' | 'url'>, next?: { attempts: number; due: number }): void {
    if (next === undefined) {
      this.database.run('DELETE FROM transcript_jobs WHERE call = ? AND url = ?', call, url);
      return;
    }
    this.database.run(
      'UPDATE transcript_jobs SET attempts = ?, due = ? WHERE call = ? AND url = ?',
      next.attempts,
      next.due,
      call,
      url,
    );
  }

  nextTranscriptDue(): number | null {
    return this.database.get<{ due: number | null }>('SELECT min(due) AS due FROM transcript_jobs')?.due ?? null;
  }
}
