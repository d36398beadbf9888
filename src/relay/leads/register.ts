/** The preview dialer as a part of the relay: lists, the line, verbs, callbacks, imports, and the work behind them. */
import type { Logger } from 'pino';
import { createCallbackDesk, type CallbackDesk } from '../callbacks/service';
import { callbackRoutes } from '../callbacks/routes';
import type { Clock } from '../clock';
import type { DialSettings } from '../dialling/config';
import type { Dialling } from '../dialling/dialling';
import { loadPlaceTables } from '../dialling/place-tables';
import { createPlaceFinder } from '../dialling/places';
import type { DncDeps } from '../dnc/routes';
import type { IdempotencyGuard } from '../gateway/idempotency/guard';
import type { Router } from '../gateway/http/router';
import type { Store } from '../store/port';
import { createDialCheck } from '../../shared/lib/dialling/check';
import { createLaneJudge } from './hours';
import { createCampaignFiles, type CampaignFiles } from './import/campaign-files';
import { commonEnd, commonStart, type BeginDeps } from './import/campaign-hours';
import { contactRules } from './import/contact-rules';
import type { ImportDesk } from './import/desk';
import { importRoutes } from './import/routes';
import { createImportService } from './import/service';
import { inlineReader, type OpenReader } from './import/thread';
import { createLeadsLeft, type LeadsLeft } from './left';
import { createLine } from './line';
import { createListBook, type ListBook } from './list-book';
import { createListDesk } from './lists';
import { leadRoutes } from './routes';
import { createUpkeep, type Upkeep } from './upkeep';
import { createVerbDesk } from './verbs';
import { createVerdicts } from './verdicts';

export interface LeadDeps {
  store: Pick<Store, 'leads' | 'leadImports' | 'consents' | 'callbacks' | 'gateway' | 'agents' | 'onDuty' | 'shared'>;
  dialling: Dialling;
  settings: Pick<DialSettings, 'callbacks' | 'purpose'>;
  dnc: DncDeps;
  clock: Clock;
  log: Logger;
  reader?: OpenReader | undefined;
  guard: Pick<IdempotencyGuard, 'once'>;
  /** Those that can start calls. */
  platforms: readonly { name: string; label: string }[];
}

export interface RegisteredLeads extends Pick<Upkeep, 'start' | 'stop'> {
  lists: ListBook;
  callbacks: CallbackDesk;
  imports: ImportDesk;
  campaignFiles: CampaignFiles;
  /** When a campaign may run, and whom it may call then. */
  begin: BeginDeps;
  left: LeadsLeft;
}

export function registerLeads(
  router: Router,
  { store, dialling, settings, dnc, clock, log, reader, guard, platforms }: LeadDeps,
): RegisteredLeads {
  const lists = createListBook(store.leads, clock);
  const verdicts = createVerdicts(dialling);
  const judge = createLaneJudge(dialling.packs, createDialCheck(dialling.packs));
  const upkeep = createUpkeep({
    ...{ store: store.leads, callbacks: store.callbacks, promises: settings.callbacks, lists, verdicts, clock, log },
    duty: store,
  });
  const line = createLine({ store: store.leads, lists, verdicts, judge, clock, screen: (list) => upkeep.screen(list) });
  const callbacks = createCallbackDesk({
    store: store.callbacks,
    leads: store.leads,
    lists,
    calls: store.gateway,
    dialling,
    places: createPlaceFinder(loadPlaceTables()),
    purpose: settings.purpose,
    clock,
  });
  const verbs = createVerbDesk({ store: store.leads, lists, callbacks, dnc, clock });
  const desk = createListDesk({ store: store.leads, imports: store.leadImports, lists, clock });
  leadRoutes(router, { store: store.leads, line, verbs, lists, desk, judge, platforms, now: () => clock.now() });
  callbackRoutes(router, {
    desk: callbacks,
    agents: async () => (await store.agents()).map(({ id, name }) => ({ id, name })),
  });
  const { seller } = dnc;
  const rules = contactRules(dialling, clock);
  const common = commonStart(judge);
  const begin = { rules, common, closes: commonEnd(common), clock };
  const imports = createImportService({
    ...{ store: store.leadImports, lists, packs: dialling.packs, rules, reader, seller, clock, log },
    published: (list) => upkeep.screen(list),
  });
  importRoutes(router, imports.desk, guard);
  const campaignFiles = createCampaignFiles({
    ...{
      store: store.leadImports,
      open: reader ?? inlineReader,
      lists,
      begin,
      consents: store.consents,
      seller,
      clock,
    },
    dropFile: (row) => imports.dropFile(row),
  });
  return {
    lists,
    callbacks,
    imports: imports.desk,
    campaignFiles,
    begin,
    left: createLeadsLeft({ store: store.leads, lists, judge, clock }),
    start: () => {
      upkeep.start();
      imports.start();
    },
    stop: async () => {
      await Promise.all([imports.stop(), upkeep.stop()]);
    },
  };
}
