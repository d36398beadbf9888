/** `/v1/webhooks`: this relay's own addresses, registered with the platforms. */
import { newWebhookSchema } from '../../../shared/contract/rest';
import type { Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import type { Router } from '../http/router';
import { createOnce } from '../keyed-answer';
import { webhookOf, type WebhookDesk } from '../webhook-desk';

const NO_CONTENT = 204;

export function webhookAdminRoutes(router: Router, gateway: Gateway, desk: WebhookDesk): void {
  const admin = { role: 'admin' as const };
  router.on('GET', '/webhooks', ({ asker }) => desk.list(asker.agent.id), admin);
  router.on(
    'POST',
    '/webhooks',
    async (exchange) => {
      const body = parse(newWebhookSchema, exchange.request.body);
      const { client, webhook } = desk.check(body);
      return createOnce(gateway, {
        exchange,
        route: 'POST /v1/webhooks',
        body,
        client,
        create: async (errand, key) =>
          webhookOf(client.name, await client.ask('registerWebhook', errand, webhook, key)),
      });
    },
    admin,
  );
  router.on(
    'DELETE',
    '/webhooks/:id',
    async ({ request, reply, asker }) => {
      const { platform, id } = platformId(request, 'id');
      await desk.remove(asker.agent.id, platform, id);
      return reply.code(NO_CONTENT).send();
    },
    admin,
  );
}
