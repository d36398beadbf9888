/** What Salpre bodies have in common: `event_type`, `timestamp_utc`, `payload`, `is_test`. */
import { contactOf, envelopeOf, subjectOf } from '../lib/decoding';
import type { Fields } from '../lib/fields';

const DIRECTIONS = ['inbound', 'outbound'] as const;

export function open(body: Fields) {
  const payload = body.fields('payload');
  const call = payload.fields('call');
  const text = (...names: string[]) => payload.text(...names) ?? call.text(...names);
  const direction = payload.oneOf(DIRECTIONS, 'direction') ?? call.oneOf(DIRECTIONS, 'direction');
  const from = text('from');
  const to = text('to');
  // The customer is at the far end: whom an outbound call reaches, or who makes an inbound one.
  const customer = direction === 'outbound' ? to : direction === 'inbound' ? from : undefined;
  return {
    body,
    payload,
    call,
    text,
    subject: subjectOf('salpre', payload.text('call_id') ?? call.text('id', 'call_id')),
    envelope: envelopeOf({ time: body.instant('timestamp_utc'), istest: body.flag('is_test') }),
    parties: { direction, from, to, contact: contactOf(undefined, customer) },
  };
}
export type Opened = ReturnType<typeof open> & { subject: string };
