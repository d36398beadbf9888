/** Conversations as platforms write them (lists of messages, or text with speaker labels) to turns. */
import type { Turn } from '../../shared/contract/events';
import { Fields } from './fields';

type Speaker = Turn['speaker'];

/** On every platform so far a bare `agent` is the AI; the person it hands over to is named more closely. */
const SPEAKERS: ReadonlyMap<string, Speaker> = new Map([
  ...['customer', 'user', 'caller', 'contact', 'client', 'lead', 'callee'].map((word) => [word, 'customer'] as const),
  ...['ai', 'agent', 'ai agent', 'bot', 'assistant', 'voice agent', 'voicebot'].map((word) => [word, 'ai'] as const),
  ...['human agent', 'live agent', 'human', 'operator', 'representative'].map((word) => [word, 'agent'] as const),
]);

/** Who a role or label means; undefined for `system`, tools and words nobody has told us of. */
export function speakerOf(word: string | undefined): Speaker | undefined {
  return word === undefined
    ? undefined
    : SPEAKERS.get(
        word
          .trim()
          .toLowerCase()
          .replace(/[_\s-]+/g, ' '),
      );
}

const OWN = new Set(['speaker', 'text', 'at']);

function turnOf(item: unknown): Turn | undefined {
  const fields = new Fields(item);
  const speaker = speakerOf(fields.text('speaker', 'role', 'type'));
  const text = fields.text('message', 'text', 'transcript', 'content');
  if (speaker === undefined || text === undefined) return undefined;
  const at = fields.instant('at', 'time', 'utc_timestamp', 'timestamp_utc', 'timestamp');
  const more = Object.fromEntries(Object.entries(fields.rest()).filter(([name]) => !OWN.has(name)));
  return { ...more, speaker, text, ...(at === undefined ? {} : { at }) };
}

/** Messages to turns, in their order. System prompts and items that are not messages are left out. */
export function turnsFromList(list: readonly unknown[] | undefined): Turn[] | undefined {
  return list?.map(turnOf).filter((turn) => turn !== undefined);
}

/** `Label: text`, with the label perhaps bold, and a clock time in brackets before or after it. */
const LABELLED =
  /^[\s>*_-]{0,8}(?:[[(][\d:., -]{1,24}[\])]\s{0,3})?\*{0,2}([A-Za-z][A-Za-z _-]{0,24}?)\*{0,2}\s{0,3}(?:[[(][\d:., -]{1,24}[\])]\s{0,3})?\*{0,2}:\*{0,2}\s{0,3}/;

/**
 * Text with speaker labels at line starts to turns; unlabelled lines continue the turn before. Undefined where the
 * first words have no label that is recognised: then the text is better shown as it is.
 */
export function turnsFromText(text: string | undefined): Turn[] | undefined {
  if (text === undefined) return undefined;
  const turns: { speaker: Speaker; lines: string[] }[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = LABELLED.exec(line);
    const speaker = speakerOf(match?.[1]);
    const current = turns.at(-1);
    if (match !== null && speaker !== undefined) turns.push({ speaker, lines: [line.slice(match[0].length)] });
    else if (current !== undefined) current.lines.push(line);
    else if (line.trim() !== '') return undefined;
  }
  const spoken = turns.map(({ speaker, lines }) => ({ speaker, text: lines.join('\n').trim() }));
  return spoken.length > 0 ? spoken : undefined;
}
