/** VInfer: calls, contacts and transcriptions. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PracticeConfig } from '../config';
import { E164, firstProblem, vinferError } from '../rest/answers';
import type { IdempotencyKeys } from '../rest/idempotency';
import type { Stage } from '../stage';
import type { VinferAccount, VinferCall } from './account';
import { DEFAULT_CAMPAIGN, type VinferPlayer } from './player';
import { callRecord, contactRecord, transcriptRecord } from './records';

/** "limit ≤ 100", 20 unless asked. */
const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});
const listSchema = pageSchema.extend({
  campaign_id: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Only on a campaign's list: calls completed since then. */
  after: z.iso.datetime({ offset: true }).optional(),
  disposition: z.string().optional(),
  language: z.string().optional(),
});
const startSchema = z.looseObject({
  phone: z.string(),
  name: z.string().optional(),
  language: z.string().optional(),
  campaign_id: z.string().optional(),
});
const writeSchema = z.looseObject({
  disposition: z.string().min(1).optional(),
  callback_time: z.iso.datetime({ offset: true }).nullish(),
  notes: z.string().max(10_000).nullish(),
});

export interface CallRoutes {
  stage: Stage;
  account: VinferAccount;
  player: VinferPlayer;
  keys: IdempotencyKeys;
  offers: NonNullable<PracticeConfig['platforms']['vinfer']>['offers'];
}

export function callRoutes(app: FastifyInstance, { stage, account, player, keys, offers }: CallRoutes): void {
  const base = () => `${stage.self()}/vinfer`;
  const record = (call: VinferCall) => callRecord(call, base(), stage.clock.now());

  const list = (reply: FastifyReply, query: unknown, campaign?: string) => {
    const asked = listSchema.safeParse(query);
    if (!asked.success) return vinferError(reply, 400, 'invalid_request', firstProblem(asked.error));
    const { limit, offset, from, to, after, disposition, language } = asked.data;
    const of = campaign ?? asked.data.campaign_id;
    const started = (call: VinferCall) => call.startedAt ?? call.createdAt;
    const found = [...account.calls.values()]
      .filter((call) => of === undefined || call.campaign === of)
      .filter((call) => from === undefined || started(call) >= Date.parse(from))
      .filter((call) => to === undefined || started(call) <= Date.parse(to))
      .filter((call) => after === undefined || (call.endedAt !== undefined && call.endedAt > Date.parse(after)))
      .filter((call) => disposition === undefined || call.disposition === disposition)
      .filter((call) => language === undefined || call.language === language);
    return reply.send({ data: found.slice(offset, offset + limit).map(record), total: found.length, limit, offset });
  };

  app.get('/v1/calls', async (request, reply) => list(reply, request.query));
  app.get<{ Params: { id: string } }>('/v1/campaigns/:id/calls', async (request, reply) => {
    if (!account.campaigns.has(request.params.id)) return vinferError(reply, 404, 'not_found', 'No such campaign.');
    return list(reply, request.query, request.params.id);
  });
  app.get<{ Params: { id: string } }>('/v1/calls/:id', async (request, reply) => {
    const call = account.calls.get(request.params.id);
    return call === undefined ? vinferError(reply, 404, 'not_found', 'No such call.') : reply.send(record(call));
  });

  app.post('/v1/calls', async (request, reply) => {
    if (!offers.start_call) return vinferError(reply, 404, 'not_found', 'No such route.');
    const body = startSchema.safeParse(request.body);
    if (!body.success) return vinferError(reply, 400, 'invalid_request', firstProblem(body.error));
    const { phone, name, language, campaign_id: campaign, ...fields } = body.data;
    if (!E164.test(phone)) return vinferError(reply, 422, 'invalid_phone', 'phone: not an E.164 number');
    const caller = player.casting.personAt(phone, name);
    if (caller.dnc === true) return vinferError(reply, 422, 'contact_dnc', 'The contact is on the do-not-call list.');
    const answer = keys.once(oneHeader(request.headers['idempotency-key']), ['POST /calls', request.body], () => {
      const call = player.dial({
        caller,
        campaign: campaign ?? DEFAULT_CAMPAIGN,
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language }),
        // Which script the AI follows is no field of the contact's.
        fields: { ...caller.fields, ...fields, script_id: undefined },
      });
      return { status: 201, body: record(call) };
    });
    if (answer === 'conflict') return vinferError(reply, 409, 'idempotency_conflict', 'The key was used differently.');
    return reply.status(answer.status).send(answer.body);
  });

  app.patch<{ Params: { id: string } }>('/v1/calls/:id', async (request, reply) => {
    if (!offers.set_disposition) return vinferError(reply, 405, 'method_not_allowed', 'Calls cannot be changed.');
    const call = account.calls.get(request.params.id);
    if (call === undefined) return vinferError(reply, 404, 'not_found', 'No such call.');
    const body = writeSchema.safeParse(request.body);
    if (!body.success) return vinferError(reply, 400, 'invalid_request', firstProblem(body.error));
    const { disposition, callback_time: callbackTime, notes } = body.data;
    if (callbackTime !== undefined && callbackTime !== null) call.callbackTime = callbackTime;
    if (notes !== undefined && notes !== null) call.notes = notes;
    if (disposition !== undefined && disposition !== call.disposition) {
      call.disposition = disposition;
      player.sayDisposition(call);
    }
    return reply.send(record(call));
  });

  app.get<{ Params: { phone: string } }>('/v1/contacts/:phone', async (request, reply) => {
    const contact = contactRecord(request.params.phone, account, base(), stage.clock.now());
    return contact === undefined ? vinferError(reply, 404, 'not_found', 'No such contact.') : reply.send(contact);
  });

  const transcript = (reply: FastifyReply, job: string) => {
    const call = [...account.calls.values()].find((candidate) => candidate.job === job);
    if (call === undefined) return vinferError(reply, 404, 'not_found', 'No such transcription.');
    if (!call.transcribed) return vinferError(reply, 404, 'not_ready', 'The transcription is still being made.');
    return reply.send(transcriptRecord(call));
  };
  app.get<{ Params: { job: string } }>('/v1/transcription/:job', async (request, reply) =>
    transcript(reply, request.params.job),
  );
  app.get<{ Params: { job: string } }>('/v1/transcription/:job/transcript', async (request, reply) =>
    transcript(reply, request.params.job),
  );
}

export function oneHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
