/**
 * Salpre webhooks: not signed; a custom header that the customer sets stands in. Integer call ids, at
 * `payload.call_id` or `payload.call.id`; Unix seconds; `is_test` from the test button.
 */
import type { DecodedEvent, Webhook } from '../platform';
import { decodeWith, unknownEvent } from '../lib/decoding';
import type { Fields } from '../lib/fields';
import { isSameSecret, singleHeader } from '../lib/signature';
import { open } from './body';
import type { SalpreConfig } from './config';
import { ended, failed, progressed, said } from './events';

function read(body: Fields): DecodedEvent[] {
  const type = body.text('event_type', 'event', 'type');
  const opened = open(body);
  const of = (event: DecodedEvent | string): DecodedEvent[] =>
    typeof event === 'string' ? [unknownEvent(event, { type, istest: opened.envelope.istest })] : [event];
  if (opened.subject === undefined) return of('no usable call id');
  const call = { ...opened, subject: opened.subject };
  switch (type) {
    case 'call_initiated':
      return of(progressed('call.started', call));
    case 'call_ringing':
      return of(progressed('call.ringing', call));
    case 'call_answered':
      return of(progressed('call.answered', call));
    case 'transcript':
      return of(said(call));
    case 'call_ended':
      return of(ended(call));
    case 'error':
      return of(failed(call));
    case undefined:
      return of('no event type');
    default:
      return of('event type not known');
  }
}

export const salpreWebhook: Webhook<SalpreConfig> = {
  authenticate(request, config) {
    const given = singleHeader(request.headers[config.header.name]);
    return isSameSecret(given, config.header.value)
      ? { ok: true, trust: 'secret' }
      : { ok: false, reason: 'secret header missing or wrong' };
  },
  decode: (rawBody) => decodeWith(rawBody, read),
};
