/** The VInfer Neuron platform, played from its documents: `/vinfer/v1/*` and signed webhooks. */
import type { FastifyInstance } from 'fastify';
import type { PracticeConfig } from '../config';
import type { Journal } from '../journal';
import { vinferError } from '../rest/answers';
import { createGate, type Gate } from '../rest/gate';
import { IdempotencyKeys } from '../rest/idempotency';
import type { Stage } from '../stage';
import { VinferAccount } from './account';
import { Dialler } from './dialler';
import { VinferPlayer } from './player';
import { VinferPublisher } from './publisher';
import { callRoutes } from './routes-calls';
import { campaignRoutes } from './routes-campaigns';

export function mountVinfer(
  app: FastifyInstance,
  stage: Stage,
  journal: Journal,
  config: NonNullable<PracticeConfig['platforms']['vinfer']>,
): { player: VinferPlayer; gate: Gate } {
  const account = new VinferAccount(stage.clock);
  const publisher = new VinferPublisher(stage, config.secret);
  const player = new VinferPlayer(stage, account, publisher);
  const dialler = new Dialler(stage, account, player, publisher);
  const keys = new IdempotencyKeys(stage.clock);
  const gate = createGate(app, {
    platform: 'vinfer',
    clock: stage.clock,
    journal,
    presented: (request) => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '',
    key: config.api_key,
    perMinute: config.requests_per_minute,
    rateHeaders: true,
    refusals: {
      unauthorized: (reply) => vinferError(reply, 401, 'unauthorized', 'The API key is missing or wrong.'),
      rateLimited: (reply) => vinferError(reply, 429, 'rate_limited', 'Too many requests.'),
      unavailable: (reply) => vinferError(reply, 503, 'unavailable', 'Try again later.'),
    },
  });
  callRoutes(app, { stage, account, player, keys, offers: config.offers });
  campaignRoutes(app, { account, dialler, publisher, keys });
  app.setNotFoundHandler(async (_request, reply) => vinferError(reply, 404, 'not_found', 'No such route.'));
  return { player, gate };
}
