/** What a notification says. In privacy mode it names nobody. Pure. */
import type { CallView } from '../../shared/contract/views';
import type { Words } from '../words/words';

/** Characters of the summary in a toast: two lines. */
const MAX_SUMMARY = 140;

export interface Toast {
  title: string;
  body: string;
}

export function toastFor(call: CallView, privacy: boolean, words: Words): Toast {
  const why = words.trigger[call.trigger.kind];
  if (privacy) return { title: why, body: words.callerWaits };
  const who = call.name ?? call.phone?.national ?? call.phone?.raw;
  const summary = call.summary.state === 'present' ? call.summary.text : words.callerWaits;
  const body = summary.length > MAX_SUMMARY ? `${summary.slice(0, MAX_SUMMARY - 1)}…` : summary;
  return { title: who === undefined ? why : `${why}: ${who}`, body };
}
