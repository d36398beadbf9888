/**
 * VInfer Neuron webhooks: `X-VInfer-Signature`, HMAC-SHA256 of the raw body in an encoding the documents do not state.
 * At least once, retried for up to 12 h, replayable by hand at any time.
 */
import type { DecodedEvent, Webhook } from '../platform';
import { decodeWith, unknownEvent } from '../lib/decoding';
import type { Fields } from '../lib/fields';
import { isSigned } from '../lib/signature';
import { open } from './body';
import type { VinferConfig } from './config';
import { campaignChanged, completed, dispositionSet, escalated, transcriptionReady } from './events';

function read(body: Fields): DecodedEvent[] {
  const type = body.text('event', 'event_type', 'type');
  const opened = open(body);
  const of = (event: DecodedEvent | string): DecodedEvent[] =>
    typeof event === 'string' ? [unknownEvent(event, { type, istest: opened.envelope.istest })] : [event];
  switch (type) {
    case 'call.completed':
      return of(completed(opened));
    case 'call.escalated':
      return of(escalated(opened));
    case 'call.disposition_set':
      return of(dispositionSet(opened));
    case 'call.transcription_ready':
      return of(transcriptionReady(opened));
    case 'campaign.started':
    case 'campaign.paused':
    case 'campaign.completed':
      return of(campaignChanged(type, opened));
    case undefined:
      return of('no event type');
    default:
      return of('event type not known');
  }
}

export const vinferWebhook: Webhook<VinferConfig> = {
  authenticate(request, config) {
    return isSigned(request.rawBody, request.headers['x-vinfer-signature'], config.secrets)
      ? { ok: true, trust: 'signed' }
      : { ok: false, reason: 'signature missing or wrong' };
  },
  decode: (rawBody) => decodeWith(rawBody, read),
};
