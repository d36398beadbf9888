/** `Idempotency-Key` as VInfer documents it: the same key within 24 hours gets the first answer again, and acts once. */
import type { Clock } from '../clock';

const KEPT_MS = 24 * 3_600_000;

export interface Remembered {
  status: number;
  body: unknown;
}

export class IdempotencyKeys {
  private readonly answers = new Map<string, { request: string; at: number; answer: Remembered }>();

  constructor(private readonly clock: Clock) {}

  /** Runs `act` unless this key already did. `conflict`: the key belongs to another request. */
  once(key: string | undefined, request: unknown, act: () => Remembered): Remembered | 'conflict' {
    if (key === undefined) return act();
    const known = this.answers.get(key);
    const fingerprint = JSON.stringify(request);
    if (known !== undefined && this.clock.since(known.at) < KEPT_MS) {
      return known.request === fingerprint ? known.answer : 'conflict';
    }
    const answer = act();
    // Only what was done is remembered: a refused request may be corrected under the same key.
    if (answer.status < 300) this.answers.set(key, { request: fingerprint, at: this.clock.now(), answer });
    return answer;
  }
}
