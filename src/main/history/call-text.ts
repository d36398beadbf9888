/** The words of a call, as they are searched and shown: who, the summaries, what was said. Pure. */
import type { CallSnapshot } from '../../shared/contract/call';
import { escalationsOf, turnsOf } from '../../shared/lib/call-view';

export interface CallText {
  who: string;
  summary: string;
  said: string;
}

function spoken(call: CallSnapshot): string {
  const turns = call.transcript?.value ?? turnsOf(call);
  return turns.map(({ text }) => text).join('\n');
}

export function callText(call: CallSnapshot): CallText {
  const { fields } = call;
  const summaries = [...escalationsOf(call).map(({ summary }) => summary), fields.end_summary?.value];
  const who = [fields.contact_name?.value, fields.campaign?.value, fields.language?.value];
  return {
    who: who.filter((word) => word !== undefined).join('\n'),
    summary: summaries.filter((text) => text !== undefined && text !== '').join('\n'),
    said: spoken(call),
  };
}
