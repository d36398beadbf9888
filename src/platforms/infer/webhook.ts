/**
 * Infer webhooks: unsigned ("HMAC coming soon"), so a secret path and, where set, an IP allow-list stand in. Their
 * published examples hold comments and trailing commas; such bodies end as `platform.unknown`, kept raw.
 */
import type { DecodedEvent, Webhook } from '../platform';
import { isAllowed } from '../lib/allow-list';
import { decodeWith, unknownEvent } from '../lib/decoding';
import type { Fields } from '../lib/fields';
import { isSameSecret } from '../lib/signature';
import { open } from './body';
import type { InferConfig } from './config';
import { ended, escalated, interrupted, reported, stalled, toolCalled, turn } from './events';

function read(body: Fields): DecodedEvent[] {
  const type = body.text('type', 'event');
  const opened = open(body);
  const of = (event: DecodedEvent | string): DecodedEvent[] =>
    typeof event === 'string' ? [unknownEvent(event, { type, istest: opened.envelope.istest })] : [event];
  if (opened.subject === undefined) return of('no usable call id');
  const call = { ...opened, subject: opened.subject };
  switch (type) {
    case 'conversation-update':
      return of(turn(call));
    case 'transfer-call':
      return of(escalated(call));
    case 'tool-call':
      return of(toolCalled(call));
    case 'user-interrupted':
      return of(interrupted(call));
    case 'hang-notification':
      return of(stalled(call));
    case 'end-call':
      return of(ended(call));
    case 'phone_call':
    case 'end-of-call-report':
      return of(reported(call));
    case undefined:
      return of('no event type');
    default:
      return of('event type not known');
  }
}

export const inferWebhook: Webhook<InferConfig> = {
  authenticate(request, config) {
    if (!isSameSecret(request.pathSecret, config.path_secret)) return { ok: false, reason: 'secret path wrong' };
    if (config.allow !== undefined && !isAllowed(request.remoteAddress, config.allow))
      return { ok: false, reason: 'address not on the allow-list' };
    return { ok: true, trust: 'secret' };
  },
  decode: (rawBody) => decodeWith(rawBody, read),
};
