/** What Infer bodies have in common: `type`, `call_id`, `timestamp`, and the event's own fields under `metadata`. */
import { envelopeOf, subjectOf } from '../lib/decoding';
import type { Fields } from '../lib/fields';

export function open(body: Fields) {
  const metadata = body.fields('metadata');
  return {
    body,
    metadata,
    subject: subjectOf('infer', body.text('call_id') ?? metadata.text('call_id')),
    envelope: envelopeOf({
      time: body.instant('timestamp', 'endedAt') ?? metadata.instant('timestamp', 'endedAt'),
      istest: body.flag('is_test'),
    }),
    text: (...names: string[]) => metadata.text(...names) ?? body.text(...names),
    instant: (...names: string[]) => metadata.instant(...names) ?? body.instant(...names),
    duration: (...names: string[]) => metadata.duration(...names) ?? body.duration(...names),
    list: (...names: string[]) => metadata.list(...names) ?? body.list(...names),
    any: (...names: string[]) => metadata.any(...names) ?? body.any(...names),
  };
}
export type Opened = ReturnType<typeof open> & { subject: string };
