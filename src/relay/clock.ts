/** Time comes in as a parameter: wall time for what is written down, monotonic time for how long something took. */
export interface Clock {
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds from an arbitrary start; never jumps. */
  readonly monotonic: () => number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
