/** VInfer: campaigns and webhook registrations. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { E164, firstProblem, vinferError } from '../rest/answers';
import type { IdempotencyKeys } from '../rest/idempotency';
import type { VinferAccount, VinferCampaign } from './account';
import { webhookId, type Dialler } from './dialler';
import type { Subscription, VinferPublisher } from './publisher';
import { campaignRecord, utcSeconds } from './records';
import { oneHeader } from './routes-calls';

/** Limits of the campaigns page: name ≤ 255, contacts ≤ 10,000, attempts 1–5, 240 minutes between them. */
const campaignSchema = z.looseObject({
  name: z.string().min(1).max(255),
  script_id: z.string().default('scr_default'),
  language: z.string().default('en-IN'),
  contacts: z.array(z.looseObject({ phone: z.string().regex(E164), name: z.string().optional() })).max(10_000),
  schedule: z.looseObject({ start: z.iso.datetime({ offset: true }).optional() }).optional(),
  max_attempts: z.int().min(1).max(5).default(1),
  retry_interval_minutes: z.int().min(0).default(240),
});

const EVENTS = [
  '*',
  'call.completed',
  'call.disposition_set',
  'call.escalated',
  'call.transcription_ready',
  'campaign.started',
  'campaign.paused',
  'campaign.completed',
] as const;

/** HTTPS as the platform wants it, or this machine, so that a floor and a relay on one desk can meet. */
function isDeliverable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
const webhookSchema = z.looseObject({
  url: z.url({ protocol: /^https?$/ }).refine(isDeliverable, { message: 'must be https' }),
  events: z.array(z.enum(EVENTS)).min(1),
  secret: z.string().min(1).optional(),
});

export interface CampaignRoutes {
  account: VinferAccount;
  dialler: Dialler;
  publisher: VinferPublisher;
  keys: IdempotencyKeys;
}

export function campaignRoutes(app: FastifyInstance, { account, dialler, publisher, keys }: CampaignRoutes): void {
  const conflict = (reply: FastifyReply) =>
    vinferError(reply, 409, 'idempotency_conflict', 'The key was used differently.');

  app.post('/v1/campaigns', async (request, reply) => {
    const body = campaignSchema.safeParse(request.body);
    if (!body.success) return vinferError(reply, 400, 'invalid_request', firstProblem(body.error));
    const { name, script_id: script, language, contacts, schedule } = body.data;
    const answer = keys.once(oneHeader(request.headers['idempotency-key']), ['POST /campaigns', request.body], () => {
      const campaign = dialler.create(
        {
          name,
          script,
          language,
          contacts: contacts.map(({ phone, name: who, ...fields }) => ({ phone, name: who ?? 'Unknown', fields })),
          ...(schedule === undefined ? {} : { schedule }),
          maxAttempts: body.data.max_attempts,
          retryIntervalMinutes: body.data.retry_interval_minutes,
        },
        schedule?.start === undefined ? undefined : Date.parse(schedule.start),
      );
      return { status: 201, body: campaignRecord(campaign, account) };
    });
    return answer === 'conflict' ? conflict(reply) : reply.status(answer.status).send(answer.body);
  });

  app.get<{ Querystring: { limit?: string; offset?: string } }>('/v1/campaigns', async (request, reply) => {
    const limit = Math.min(100, Math.max(1, Number(request.query.limit ?? 20) || 20));
    const offset = Math.max(0, Number(request.query.offset ?? 0) || 0);
    const all = [...account.campaigns.values()];
    const data = all.slice(offset, offset + limit).map((campaign) => campaignRecord(campaign, account));
    return reply.send({ data, total: all.length, limit, offset });
  });

  const campaign = (id: string, reply: FastifyReply, act: (found: VinferCampaign) => FastifyReply | undefined) => {
    const found = account.campaigns.get(id);
    if (found === undefined) return vinferError(reply, 404, 'not_found', 'No such campaign.');
    return act(found) ?? reply.send(campaignRecord(found, account));
  };
  app.get<{ Params: { id: string } }>('/v1/campaigns/:id', async (request, reply) =>
    campaign(request.params.id, reply, () => undefined),
  );
  app.post<{ Params: { id: string } }>('/v1/campaigns/:id/pause', async (request, reply) =>
    campaign(request.params.id, reply, (found) => {
      if (found.status !== 'running') return vinferError(reply, 409, 'not_running', `It is ${found.status}.`);
      dialler.pause(found);
      return undefined;
    }),
  );
  app.post<{ Params: { id: string } }>('/v1/campaigns/:id/resume', async (request, reply) =>
    campaign(request.params.id, reply, (found) => {
      if (found.status !== 'paused') return vinferError(reply, 409, 'not_paused', `It is ${found.status}.`);
      dialler.resume(found);
      return undefined;
    }),
  );

  app.post('/v1/webhooks', async (request, reply) => {
    const body = webhookSchema.safeParse(request.body);
    if (!body.success) return vinferError(reply, 400, 'invalid_request', firstProblem(body.error));
    const { url, events, secret } = body.data;
    const answer = keys.once(oneHeader(request.headers['idempotency-key']), ['POST /webhooks', request.body], () => ({
      status: 201,
      body: webhookRecord(publisher.register(webhookId(), { url, events, secret })),
    }));
    return answer === 'conflict' ? conflict(reply) : reply.status(answer.status).send(answer.body);
  });
  app.get('/v1/webhooks', async (_request, reply) => {
    const data = [...publisher.registered.values()].map(webhookRecord);
    return reply.send({ data, total: data.length, limit: 100, offset: 0 });
  });
  app.delete<{ Params: { id: string } }>('/v1/webhooks/:id', async (request, reply) => {
    if (!publisher.registered.delete(request.params.id)) {
      return vinferError(reply, 404, 'not_found', 'No such webhook.');
    }
    return reply.status(204).send();
  });
}

function webhookRecord({ id, url, events, createdAt, endpoint }: Subscription): Record<string, unknown> {
  const status = endpoint.disabled() ? 'disabled' : 'active';
  return { id, url, events, status, created_at: utcSeconds(createdAt) };
}
