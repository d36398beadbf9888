/**
 * What VInfer bodies have in common. `call.completed` is published in two shapes, nested under `call` (integration
 * guide) and flat (CRM guide); every event is read in both, the nested field first.
 */
import { contactOf, envelopeOf, eventIdOf, subjectOf } from '../lib/decoding';
import type { Fields } from '../lib/fields';

export function open(body: Fields) {
  const call = body.fields('call');
  const contact = body.fields('contact');
  const id = call.text('call_id', 'id') ?? body.text('call_id');
  return {
    body,
    call,
    subject: subjectOf('vinfer', id),
    envelope: envelopeOf({
      id: eventIdOf(body.text('event_id')),
      time: body.instant('timestamp') ?? call.instant('timestamp'),
      istest: body.flag('is_test'),
    }),
    campaign: body.text('campaign_id') ?? call.text('campaign_id'),
    text: (...names: string[]) => call.text(...names) ?? body.text(...names),
    instant: (...names: string[]) => call.instant(...names) ?? body.instant(...names),
    record: (...names: string[]) => call.record(...names) ?? body.record(...names),
    contact: contactOf(
      call.text('contact_name') ?? contact.text('name'),
      call.text('phone') ?? contact.text('phone') ?? body.text('phone'),
      contact.rest(),
    ),
  };
}
export type Opened = ReturnType<typeof open>;
