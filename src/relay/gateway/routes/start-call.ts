/** `POST /v1/calls`: one AI call, started once per key. */
import {
  startCallSchema,
  type StartCallRequest,
  type StartedCall as StartedAnswer,
} from '../../../shared/contract/rest';
import type { StartedCall } from '../../../platforms/api';
import { digestOf, tell, toAppend } from '../events';
import { clientFor, type Gateway } from '../gateway';
import { idempotencyKey, parse } from '../http/parse';
import { Problem } from '../http/problem';
import { sendRate } from '../http/rate-headers';
import type { Exchange, Router } from '../http/router';
import { fingerprintOf } from '../idempotency/fingerprint';
import type { Done } from '../idempotency/guard';
import type { PlatformClient } from '../platform-client/client';

const CREATED = 201;
const ACCEPTED = 202;

interface Start {
  gateway: Gateway;
  client: PlatformClient;
  body: StartCallRequest;
  agent: string;
  key: string;
}

function platformOf({ platform, campaign }: StartCallRequest): string | undefined {
  const named = campaign?.slice(0, campaign.indexOf(':'));
  if (platform !== undefined && named !== undefined && platform !== named) {
    throw new Problem('bad_request', 'platform: the campaign belongs to another platform');
  }
  return platform ?? named;
}

/** The platform's id for the campaign the call belongs to, without our prefix. */
const campaignOf = ({ campaign }: StartCallRequest) => campaign?.slice(campaign.indexOf(':') + 1);

/** The event that makes the call, and its escalation, the agent's. Its id is the same for every repeat. */
function startedEvent({ gateway, client, body, agent, key }: Start, id: string) {
  const now = gateway.deps.clock.now();
  const campaign = campaignOf(body);
  return tell({
    type: 'call.started',
    id: `started:${digestOf(agent, key)}`,
    source: '/relay',
    call: `${client.name}:${id}`,
    time: now,
    now,
    data: {
      direction: 'outbound',
      to: body.phone,
      contact: { phone: body.phone, ...(body.name === undefined ? {} : { name: body.name }) },
      origin: { agent },
      ...(campaign === undefined ? {} : { campaign }),
    },
  });
}

async function askPlatform(start: Start, sending: () => Promise<void>): Promise<StartedCall> {
  const { client, body, agent, key } = start;
  const { phone, name, language, script, variables } = body;
  return client.ask(
    'startCall',
    { agent, repeat: client.startIsRepeatable ? 'safe' : 'once', beforeSend: sending },
    {
      phone,
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
      ...(script === undefined ? {} : { script }),
      ...(variables === undefined ? {} : { variables }),
      // Two agents may choose the same key; the platform must not take that for a repeat.
      idempotencyKey: digestOf(agent, key),
    },
  );
}

function answered(start: Start, started: StartedCall, id: string): Done {
  const event = startedEvent(start, id);
  const body: StartedAnswer = {
    call: `${start.client.name}:${id}`,
    platform: start.client.name,
    ...(started.status === undefined ? {} : { status: started.status }),
    started_at: event.time,
  };
  return { answer: { status: CREATED, body: JSON.stringify(body) }, events: [toAppend(event)] };
}

/** The platform will dial, and the call has no id before it does. */
async function awaitDial(start: Start, started: StartedCall & { campaign: string }): Promise<Done> {
  const { gateway, client, agent } = start;
  const { follower, timings, deps } = gateway;
  const sought = { client, agent, campaign: started.campaign };
  const id = await follower.find(sought, timings.dialWaitMs, timings.dialPollMs);
  if (id !== undefined) return answered(start, started, id);
  follower.follow(sought, async (late) => {
    await deps.store.append([toAppend(startedEvent(start, late))]);
  });
  const body: StartedAnswer = {
    campaign: `${client.name}:${started.campaign}`,
    platform: client.name,
    status: started.status ?? 'scheduled',
    started_at: new Date(deps.clock.now()).toISOString(),
  };
  return { answer: { status: ACCEPTED, body: JSON.stringify(body) }, events: [] };
}

async function perform(start: Start, sending: () => Promise<void>): Promise<Done> {
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
    const agent = asker.agent.id;
    const keyed = { agent, key, fingerprint: fingerprintOf('POST /v1/calls', body) };
    const {
      status,
      body: text,
      replayed,
    } = await gateway.guard.once(keyed, (sending) => {
      const client = clientFor(gateway, 'startCall', platformOf(body));
      return perform({ gateway, client, body, agent, key }, sending).finally(() => sendRate(reply, client.rate));
    });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return reply
      .code(status)
      .type(status < 400 ? 'application/json' : 'application/problem+json')
      .send(text);
  });
}
