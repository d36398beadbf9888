/** Creating something at a platform, once per key where the client sent one. */
import { randomUUID } from 'node:crypto';
import type { Repeat } from './platform-client/attempts';
import { digestOf } from './events';
import type { Gateway } from './gateway';
import { idempotencyKey } from './http/parse';
import type { Exchange } from './http/router';
import { fingerprintOf } from './idempotency/fingerprint';
import { sendRate } from './http/rate-headers';
import type { PlatformClient } from './platform-client/client';

const CREATED = 201;

export interface Creation {
  exchange: Exchange;
  route: string;
  body: unknown;
  client: PlatformClient;
  /** @param key for the platform, where it knows such a header */
  create: (errand: { agent: string; repeat: Repeat; beforeSend: () => Promise<void> }, key: string) => Promise<unknown>;
}

/** Without a key of the client's a fresh one is used: then only the request itself is guarded, not its repeats. */
export async function createOnce(gateway: Gateway, { exchange, route, body, client, create }: Creation) {
  const { request, reply, asker } = exchange;
  const agent = asker.agent.id;
  const key = idempotencyKey(request) ?? randomUUID();
  const repeat: Repeat = client.startIsRepeatable ? 'keyed' : 'once';
  const keyed = { agent, key, fingerprint: fingerprintOf(route, body) };
  const kept = await gateway.guard.once(keyed, async (beforeSend) => {
    const created = await create({ agent, repeat, beforeSend }, digestOf(agent, key));
    return { answer: { status: CREATED, body: JSON.stringify(created) }, events: [] };
  });
  sendRate(reply, client.rate);
  if (kept.replayed) void reply.header('idempotency-replayed', 'true');
  return reply
    .code(kept.status)
    .type(kept.status < 400 ? 'application/json' : 'application/problem+json')
    .send(kept.body);
}
