/** The REST gateway as a part of the relay: routes under `/v1`, and the work that goes on behind them. */
import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platforms/api';
import { checkRoutes } from '../check/routes';
import { consentRoutes } from '../consents/routes';
import { createCrm } from '../crm/register';
import { dialCheckRoutes } from '../dialling/route';
import { dncRoutes } from '../dnc/routes';
import { floorRoute } from '../floor/route';
import { inviteRoutes } from '../invites/routes';
import { createCalling } from './calling';
import { createLeadsInHand } from '../leads/in-hand';
import type { ImportDesk } from '../leads/import/desk';
import { registerLeads, type RegisteredLeads } from '../leads/register';
import { CampaignKeeper } from './campaigns/keeper';
import { CatchUp } from './catch-up/catch-up';
import { createMapping } from './dispositions/mapping';
import { DispositionWriter } from './dispositions/writer';
import { GATEWAY_TIMINGS, type Gateway, type GatewayDeps } from './gateway';
import { createAuthenticator } from './http/authenticate';
import { Problem, toProblem } from './http/problem';
import { sendRate } from './http/rate-headers';
import { createRouter } from './http/router';
import { IdempotencyGuard } from './idempotency/guard';
import { CapabilityBook } from './platform-client/capabilities';
import { openClients } from './platform-client/open';
import { callingRoutes } from './routes/calling';
import { campaignRoutes } from './routes/campaigns';
import { contactRoute } from './routes/contacts';
import { deliveryRoutes } from './routes/deliveries';
import { dispositionRoutes } from './routes/disposition';
import { readCallRoutes } from './routes/read-calls';
import { startCallRoute } from './routes/start-call';
import { statsRoute } from './routes/stats';
import { webhookAdminRoutes } from './routes/webhooks';
import { StartFollower } from './starts/follower';
import { StartWatcher } from './starts/watcher';
import { TranscriptFetcher } from './transcripts/fetcher';
import { createWebhookDesk, type WebhookDesk } from './webhook-desk';

export interface RegisteredGateway {
  /** Begins the work behind the routes: outcomes still to be written, transcripts to fetch, calls that were missed. */
  start(): void;
  /** An outcome is to be brought to a CRM now. */
  crmChanged(): void;
  imports(): ImportDesk;
  webhooks: WebhookDesk;
  /** Finishes what is under way. Call before the store is closed, after requests have ended. */
  stop(): Promise<void>;
}

/** Errors and unknown addresses as problem details. */
function answerProblems(scope: FastifyInstance, { log }: Pick<GatewayDeps, 'log'>): void {
  scope.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      const route = request.routeOptions.url ?? 'unknown';
      log.warn({ err: problem.cause ?? problem, code: problem.code, route }, 'request failed');
    }
    const { retryAfterS } = problem.extras;
    if (retryAfterS !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterS)));
    if (problem.cause instanceof PlatformError) sendRate(reply, problem.cause.details.rate);
    if (problem.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer');
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem.body()));
  });
  scope.setNotFoundHandler(() => {
    throw new Problem('not_found', 'No such address');
  });
}

/** JSON, and registers as they are; an empty body counts as none, whatever its content type says. */
function acceptJson(scope: FastifyInstance): void {
  const json = scope.getDefaultJsonParser('error', 'error');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length > 0) return json(request, body.toString(), done);
    done(null, undefined);
  });
  // Left to the route to read: a register is larger than memory. Others see that it is not what they take.
  scope.addContentTypeParser(['text/csv', 'text/plain'], (_request, body, done) => done(null, body));
}

/** Registers the routes. @throws StoreError when what was learned before cannot be read */
export async function registerGateway(app: FastifyInstance, given: GatewayDeps): Promise<RegisteredGateway> {
  const deps = { leads: createLeadsInHand(given.store.leads), ...given };
  const timings = { ...GATEWAY_TIMINGS, ...deps.timings };
  const capabilities = new CapabilityBook(deps.store.gateway, deps.clock);
  await capabilities.load();
  const clients = openClients(deps, capabilities, timings);
  const background = { store: deps.store, clients, clock: deps.clock, random: deps.random, log: deps.log };
  const dispositions = createMapping(deps.settings.dispositions);
  const { gateway: writes, shared } = deps.store;
  const writer = new DispositionWriter({ ...background, store: writes, shared, mapping: dispositions });
  const follower = new StartFollower();
  const watcher = new StartWatcher({ ...background, store: deps.store });
  const calling = createCalling(deps, clients, dispositions);
  const crm = createCrm(deps, dispositions);
  const catchUp = new CatchUp(background);
  const transcripts = new TranscriptFetcher(background);
  const guard = new IdempotencyGuard(deps.store.gateway, deps.clock);
  const { dialling, stops } = calling;
  const gateway: Gateway = { deps, timings, clients, guard, writer, follower, watcher, dialling, dispositions, stops };
  const webhooks = createWebhookDesk({ clients, platforms: deps.platforms });
  let leads: RegisteredLeads | undefined;
  let keeper: CampaignKeeper | undefined;

  await app.register(
    (scope, _options, done) => {
      acceptJson(scope);
      answerProblems(scope, deps);
      const router = createRouter(scope, createAuthenticator(deps.store, deps.clock));
      startCallRoute(router, gateway);
      readCallRoutes(router, gateway);
      dispositionRoutes(router, gateway);
      contactRoute(router, gateway);
      webhookAdminRoutes(router, gateway, webhooks);
      if (deps.deliveries !== undefined) deliveryRoutes(router, deps.deliveries);
      if (deps.invites !== undefined) inviteRoutes(router, scope, deps.invites, deps.clock);
      if (deps.checks !== undefined) checkRoutes(router, deps.checks, deps.clock);
      statsRoute(router, gateway);
      callingRoutes(router, gateway);
      dialCheckRoutes(router, dialling, deps.clock);
      dncRoutes(router, calling.dnc);
      crm.routes(router);
      consentRoutes(router, { store: deps.store.consents, seller: deps.settings.dialling.seller, clock: deps.clock });
      const { store, clock, log, reader } = deps;
      leads = registerLeads(router, {
        ...{ store, dialling, settings: given.settings.dialling },
        ...{ dnc: calling.dnc, clock, log, reader, guard },
        platforms: [...clients.values()]
          .filter((client) => client.can('startCall'))
          .map(({ traits: { name, label } }) => ({ name, label })),
      });
      if (deps.floor !== undefined) floorRoute(router, deps.floor, leads.left, clock);
      const { campaignFiles: files, imports, begin } = leads;
      const minding = new CampaignKeeper({ ...background, hours: begin, lookMs: timings.hoursLookMs });
      keeper = minding;
      campaignRoutes(router, gateway, { files, imports, begin, minded: () => minding.kick() });
      done();
    },
    { prefix: '/v1' },
  );

  return {
    webhooks,
    crmChanged: () => crm.kick(),
    imports: () => {
      if (leads === undefined) throw new Error('the routes are not registered');
      return leads.imports;
    },
    start: () => {
      writer.start();
      watcher.start();
      calling.start();
      crm.start();
      transcripts.start();
      catchUp.start();
      leads?.start();
      keeper?.start();
    },
    stop: async () => {
      for (const client of clients.values()) client.close();
      follower.stop();
      await guard.drained();
      await Promise.all([
        writer.stop(),
        watcher.stop(),
        calling.stop(),
        crm.stop(),
        catchUp.stop(),
        transcripts.stop(),
        leads?.stop(),
        keeper?.stop(),
      ]);
    },
  };
}
