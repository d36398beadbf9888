/** `webhooks register|list|remove`: this relay's addresses at the platforms, from the command line. */
import { z } from 'zod';
import { PlatformError } from '../../platforms/api';
import { callIdSchema } from '../../shared/contract/events';
import { newWebhookSchema } from '../../shared/contract/rest';
import { Problem, toProblem } from '../gateway/http/problem';
import type { WebhookDesk } from '../gateway/webhook-desk';
import type { AdminAnswer } from './commands';

export const webhookRequests = [
  newWebhookSchema.extend({ command: z.literal('webhooks.register') }),
  z.strictObject({ command: z.literal('webhooks.list') }),
  z.strictObject({
    command: z.literal('webhooks.remove'),
    id: callIdSchema.describe('<platform>:<id>, as `webhooks list` prints it'),
  }),
] as const;
type WebhookRequest = z.infer<(typeof webhookRequests)[number]>;

/** Whose turn it takes among those who ask a platform. */
const OPERATOR = '~operator';

async function act(request: WebhookRequest, desk: WebhookDesk): Promise<unknown> {
  switch (request.command) {
    case 'webhooks.register': {
      const { platform, url, events } = request;
      return desk.register(OPERATOR, { url, events, ...(platform === undefined ? {} : { platform }) });
    }
    case 'webhooks.list':
      return desk.list(OPERATOR);
    case 'webhooks.remove': {
      const colon = request.id.indexOf(':');
      await desk.remove(OPERATOR, request.id.slice(0, colon), request.id.slice(colon + 1));
      return null;
    }
  }
}

/** What a platform or a rule refuses is an answer like another. */
export async function runWebhooks(request: WebhookRequest, desk: WebhookDesk): Promise<AdminAnswer> {
  try {
    return { ok: true, value: await act(request, desk) };
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof PlatformError)) throw error;
    return { ok: false, message: toProblem(error).message };
  }
}
