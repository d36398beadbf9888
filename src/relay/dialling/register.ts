/** "May I call?" as a part of the REST gateway. */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Router } from '../gateway/http/router';
import type { GatewayStore } from '../gateway/store-port';
import { createDialling } from './dialling';
import { factsOfStore } from './known-facts';
import { overduePacks } from './packs';
import { dialCheckRoutes } from './route';

export interface DiallingDeps {
  store: Pick<GatewayStore, 'callsOfPhone' | 'isDncPhone'>;
  clock: Clock;
  log: Logger;
}

/** @throws PackError or ZodError when what the build brought is broken */
export function registerDialling(router: Router, { store, clock, log }: DiallingDeps): void {
  const dialling = createDialling(
    factsOfStore(store, (error) => log.warn({ err: error }, 'the do-not-call list could not be asked')),
  );
  for (const { id, version, review_by } of overduePacks(dialling.packs, clock.now())) {
    log.warn({ pack: id, version, review_by }, 'a policy pack is past its review date');
  }
  dialCheckRoutes(router, dialling, clock);
}
