/** This relay's own addresses, registered with the platforms. The secrets stay in the configuration. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WebhookRegistration } from '../../platforms/api';
import type { NewWebhookRequest, webhooksAnswerSchema } from '../../shared/contract/rest';
import { clientFor, type Gateway, type GatewayDeps } from './gateway';
import { Problem } from './http/problem';
import type { PlatformClient } from './platform-client/client';
import { askSource } from './sources';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Sections of platforms that sign: the first secret is the newest. */
const signingSchema = z.looseObject({ secrets: z.array(z.string()).min(1) });

type Webhook = z.infer<typeof webhooksAnswerSchema>['data'][number];

interface NewWebhook {
  client: PlatformClient;
  webhook: { url: string; events: string[]; secret: string };
}

export interface WebhookDesk {
  list(agent: string): Promise<z.infer<typeof webhooksAnswerSchema>>;
  /** What to register and where. @throws Problem when it may not be */
  check(wanted: NewWebhookRequest): NewWebhook;
  /** Registers it now, whatever was registered before. @throws Problem, PlatformError */
  register(agent: string, wanted: NewWebhookRequest): Promise<Webhook>;
  /** @throws Problem, PlatformError */
  remove(agent: string, platform: string, id: string): Promise<void>;
}

export function webhookOf(platform: string, { id, url, events }: WebhookRegistration): Webhook {
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

export function createWebhookDesk({
  clients,
  platforms,
}: Pick<Gateway, 'clients'> & Pick<GatewayDeps, 'platforms'>): WebhookDesk {
  const secretOf = (platform: string): string => {
    const section = signingSchema.safeParse(platforms.get(platform)?.config);
    const secret = section.success ? section.data.secrets[0] : undefined;
    if (secret === undefined) throw new Problem('conflict', 'The configuration of this relay holds no webhook secret');
    return secret;
  };
  const check = (wanted: NewWebhookRequest): NewWebhook => {
    const client = clientFor({ clients }, 'registerWebhook', wanted.platform);
    checkUrl(wanted, client.name);
    return { client, webhook: { url: wanted.url, events: wanted.events, secret: secretOf(client.name) } };
  };
  return {
    check,
    list: async (agent) => {
      const able = [...clients.values()].filter((client) => client.can('listWebhooks'));
      const parts = await Promise.all(
        able.map((client) => askSource(client, () => client.ask('listWebhooks', { agent, repeat: 'safe' }))),
      );
      return {
        data: parts.flatMap(({ state, value }) => (value ?? []).map((one) => webhookOf(state.source, one))),
        sources: parts.map(({ state }) => state),
      };
    },
    register: async (agent, wanted) => {
      const { client, webhook } = check(wanted);
      const repeat = client.startIsRepeatable ? 'keyed' : 'once';
      return webhookOf(client.name, await client.ask('registerWebhook', { agent, repeat }, webhook, randomUUID()));
    },
    remove: async (agent, platform, id) => {
      const client = clientFor({ clients }, 'removeWebhook', platform);
      await client.ask('removeWebhook', { agent, repeat: 'safe' }, id);
    },
  };
}
