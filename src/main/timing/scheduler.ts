/** Time as a parameter: what waits or reads a clock takes one of these, so that tests own the time. */
export interface Scheduler {
  /** Epoch ms on this computer's clock. */
  now(): number;
  /** Runs `run` once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const realScheduler: Scheduler = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
