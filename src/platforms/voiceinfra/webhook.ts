/**
 * VoiceInfra webhooks: one record per call, some seconds after both sides hung up. `X-VoiceInfra-Signature` is the hex
 * HMAC-SHA256 of the raw body where a secret was set. Transfers exist but are not told of.
 */
import type { Turn } from '../../shared/contract/events';
import type { DecodedEvent, Webhook } from '../platform';
import { compact, decodeWith, envelopeOf, extras, subjectOf, unknownEvent } from '../lib/decoding';
import type { Fields } from '../lib/fields';
import { isSigned } from '../lib/signature';
import { turnsFromList, turnsFromText } from '../lib/turns';
import type { VoiceinfraConfig } from './config';

/** Records carry no event type; should one appear that is not about an ended call, it is not taken for one. */
const ENDED = /complet|end|hang|finish/i;

function conversation(body: Fields): { turns?: Turn[]; transcript?: string } {
  const words = body.text('transcript');
  const turns = turnsFromList(body.list('transcript')) ?? turnsFromText(words);
  if (turns !== undefined) return { turns };
  // No label recognised: the words stay as they came rather than being put into somebody's mouth.
  return words === undefined ? {} : { transcript: words };
}

function read(body: Fields): DecodedEvent[] {
  const envelope = envelopeOf({
    time: body.instant('end_time') ?? body.instant('start_time'),
    istest: body.flag('is_test'),
  });
  const type = body.text('event', 'event_type');
  const unknown = (reason: string): DecodedEvent[] => [unknownEvent(reason, { type, istest: envelope.istest })];
  if (type !== undefined && !ENDED.test(type)) return unknown('event type not known');
  const subject = subjectOf('voiceinfra', body.text('call_id'));
  if (subject === undefined) return unknown('no usable call id');
  const named = compact({
    from: body.text('from_number'),
    to: body.text('to_number'),
    outcome: body.text('call_outcome'),
    duration_seconds: body.duration('duration_seconds'),
    start_time: body.instant('start_time'),
    end_time: body.instant('end_time'),
    recording_url: body.text('recording_url'),
    summary: body.text('summary'),
    sentiment: body.text('sentiment'),
    language: body.text('language'),
    ...conversation(body),
  });
  return [{ ...envelope, subject, type: 'call.ended', data: { ...extras('call.ended', body), ...named } }];
}

export const voiceinfraWebhook: Webhook<VoiceinfraConfig> = {
  authenticate(request, config) {
    if (config.unsigned) return { ok: true, trust: 'open' };
    return isSigned(request.rawBody, request.headers['x-voiceinfra-signature'], config.secrets)
      ? { ok: true, trust: 'signed' }
      : { ok: false, reason: 'signature missing or wrong' };
  },
  decode: (rawBody) => decodeWith(rawBody, read),
};
