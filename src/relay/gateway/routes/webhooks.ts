/** `/v1/webhooks`: this relay's own addresses, registered with the platforms. The secrets stay in the configuration. */
import { z } from 'zod';
import type { WebhookRegistration } from '../../../platforms/api';
import { newWebhookSchema, type NewWebhookRequest } from '../../../shared/contract/rest';
import { clientFor, type Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import { Problem } from '../http/problem';
import type { Exchange, Router } from '../http/router';
import { createOnce } from '../keyed-answer';
import { askSource } from '../sources';

const NO_CONTENT = 204;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Sections of platforms that sign: the first secret is the newest. */
const signingSchema = z.looseObject({ secrets: z.array(z.string()).min(1) });

function view(platform: string, { id, url, events }: WebhookRegistration) {
  return { id: `${platform}:${id}`, platform, url, events };
}

/** What a platform would send here must not be sent anywhere else, nor in the clear. */
function checkUrl({ url }: NewWebhookRequest, platform: string): void {
  const { protocol, hostname, pathname, username, password } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname))) {
    throw new Problem('bad_request', 'url: must be https');
  }
  if (username !== '' || password !== '') throw new Problem('bad_request', 'url: must not hold a password');
  if (!pathname.endsWith(`/hooks/${platform}`)) {
    throw new Problem('bad_request', `url: must end in /hooks/${platform}, which is where this relay listens`);
  }
}

function secretOf(gateway: Gateway, platform: string): string {
  const section = signingSchema.safeParse(gateway.deps.platforms.get(platform)?.config);
  const secret = section.success ? section.data.secrets[0] : undefined;
  if (secret === undefined) throw new Problem('conflict', 'The configuration of this relay holds no webhook secret');
  return secret;
}

async function listWebhooks(gateway: Gateway, { asker }: Exchange) {
  const able = [...gateway.clients.values()].filter((client) => client.can('listWebhooks'));
  const parts = await Promise.all(
    able.map((client) =>
      askSource(client, () => client.ask('listWebhooks', { agent: asker.agent.id, repeat: 'safe' })),
    ),
  );
  return {
    data: parts.flatMap(({ state, value }) => (value ?? []).map((webhook) => view(state.source, webhook))),
    sources: parts.map(({ state }) => state),
  };
}

export function webhookAdminRoutes(router: Router, gateway: Gateway): void {
  const admin = { role: 'admin' as const };
  router.on('GET', '/webhooks', (exchange) => listWebhooks(gateway, exchange), admin);
  router.on(
    'POST',
    '/webhooks',
    async (exchange) => {
      const body = parse(newWebhookSchema, exchange.request.body);
      const client = clientFor(gateway, 'registerWebhook', body.platform);
      checkUrl(body, client.name);
      const webhook = { url: body.url, events: body.events, secret: secretOf(gateway, client.name) };
      return createOnce(gateway, {
        exchange,
        route: 'POST /v1/webhooks',
        body,
        client,
        create: async (errand, key) => view(client.name, await client.ask('registerWebhook', errand, webhook, key)),
      });
    },
    admin,
  );
  router.on(
    'DELETE',
    '/webhooks/:id',
    async ({ request, reply, asker }) => {
      const { platform, id } = platformId(request, 'id');
      const client = clientFor(gateway, 'removeWebhook', platform);
      await client.ask('removeWebhook', { agent: asker.agent.id, repeat: 'safe' }, id);
      return reply.code(NO_CONTENT).send();
    },
    admin,
  );
}
