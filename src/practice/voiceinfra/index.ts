/** The VoiceInfra platform: `POST /voiceinfra/v1/calls/outbound` and one record after each call. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PracticeConfig } from '../config';
import type { Journal } from '../journal';
import { E164, firstProblem } from '../rest/answers';
import { createGate, type Gate } from '../rest/gate';
import type { Stage } from '../stage';
import { VoiceInfraPlayer } from './player';

/** No limit is documented; this one is generous and finite. */
const PER_MINUTE = 600;

const startSchema = z.looseObject({
  agent_id: z.string().min(1),
  from_number: z.string().min(1),
  to_number: z.string().min(1),
  first_message: z.string().optional(),
  context: z.unknown().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});

/** Errors are named in the documents; where the name stands is not. */
const refuse = (reply: FastifyReply, status: number, error: string, message: string): FastifyReply =>
  reply.status(status).send({ error, message });

export function mountVoiceInfra(
  app: FastifyInstance,
  stage: Stage,
  journal: Journal,
  config: NonNullable<PracticeConfig['platforms']['voiceinfra']>,
): { player: VoiceInfraPlayer; gate: Gate } {
  const player = new VoiceInfraPlayer(stage, config.secret);
  const gate = createGate(app, {
    platform: 'voiceinfra',
    clock: stage.clock,
    journal,
    presented: (request) => {
      const key = request.headers['x-api-key'];
      return typeof key === 'string' ? key : '';
    },
    key: config.api_key,
    perMinute: PER_MINUTE,
    rateHeaders: false,
    refusals: {
      unauthorized: (reply) => refuse(reply, 401, 'unauthorized', 'Missing or invalid API key.'),
      rateLimited: (reply) => refuse(reply, 429, 'rate_limited', 'Too many requests.'),
      unavailable: (reply) => refuse(reply, 503, 'server_error', 'Service unavailable.'),
    },
  });

  app.post('/v1/calls/outbound', async (request, reply) => {
    const body = startSchema.safeParse(request.body);
    if (!body.success) return refuse(reply, 400, 'validation_error', firstProblem(body.error));
    const { to_number: to, from_number: from, agent_id: agent, variables } = body.data;
    if (!E164.test(to)) return refuse(reply, 422, 'invalid_phone', 'to_number is not an E.164 number.');
    const name = typeof variables?.name === 'string' ? variables.name : undefined;
    const call = player.dial(player.casting.personAt(to, name), { direction: 'outbound' }, { line: from, agent });
    return reply.send({ call_id: call, status: 'queued' });
  });
  app.setNotFoundHandler(async (_request, reply) => refuse(reply, 404, 'not_found', 'No such route.'));
  return { player, gate };
}
