/**
 * VInfer Neuron webhooks: `X-VInfer-Signature`, HMAC-SHA256 of the raw body in an encoding the documents do not state.
 * `call.completed` is published in two shapes, nested under `call` and flat; every event is read in both.
 */
import type { DecodedEvent, Webhook } from '../platform';
import { compact, contactOf, decodeWith, eventIdOf, extras, subjectOf, unknownEvent } from '../lib/decoding';
import type { Fields } from '../lib/fields';
import { isSigned } from '../lib/signature';
import type { VinferConfig } from './config';

/** What every event of a call has: the envelope, the call (nested or the body itself) and the customer. */
function open(body: Fields) {
  const call = body.fields('call');
  const contact = body.fields('contact');
  const id = call.text('call_id', 'id') ?? body.text('call_id');
  return {
    call,
    contact,
    subject: subjectOf('vinfer', id),
    id: eventIdOf(body.text('event_id')),
    time: body.instant('timestamp') ?? call.instant('timestamp'),
    istest: body.flag('is_test') ?? false,
    campaign: body.text('campaign_id') ?? call.text('campaign_id'),
    text: (...names: string[]) => call.text(...names) ?? body.text(...names),
    instant: (...names: string[]) => call.instant(...names) ?? body.instant(...names),
    customer: () =>
      contactOf(
        call.text('contact_name') ?? contact.text('name'),
        call.text('phone') ?? contact.text('phone') ?? body.text('phone'),
        contact.rest(),
      ),
  };
}
type Opened = ReturnType<typeof open>;

/** The envelope part of a decoded event. */
function envelope(opened: Opened) {
  const { subject, id, time, istest } = opened;
  return compact({ subject, id, time, istest }) as { subject?: string; id?: string; time?: string; istest: boolean };
}

function completed(body: Fields, opened: Opened): DecodedEvent {
  const { call, text, instant } = opened;
  const lens = body.record('neuronlens') === undefined ? call.fields('neuronlens') : body.fields('neuronlens');
  const named = {
    campaign: opened.campaign,
    contact: opened.customer(),
    duration_seconds: call.duration('duration_seconds') ?? body.duration('duration_seconds'),
    disposition: text('disposition'),
    callback_time: instant('callback_time'),
    escalated: call.flag('escalated') ?? body.flag('escalated'),
    recording_url: text('recording_url'),
    transcript_url: text('transcript_url'),
    summary: lens.text('summary') ?? text('summary', 'conversation_summary'),
    sentiment: lens.text('sentiment') ?? text('sentiment'),
    qa_score: lens.number('qa_score') ?? call.number('qa_score') ?? body.number('qa_score'),
    language: text('language'),
    custom_fields: call.record('custom_fields') ?? body.record('custom_fields'),
  };
  return { ...envelope(opened), type: 'call.ended', data: { ...extras('call.ended', call, body, lens), ...named } };
}

function escalated(body: Fields, opened: Opened): DecodedEvent {
  const { call, text } = opened;
  const said = text('transfer_type')?.toLowerCase();
  // Not documented; an account that is told of it should not lose it.
  const transfer = said === 'warm' || said === 'cold' ? said : 'unknown';
  const named = {
    trigger: text('escalation_trigger'),
    to: text('transfer_to'),
    summary: text('conversation_summary'),
    contact: opened.customer(),
    campaign: opened.campaign,
    language: text('language'),
    custom_fields: call.record('custom_fields') ?? body.record('custom_fields'),
  };
  return {
    ...envelope(opened),
    type: 'call.escalated',
    data: { ...extras('call.escalated', call, body), ...named, transfer },
  };
}

function read(body: Fields): DecodedEvent[] {
  const type = body.text('event', 'event_type', 'type');
  const opened = open(body);
  const unknown = (reason: string): DecodedEvent[] => [unknownEvent(reason, { type, istest: opened.istest })];
  switch (type) {
    case 'call.completed':
      return opened.subject === undefined ? unknown('no usable call id') : [completed(body, opened)];
    case 'call.escalated':
      return opened.subject === undefined ? unknown('no usable call id') : [escalated(body, opened)];
    case undefined:
      return unknown('no event type');
    default:
      return unknown('event type not known');
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
