/** The rooms behind "may I call?": the check with its facts, the own do-not-call list, and the registers. */
import type { DncEntry } from '../../shared/contract/dnc';
import { askFacts } from '../dialling/known-facts';
import { createDialling, type Dialling } from '../dialling/dialling';
import { overduePacks } from '../dialling/packs';
import { StopForwarder } from '../dnc/forwarder';
import { RegisterImporter } from '../dnc/import-register';
import type { NewEntry } from '../dnc/port';
import type { DncDeps } from '../dnc/routes';
import { StopReader } from '../dnc/stop-reader';
import type { DispositionMapping } from './dispositions/mapping';
import type { GatewayDeps } from './gateway';
import type { PlatformClient } from './platform-client/client';

export interface Calling {
  dialling: Dialling;
  stops: StopReader;
  dnc: DncDeps;
  start(): void;
  stop(): Promise<void>;
}

/** Where a new stop must go. The platform whose own AI heard it has it already. */
function platformsFor(clients: ReadonlyMap<string, PlatformClient>) {
  return ({ call, origin }: { call?: string; origin: DncEntry['origin'] }): NewEntry['platforms'] =>
    [...clients].map(([platform, client]) => {
      const itsOwn = origin !== 'agent' && call?.startsWith(`${platform}:`) === true;
      return { platform, state: itsOwn ? 'written' : client.can('suppress') ? 'pending' : 'unsupported' };
    });
}

/** @throws PackError or ZodError when what the build brought is broken */
export function createCalling(
  deps: GatewayDeps,
  clients: ReadonlyMap<string, PlatformClient>,
  mapping: DispositionMapping,
): Calling {
  const { store, clock, random, log, settings } = deps;
  const { seller } = settings.dialling;
  const forwarder = new StopForwarder({ store: store.dnc, duty: store, clients, clock, random, log });
  const recorded = () => forwarder.kick();
  const whereTo = platformsFor(clients);
  const meansStop = (platform: string, value: string) => mapping.find(platform, value)?.dnc !== undefined;
  const stops = new StopReader({ store, meansStop, platformsFor: whereTo, recorded, clock, log });
  const failed = (error: unknown) => log.warn({ err: error }, 'the do-not-call list could not be asked');
  const stopsRead = () => stops.caughtUp();
  const dialling = createDialling(askFacts({ log: store.gateway, store: store.dialling, stopsRead, failed }), seller);
  for (const { id, version, review_by } of overduePacks(dialling.packs, clock.now())) {
    log.warn({ pack: id, version, review_by }, 'a policy pack is past its review date');
  }
  const importer = new RegisterImporter(store.dnc, clock);
  const { packs } = dialling;
  return {
    dialling,
    stops,
    dnc: { store: store.dnc, importer, packs, seller, platformsFor: whereTo, recorded, clock },
    start: () => {
      stops.start();
      forwarder.start();
      importer
        .tidy()
        .catch((error: unknown) => log.warn({ err: error }, 'old copies of registers could not be removed'));
    },
    stop: async () => {
      await Promise.all([stops.stop(), forwarder.stop()]);
    },
  };
}
