/** Failed authentications per address: enough for a person's mistakes, not for a machine's guesses. */
import type { Clock } from '../../clock';

/** Failures that an address may make within the window. */
const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;
/** Addresses remembered at once: bounds memory against a flood from everywhere; the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000;

export class FailureThrottle {
  private readonly failures = new Map<string, { since: number; count: number }>();

  constructor(private readonly clock: Clock) {}

  /** Seconds until this address may try again; 0 when it may now. */
  waitS(address: string): number {
    const known = this.current(address);
    if (known === undefined || known.count < MAX_FAILURES) return 0;
    return Math.max(1, Math.ceil((known.since + WINDOW_MS - this.clock.monotonic()) / 1000));
  }

  failed(address: string): void {
    const known = this.current(address);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.failures.size >= MAX_ADDRESSES) {
      const [oldest] = this.failures.keys();
      if (oldest !== undefined) this.failures.delete(oldest);
    }
    this.failures.set(address, { since: this.clock.monotonic(), count: 1 });
  }

  private current(address: string): { since: number; count: number } | undefined {
    const known = this.failures.get(address);
    if (known === undefined || this.clock.monotonic() - known.since < WINDOW_MS) return known;
    this.failures.delete(address);
    return undefined;
  }
}
