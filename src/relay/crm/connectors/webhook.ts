/**
 * A program of the customer's own: one POST per call, signed, and again with a higher `revision` when there is news. The
 * receiver tells repeats by `id` and `revision`.
 */
import { createHmac } from 'node:crypto';
import { httpApi } from '../../../platforms/lib/http';
import type { Clock } from '../../clock';
import { CRM_FIELDS, type ConnectorOf } from '../config';
import type { Told } from '../told';
import type { Connector } from './connector';

export interface ConnectorDeps {
  fetch: typeof globalThis.fetch;
  clock: Clock;
}

const OWN_NAMES = Object.fromEntries(CRM_FIELDS.map((field) => [field, field]));

function bodyOf(told: Told, revision: number, fields: ConnectorOf<'webhook'>['fields'] = OWN_NAMES) {
  const named = Object.entries(fields).flatMap(([name, field]) => {
    const value = told[field];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(named), revision };
}

/** Over the time too, so that a request that was listened to is not worth keeping. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

export function webhookConnector(config: ConnectorOf<'webhook'>, { fetch, clock }: ConnectorDeps): Connector {
  const http = httpApi({ platform: config.id, base: config.url, prefix: '', headers: config.headers, fetch });
  return {
    id: config.id,
    async deliver({ told, revision, note, signal }) {
      const body = bodyOf(told, revision, config.fields);
      const timestamp = String(Math.floor(clock.now() / 1000));
      await http.send({
        method: 'POST',
        path: config.url,
        body,
        headers: {
          'idempotency-key': `${told.id}.${revision}`,
          'x-handover-timestamp': timestamp,
          'x-handover-signature': signatureOf(config.secret, timestamp, JSON.stringify(body)),
        },
        effect: 'repeatable',
        signal,
      });
      await note({ log: told.id });
      return { ok: true };
    },
  };
}
