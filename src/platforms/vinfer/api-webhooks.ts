/** Webhook registrations at VInfer. */
import type { PlatformApi } from '../api';
import { answerOf, badAnswer, segment, type HttpApi } from '../lib/http';
import { listOf, webhookRecord } from './records';

type Webhooks = Required<Pick<PlatformApi, 'listWebhooks' | 'registerWebhook' | 'removeWebhook'>>;

export function webhooksOf(http: HttpApi): Webhooks {
  return {
    async listWebhooks({ signal }) {
      const { value, rate } = await http.send({ method: 'GET', path: '/webhooks', effect: 'repeatable', signal });
      const page = listOf(value, 'webhooks');
      if (page === undefined) throw badAnswer('vinfer', 'repeatable', 'no list of webhooks in the answer');
      return answerOf(
        page.list.map(webhookRecord).filter((record) => record !== undefined),
        rate,
      );
    },
    async registerWebhook({ url, events, secret }, key, { signal }) {
      const { value, rate } = await http.send({
        method: 'POST',
        path: '/webhooks',
        body: { url, events, secret },
        headers: { 'idempotency-key': key },
        effect: 'acts',
        signal,
      });
      const record = webhookRecord(value);
      if (record === undefined) throw badAnswer('vinfer', 'acts', 'no webhook id in the answer');
      // The answer may leave out what was just sent.
      return answerOf(
        { id: record.id, url: record.url || url, events: record.events.length > 0 ? record.events : events },
        rate,
      );
    },
    async removeWebhook(id, { signal }) {
      const path = `/webhooks/${segment(id)}`;
      const { rate } = await http.send({ method: 'DELETE', path, effect: 'repeatable', signal });
      return answerOf(undefined, rate);
    },
  };
}
