/** Idempotency keys. */
import { get, run, type Work } from '../../store/sql';
import type { KeyEnd, KeyRequest, KeyState } from '../store-port';

interface KeyRow {
  fingerprint: string;
  state: 'taken' | 'sending' | 'unclear' | 'completed';
  status: number | null;
  body: string | null;
}

export class KeyTable {
  *begin({ agent, key, fingerprint, now, expires }: KeyRequest): Work<KeyState> {
    yield* run('DELETE FROM idempotency_keys WHERE expires <= ?', now);
    const row = yield* get<KeyRow>(
      'SELECT fingerprint, state, status, body FROM idempotency_keys WHERE agent = ? AND key = ?',
      agent,
      key,
    );
    if (row === undefined) {
      yield* run(
        "INSERT INTO idempotency_keys (agent, key, fingerprint, state, expires) VALUES (?, ?, ?, 'taken', ?)",
        agent,
        key,
        fingerprint,
        expires,
      );
      return { state: 'fresh' };
    }
    if (row.fingerprint !== fingerprint) return { state: 'reused' };
    switch (row.state) {
      case 'taken':
        return { state: 'fresh' };
      // Nobody in this process is sending it any more: whoever did was killed before the answer was recorded.
      case 'sending':
      case 'unclear':
        return { state: 'unclear' };
      case 'completed':
        return { state: 'completed', answer: { status: row.status ?? 0, body: row.body ?? 'null' } };
    }
  }

  *markSending(agent: string, key: string): Work<void> {
    yield* this.setState(agent, key, 'sending');
  }

  *end(agent: string, key: string, end: KeyEnd): Work<void> {
    switch (end.end) {
      case 'released':
        yield* run('DELETE FROM idempotency_keys WHERE agent = ? AND key = ?', agent, key);
        return;
      case 'unclear':
        yield* this.setState(agent, key, 'unclear');
        return;
      case 'completed':
        yield* run(
          "UPDATE idempotency_keys SET state = 'completed', status = ?, body = ? WHERE agent = ? AND key = ?",
          end.answer.status,
          end.answer.body,
          agent,
          key,
        );
    }
  }

  private *setState(agent: string, key: string, state: KeyRow['state']): Work<void> {
    yield* run('UPDATE idempotency_keys SET state = ? WHERE agent = ? AND key = ?', state, agent, key);
  }
}
