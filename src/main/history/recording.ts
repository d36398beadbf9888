/**
 * Where a call's recording lies. Platforms sign such addresses for a while only, so the relay is asked for one that is valid
 * now; the one that came with the call is what remains when nobody answers. No window ever holds it.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import { callAnswerSchema } from '../../shared/contract/rest';
import type { RelayRest } from '../rest/relay-rest';

/** Signed addresses are long; more than this is none. */
const MAX_ADDRESS = 8_192;

function isAddress(text: string | undefined): text is string {
  if (text === undefined || text.length > MAX_ADDRESS || !URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:';
}

/** Undefined: there is none that could be had. Never rejects. */
export async function recordingOf(call: CallSnapshot, rest: Pick<RelayRest, 'ask'>): Promise<string | undefined> {
  const asked = await rest.ask({
    method: 'GET',
    path: `/v1/calls/${encodeURIComponent(call.call)}?fresh=1`,
    answer: callAnswerSchema,
  });
  const fresh = asked.ok ? [asked.value.record?.recording_url, asked.value.call.fields.recording_url?.value] : [];
  return [...fresh, call.fields.recording_url?.value].find(isAddress);
}
