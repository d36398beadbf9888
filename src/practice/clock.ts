/** Time on the practice floor. Instants are real; waits are scaled, so that hours of retries can be played in seconds. */
export interface Clock {
  /** Real milliseconds per millisecond of the floor's time. */
  readonly scale: number;
  /** Real epoch milliseconds. */
  now(): number;
  /** Runs `run` once `nominalMs` of the floor's time have passed. Returns what cancels it. */
  after(nominalMs: number, run: () => void): () => void;
  /** Milliseconds of the floor's time since a real instant. */
  since(instant: number): number;
  /** Cancels everything still waiting. */
  stop(): void;
}

/** setTimeout fires at once above this (2^31 - 1 ms, about 24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock over the system's, whose waits last `scale` times as long (1 is real time, 0.01 a hundredth). */
export function systemClock(scale: number): Clock {
  const waiting = new Set<NodeJS.Timeout>();
  return {
    scale,
    now: () => Date.now(),
    after: (nominalMs, run) => {
      const timer = setTimeout(
        () => {
          waiting.delete(timer);
          run();
        },
        Math.min(Math.max(0, nominalMs * scale), LONGEST_TIMER_MS),
      );
      waiting.add(timer);
      return () => {
        clearTimeout(timer);
        waiting.delete(timer);
      };
    },
    since: (instant) => (Date.now() - instant) / scale,
    stop: () => {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
