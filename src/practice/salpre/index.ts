/** The Salpre platform: `/salpre/api/gateway/v1/call/{make-call,list}` and a custom webhook with a header. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PracticeConfig } from '../config';
import type { Journal } from '../journal';
import { E164, firstProblem } from '../rest/answers';
import { createGate, type Gate } from '../rest/gate';
import type { Stage } from '../stage';
import type { SalpreCall } from './bodies';
import { SalprePlayer } from './player';

/** No limit is documented; this one is generous and finite. */
const PER_MINUTE = 600;

const startSchema = z.object({
  from: z.string().regex(/^salprebox:.+$/, 'not a salprebox'),
  to: z.string().regex(E164, 'not an E.164 number'),
  agent_id: z.coerce.number().int(),
});
const listSchema = z.object({
  per_page: z.coerce.number().int().min(1).max(100).default(15),
  page: z.coerce.number().int().min(1).default(1),
});

const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.status(status).send({ status: 'error', message });

export function mountSalpre(
  app: FastifyInstance,
  stage: Stage,
  journal: Journal,
  config: NonNullable<PracticeConfig['platforms']['salpre']>,
): { player: SalprePlayer; gate: Gate } {
  const player = new SalprePlayer(stage, config.header);
  acceptForms(app);
  const gate = createGate(app, {
    platform: 'salpre',
    clock: stage.clock,
    journal,
    presented: (request) => {
      const key = request.headers['account-secret-key'];
      return typeof key === 'string' ? key : '';
    },
    key: config.api_key,
    perMinute: PER_MINUTE,
    rateHeaders: false,
    refusals: {
      unauthorized: (reply) => refuse(reply, 401, 'Invalid account secret key'),
      rateLimited: (reply) => refuse(reply, 429, 'Too many requests'),
      unavailable: (reply) => refuse(reply, 503, 'Service unavailable'),
    },
  });

  app.post('/api/gateway/v1/call/make-call', async (request, reply) => {
    // JSON is not what the document asks for: an adapter that sends it must not pass here.
    if (!request.headers['content-type']?.startsWith('multipart/form-data')) {
      return refuse(reply, 415, 'multipart/form-data is required');
    }
    const body = startSchema.safeParse(request.body);
    if (!body.success) return refuse(reply, 422, firstProblem(body.error));
    const { from, to, agent_id: agent } = body.data;
    const call = player.dial(player.casting.personAt(to), { direction: 'outbound' }, { source: from, agent });
    return reply.send({ status: 'success', data: record(call) });
  });

  app.get('/api/gateway/v1/call/list', async (request, reply) => {
    const asked = listSchema.safeParse(request.query);
    if (!asked.success) return refuse(reply, 422, firstProblem(asked.error));
    const { per_page: perPage, page } = asked.data;
    const newestFirst = [...player.calls.values()].reverse();
    const data = newestFirst.slice((page - 1) * perPage, page * perPage).map(record);
    const meta = { per_page: perPage, page, has_next: newestFirst.length > page * perPage };
    return reply.send({ status: 'success', data, meta });
  });
  app.setNotFoundHandler(async (_request, reply) => refuse(reply, 404, 'Not found'));
  return { player, gate };
}

/** Reads forms with what Node brings along; repeated fields keep their last value, files are not expected. */
function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, string | string[] | undefined> }, body: Buffer) => {
      const type = request.headers['content-type'];
      const headers = { 'content-type': typeof type === 'string' ? type : '' };
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- small forms from this machine, limited before they get here
      const form = await new Response(body, { headers }).formData().catch((cause: unknown) => {
        throw Object.assign(new Error('The form does not parse.', { cause }), { statusCode: 400 });
      });
      return Object.fromEntries(form.entries());
    },
  );
}

const iso = (epochMs: number | undefined): string | null =>
  epochMs === undefined ? null : new Date(epochMs).toISOString();

function record(call: SalpreCall): Record<string, unknown> {
  const { startedAt, endedAt } = call;
  return {
    call_id: call.id,
    status: call.status,
    from: call.from,
    to: call.to,
    agent_id: call.agent,
    direction: call.direction,
    source: call.source,
    started_at: iso(startedAt),
    ended_at: iso(endedAt),
    duration_sec: startedAt === undefined || endedAt === undefined ? null : Math.round((endedAt - startedAt) / 1000),
  };
}
