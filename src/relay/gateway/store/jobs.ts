/** Learned capabilities, marks and transcripts to fetch. */
import { all, get, run, type Work } from '../../store/sql';
import type { Capability, TranscriptJob } from '../store-port';

/** Mark of how far the log was read for transcripts. */
export const TRANSCRIPT_MARK = 'transcripts.offset';

export class JobTables {
  *capabilities(): Work<Capability[]> {
    const rows = yield* all<{ platform: string; name: string; supported: number; learned: number }>(
      'SELECT platform, name, supported, learned FROM platform_capabilities',
    );
    return rows.map(({ platform, name, supported, learned }) => ({
      platform,
      name,
      supported: supported === 1,
      learned,
    }));
  }

  *putCapability({ platform, name, supported, learned }: Capability): Work<void> {
    yield* run(
      `INSERT INTO platform_capabilities (platform, name, supported, learned) VALUES (?, ?, ?, ?)
       ON CONFLICT (platform, name) DO UPDATE SET supported = excluded.supported, learned = excluded.learned`,
      platform,
      name,
      supported ? 1 : 0,
      learned,
    );
  }

  *mark(name: string): Work<number | null> {
    return (yield* get<{ value: number }>('SELECT value FROM gateway_marks WHERE name = ?', name))?.value ?? null;
  }

  /** All whose name begins so. */
  *marks(prefix: string): Work<{ name: string; value: number }[]> {
    return yield* all<{ name: string; value: number }>(
      'SELECT name, value FROM gateway_marks WHERE substr(name, 1, ?) = ?',
      ...[prefix.length, prefix],
    );
  }

  *putMark(name: string, value: number): Work<void> {
    yield* run(
      'INSERT INTO gateway_marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  }

  *queueTranscripts(jobs: readonly TranscriptJob[], readUpTo: number): Work<void> {
    for (const { call, url, attempts, due } of jobs) {
      yield* run(
        'INSERT INTO transcript_jobs (call, url, attempts, due) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        call,
        url,
        attempts,
        due,
      );
    }
    yield* this.putMark(TRANSCRIPT_MARK, readUpTo);
  }

  *dueTranscripts(now: number, limit: number): Work<TranscriptJob[]> {
    const rows = yield* all<TranscriptJob>(
      'SELECT call, url, attempts, due FROM transcript_jobs WHERE due <= ? ORDER BY due LIMIT ?',
      now,
      limit,
    );
    return rows.map(({ call, url, attempts, due }) => ({ call, url, attempts, due }));
  }

  *endTranscript(
    { call, url }: Pick<TranscriptJob, 'call' | 'url'>,
    next?: { attempts: number; due: number },
  ): Work<void> {
    if (next === undefined) {
      yield* run('DELETE FROM transcript_jobs WHERE call = ? AND url = ?', call, url);
      return;
    }
    yield* run(
      'UPDATE transcript_jobs SET attempts = ?, due = ? WHERE call = ? AND url = ?',
      next.attempts,
      next.due,
      call,
      url,
    );
  }

  *nextTranscriptDue(): Work<number | null> {
    return (yield* get<{ due: number | null }>('SELECT min(due) AS due FROM transcript_jobs'))?.due ?? null;
  }
}
