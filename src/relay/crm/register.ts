/** The CRM connectors as a part of the REST gateway. */
import type { DispositionMapping } from '../gateway/dispositions/mapping';
import type { GatewayDeps } from '../gateway/gateway';
import type { Router } from '../gateway/http/router';
import type { CrmConnector } from './config';
import type { Connector } from './connectors/connector';
import { hubspotConnector } from './connectors/hubspot';
import { salesforceConnector } from './connectors/salesforce';
import { webhookConnector, type ConnectorDeps } from './connectors/webhook';
import { CrmCourier } from './courier';
import { createOutcomeReader } from './outcome-reader';
import { crmRoutes } from './routes';

function connectorOf(config: CrmConnector, deps: ConnectorDeps): Connector {
  switch (config.kind) {
    case 'webhook':
      return webhookConnector(config, deps);
    case 'hubspot':
      return hubspotConnector(config, deps);
    case 'salesforce':
      return salesforceConnector(config, deps);
  }
}

export interface Crm {
  routes(router: Router): void;
  start(): void;
  /** Something is due before its time. */
  kick(): void;
  stop(): Promise<void>;
}

/** Without a connector nothing is read and nothing is kept; the routes answer all the same. */
export function createCrm(deps: GatewayDeps, mapping: DispositionMapping): Crm {
  const { store, clock, random, log, fetch } = deps;
  const configs = deps.settings.crm;
  if (configs.length === 0) {
    return {
      routes: (router) => crmRoutes(router, { store, clock, kick: () => undefined }),
      start: () => undefined,
      kick: () => undefined,
      stop: () => Promise.resolve(),
    };
  }
  const connectors = new Map(configs.map((config) => [config.id, connectorOf(config, { fetch, clock })]));
  const reader = createOutcomeReader({ store, connectors: configs, mapping, clock });
  const courier = new CrmCourier({ store, reader, configs, connectors, clock, random, log });
  return {
    routes: (router) => crmRoutes(router, { store, clock, kick: () => courier.kick() }),
    start: () => courier.start(),
    kick: () => courier.kick(),
    stop: () => courier.stop(),
  };
}
