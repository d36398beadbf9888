/** `POST /v1/calls`: one AI call, if the rules allow it now, and once per key. */
import type { CallReceipt } from '../../../shared/contract/receipts';
import {
  startCallSchema,
  type StartCallRequest,
  type StartedCall as StartedAnswer,
} from '../../../shared/contract/rest';
import type { StartedCall } from '../../../platforms/api';
import { digestOf, toAppend } from '../events';
import { clientFor, type Gateway } from '../gateway';
import { requireRole, type Asker } from '../http/authenticate';
import { idempotencyKey, parse } from '../http/parse';
import { Problem } from '../http/problem';
import { sendRate } from '../http/rate-headers';
import type { Exchange, Router } from '../http/router';
import { fingerprintOf } from '../idempotency/fingerprint';
import type { Done, Sending } from '../idempotency/guard';
import type { LeadForCall } from '../leads-port';
import type { PlatformClient } from '../platform-client/client';
import { permit, type Wish } from '../starts/permit';
import { startedEvent } from '../starts/started-event';
import { firstFind, firstPoll } from '../starts/watcher';

const CREATED = 201;
const ACCEPTED = 202;

interface Start {
  gateway: Gateway;
  client: PlatformClient;
  wish: Wish;
  /** Of the check that let it pass; set right before the request leaves. */
  receipt?: CallReceipt;
}

function platformOf({ platform, campaign }: StartCallRequest, lead: LeadForCall | undefined): string | undefined {
  const named = (campaign ?? lead?.campaign)?.split(':')[0];
  const wanted = platform ?? lead?.platform;
  if (wanted !== undefined && named !== undefined && wanted !== named) {
    throw new Problem('bad_request', 'platform: the campaign belongs to another platform');
  }
  return wanted ?? named;
}

const TIMER_FORBIDDEN = 'The list of this lead does not let a timer start the call; a person decides';

/** What a timer may never decide, whatever the list says. */
function checkTimer({ trigger, lead, override, confirm_unclear }: StartCallRequest): void {
  if (trigger !== 'auto_dial') return;
  if (lead === undefined) throw new Problem('timer_forbidden', 'A timer may call a lead in hand only');
  if (override !== undefined || confirm_unclear === true) {
    throw new Problem('timer_forbidden', 'A timer overrides nothing, and confirms nothing');
  }
}

/** The lead that is called: in this agent's hands, and with this number. */
async function leadOf({ deps }: Gateway, body: StartCallRequest, agent: string): Promise<LeadForCall | undefined> {
  if (body.lead === undefined) return undefined;
  const lead = await deps.leads?.inHand(agent, body.lead);
  if (lead === undefined)
    throw new Problem('conflict', 'This lead is not in your hands any more; ask for the next one');
  if (body.trigger === 'auto_dial' && !lead.timerDials) throw new Problem('timer_forbidden', TIMER_FORBIDDEN);
  if (!lead.phones.includes(body.phone)) throw new Problem('bad_request', 'phone: is not one of this lead');
  return lead;
}

function wishOf(
  gateway: Gateway,
  asker: Asker,
  key: string,
  body: StartCallRequest,
  lead: LeadForCall | undefined,
): Wish {
  const { purpose, trigger = 'click', kind = 'ai_voice' } = body;
  if (kind === 'live_human') {
    throw new Problem(
      'bad_request',
      'kind: an AI speaks on this platform, whoever clicked; the rules of ai_voice apply',
    );
  }
  const named = body.campaign ?? lead?.campaign;
  const campaign = named?.split(':').slice(1).join(':');
  const list = lead?.list ?? body.list;
  return {
    ...{ asker, key, body, kind, trigger },
    attempt: digestOf(asker.agent.id, key),
    platform: '',
    purpose: lead?.purpose ?? purpose ?? gateway.deps.settings.dialling.purpose,
    ...(lead?.seller === undefined ? {} : { seller: lead.seller }),
    ...(named === undefined ? {} : { campaign: named }),
    ...(list === undefined ? {} : { list }),
    place: { ...body.place, ...lead?.place },
    person: {
      phone: body.phone,
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(campaign === undefined ? {} : { campaign }),
      ...(body.lead === undefined ? {} : { lead: body.lead }),
    },
  };
}

async function askPlatform(start: Start, sending: Sending): Promise<StartedCall> {
  const { gateway, client, wish } = start;
  const { phone, name, language, script, variables } = wish.body;
  // When its turn has come and not before: what was allowed before the wait may be forbidden after it.
  const beforeSend = () =>
    sending(async () => {
      start.receipt = await permit(gateway, wish);
    });
  return client.ask(
    'startCall',
    { agent: wish.asker.agent.id, repeat: client.startIsRepeatable ? 'keyed' : 'once', beforeSend },
    {
      phone,
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
      ...(script === undefined ? {} : { script }),
      ...(variables === undefined ? {} : { variables }),
      // Two agents may choose the same key; the platform must not take that for a repeat.
      idempotencyKey: wish.attempt,
    },
  );
}

const receiptWith = ({ receipt }: Start, rest: Partial<CallReceipt>) =>
  receipt === undefined ? {} : { receipt: { ...receipt, ...rest } };

function answered(start: Start, started: StartedCall, id: string): Done {
  const { gateway, client, wish } = start;
  const now = gateway.deps.clock.now();
  const { attempt, person, asker } = wish;
  const event = startedEvent({ attempt, person, platform: client.name, agent: asker.agent.id }, id, now);
  const call = `${client.name}:${id}`;
  const body: StartedAnswer = {
    ...{ call, platform: client.name, started_at: event.time },
    ...(started.status === undefined ? {} : { status: started.status }),
    ...receiptWith(start, { state: 'made', call }),
  };
  const watch = firstPoll(client, now);
  return {
    answer: { status: CREATED, body: JSON.stringify(body) },
    events: [toAppend(event)],
    attempt: { id: attempt, became: { state: 'made', call }, ...(watch === undefined ? {} : { watch }) },
  };
}

/** The platform will dial, and the call has no id before it does. */
async function awaitDial(start: Start, started: StartedCall & { campaign: string }): Promise<Done> {
  const { gateway, client, wish } = start;
  const { follower, timings, deps } = gateway;
  const { campaign } = started;
  const sought = { client, agent: wish.asker.agent.id, campaign };
  const id = await follower.find(sought, timings.dialWaitMs, timings.dialPollMs);
  if (id !== undefined) return answered(start, started, id);
  const now = deps.clock.now();
  const body: StartedAnswer = {
    ...{ campaign: `${client.name}:${campaign}`, platform: client.name, status: started.status ?? 'scheduled' },
    started_at: new Date(now).toISOString(),
    ...receiptWith(start, { state: 'dialling' }),
  };
  return {
    answer: { status: ACCEPTED, body: JSON.stringify(body) },
    events: [],
    attempt: { id: wish.attempt, became: { state: 'dialling', campaign }, watch: firstFind(now) },
  };
}

async function perform(start: Start, sending: Sending): Promise<Done> {
  const started = await askPlatform(start, sending);
  if (started.id !== undefined) return answered(start, started, started.id);
  const { campaign } = started;
  if (campaign === undefined) throw new Error('an adapter started a call without an id');
  return awaitDial(start, { ...started, campaign });
}

export function startCallRoute(router: Router, gateway: Gateway): void {
  router.on('POST', '/calls', async ({ request, reply, asker }: Exchange) => {
    const key = idempotencyKey(request);
    if (key === undefined) {
      throw new Problem('idempotency_key_missing', 'Send an Idempotency-Key, so that a repeat cannot ring twice');
    }
    const body = parse(startCallSchema, request.body);
    checkTimer(body);
    if (body.override !== undefined) requireRole(asker, 'supervisor');
    const agent = asker.agent.id;
    const fingerprint = fingerprintOf('POST /v1/calls', body);
    const keyed = { agent, key, fingerprint, attempt: digestOf(agent, key) };
    const work = async (sending: Sending) => {
      const lead = await leadOf(gateway, body, agent);
      const wish = wishOf(gateway, asker, key, body, lead);
      const client = clientFor(gateway, 'startCall', platformOf(body, lead));
      const start = { gateway, client, wish: { ...wish, platform: client.name } };
      return perform(start, sending).finally(() => sendRate(reply, client.rate));
    };
    const {
      status,
      body: text,
      replayed,
    } = await gateway.guard.once(keyed, work).finally(() => gateway.watcher.kick());
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return reply
      .code(status)
      .type(status < 400 ? 'application/json' : 'application/problem+json')
      .send(text);
  });
}
