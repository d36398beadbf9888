/** An address webhooks go to, with the promises its platform makes about deliveries to it. */
import type { Clock } from '../clock';

export interface Endpoint {
  /** Names the endpoint within the floor; deliveries of one call to one endpoint keep their order. */
  readonly id: string;
  /** Where to post now: the relay may have moved. `forged` asks for an address a stranger would use. */
  url(forged?: boolean): string;
  accepts(status: number): boolean;
  /** Waits before the second, third, … attempt, floor's milliseconds. */
  readonly retriesMs: readonly number[];
  /** What an attempt came to: a long unbroken row of failures switches the endpoint off. */
  report(taken: boolean): void;
  disabled(): boolean;
  enable(): void;
}

export const anySuccess = (status: number): boolean => status >= 200 && status <= 299;
export const exactlyOk = (status: number): boolean => status === 200;

export function createEndpoint(options: {
  id: string;
  clock: Clock;
  url: (forged: boolean) => string;
  accepts: (status: number) => boolean;
  retriesMs: readonly number[];
  /** Floor's milliseconds of nothing but failure after which the platform gives up; absent: never. */
  disableAfterMs?: number;
}): Endpoint {
  const { id, clock, url, accepts, retriesMs, disableAfterMs = Infinity } = options;
  let failingSince: number | undefined;
  let off = false;
  return {
    id,
    url: (forged = false) => url(forged),
    accepts,
    retriesMs,
    report: (taken) => {
      if (taken) {
        failingSince = undefined;
        return;
      }
      failingSince ??= clock.now();
      off ||= clock.since(failingSince) >= disableAfterMs;
    },
    disabled: () => off,
    enable: () => {
      off = false;
      failingSince = undefined;
    },
  };
}
