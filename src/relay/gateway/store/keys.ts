/**
 * Idempotency keys. A key belongs to the relay that is doing the request; once that relay is gone, what it had sent is
 * unclear, and what it had not is free to be done by another.
 */
import type { Log } from '../../store/log';
import { get, run, type Work } from '../../store/sql';
import type { KeyEnd, KeyRequest, KeyState } from '../store-port';

interface KeyRow {
  fingerprint: string;
  state: 'taken' | 'sending' | 'unclear' | 'completed';
  status: number | null;
  body: string | null;
  /** Another relay that is alive has it. */
  busy: number;
}

export class KeyTable {
  constructor(private readonly log: Pick<Log, 'relay' | 'dialect'>) {}

  *begin({ agent, key, fingerprint, now, expires }: KeyRequest): Work<KeyState> {
    const { relay, dialect } = this.log;
    yield* run('DELETE FROM idempotency_keys WHERE expires <= ?', now);
    const row = yield* get<KeyRow>(
      `SELECT fingerprint, state, status, body,
         (SELECT count(*) FROM relays WHERE relays.id = owner AND owner <> ? AND until > ${dialect.now}) AS busy
       FROM idempotency_keys WHERE agent = ? AND key = ?`,
      relay,
      agent,
      key,
    );
    if (row === undefined) {
      yield* run(
        "INSERT INTO idempotency_keys (agent, key, fingerprint, state, expires, owner) VALUES (?, ?, ?, 'taken', ?, ?)",
        agent,
        key,
        fingerprint,
        expires,
        relay,
      );
      return { state: 'fresh' };
    }
    if (row.fingerprint !== fingerprint) return { state: 'reused' };
    switch (row.state) {
      case 'taken':
        if (row.busy > 0) return { state: 'in_use' };
        yield* run('UPDATE idempotency_keys SET owner = ? WHERE agent = ? AND key = ?', relay, agent, key);
        return { state: 'fresh' };
      case 'sending':
        // Whoever sent it was killed before the answer was recorded.
        return { state: row.busy > 0 ? 'in_use' : 'unclear' };
      case 'unclear':
        return { state: 'unclear' };
      case 'completed':
        return { state: 'completed', answer: { status: row.status ?? 0, body: row.body ?? 'null' } };
    }
  }

  /** False when the key is no longer this relay's: it was silent for so long that another took it over. */
  *markSending(agent: string, key: string): Work<boolean> {
    return (yield* this.setState(agent, key, 'sending')) > 0;
  }

  *end(agent: string, key: string, end: KeyEnd): Work<void> {
    switch (end.end) {
      case 'released':
        yield* run(
          'DELETE FROM idempotency_keys WHERE agent = ? AND key = ? AND owner = ?',
          agent,
          key,
          this.log.relay,
        );
        return;
      case 'unclear':
        yield* this.setState(agent, key, 'unclear');
        return;
      case 'completed':
        yield* run(
          "UPDATE idempotency_keys SET state = 'completed', status = ?, body = ? WHERE agent = ? AND key = ? AND owner = ?",
          end.answer.status,
          end.answer.body,
          agent,
          key,
          this.log.relay,
        );
    }
  }

  private *setState(agent: string, key: string, state: KeyRow['state']): Work<number> {
    const { changes } = yield* run(
      'UPDATE idempotency_keys SET state = ? WHERE agent = ? AND key = ? AND owner = ?',
      state,
      agent,
      key,
      this.log.relay,
    );
    return changes;
  }
}
