/** Translates between the relay's clock, in which events are stamped, and this computer's, in which windows count. */

export interface RelayClock {
  /** This computer's clock minus the relay's, ms. */
  readonly ahead: number;
  /** Relay's now, epoch ms. */
  now(): number;
  /** An instant of the relay as epoch ms on this computer's clock. */
  local(instant: string): number;
  /** The relay said what time it is between these two local moments; half the round trip is the best guess. */
  correct(serverTime: string, askedAt: number, answeredAt: number): void;
}

export function createRelayClock(localNow: () => number): RelayClock {
  /** Local minus relay, ms. */
  let ahead = 0;
  return {
    get ahead() {
      return ahead;
    },
    now: () => localNow() - ahead,
    local: (instant) => Date.parse(instant) + ahead,
    correct(serverTime, askedAt, answeredAt) {
      ahead = (askedAt + answeredAt) / 2 - Date.parse(serverTime);
    },
  };
}
