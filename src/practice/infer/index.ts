/** The Infer platform: `POST /infer/api/calls/start_outbound_call` and live events to a secret path. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PracticeConfig } from '../config';
import type { Journal } from '../journal';
import { E164, firstProblem } from '../rest/answers';
import { createGate, type Gate } from '../rest/gate';
import type { Stage } from '../stage';
import { InferPlayer } from './player';

/** No limit is documented; this one is generous and finite. */
const PER_MINUTE = 600;

const startSchema = z.looseObject({
  voice_agent_id: z.string().min(1),
  prompt_values: z.record(z.string(), z.unknown()).default({}),
  to_phone: z.string().regex(E164, 'not an E.164 number'),
});

const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.status(status).send({ status: 'error', message });

export function mountInfer(
  app: FastifyInstance,
  stage: Stage,
  journal: Journal,
  config: NonNullable<PracticeConfig['platforms']['infer']>,
): { player: InferPlayer; gate: Gate } {
  const player = new InferPlayer(stage, config.path_secret);
  const gate = createGate(app, {
    platform: 'infer',
    clock: stage.clock,
    journal,
    // The key stands alone, without a scheme.
    presented: (request) => request.headers.authorization ?? '',
    key: config.api_key,
    perMinute: PER_MINUTE,
    rateHeaders: false,
    refusals: {
      unauthorized: (reply) => refuse(reply, 401, 'Unauthorized'),
      rateLimited: (reply) => refuse(reply, 429, 'Too many requests'),
      unavailable: (reply) => refuse(reply, 503, 'Service unavailable'),
    },
  });

  app.post('/api/calls/start_outbound_call', async (request, reply) => {
    const body = startSchema.safeParse(request.body);
    if (!body.success) return refuse(reply, 400, firstProblem(body.error));
    const { to_phone: phone, prompt_values: values } = body.data;
    const name = typeof values.name === 'string' ? values.name : undefined;
    const call = player.dial(player.casting.personAt(phone, name));
    return reply.send({ status: 'success', message: 'Outbound call started', call_id: call });
  });
  app.setNotFoundHandler(async (_request, reply) => refuse(reply, 404, 'Not found'));
  return { player, gate };
}
