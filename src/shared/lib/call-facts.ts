/**
 * What the AI already did or promised, only as far as data says it: tools with their answers, custom fields, the
 * disposition it proposed, the call-back it agreed. Nothing is guessed out of prose.
 */
import type { CallSnapshot } from '../contract/call';
import type { FactView } from '../contract/views';

type NamedKind = Extract<FactView, { label: string }>['kind'];

/** Facts shown; a call with more is a call nobody reads the facts of. */
const MAX_FACTS = 20;
/** Characters of one value: two lines of the pop window. */
const MAX_VALUE = 200;

/** Names of fields that hold money or days, as far as their own name says so. */
const AMOUNT = /amount|balance|price|fee|emi|outstanding|total_due/i;
const DATE = /(^|_)(date|day|due|deadline|appointment|until)(_|$)/i;

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}

function fieldKind(name: string): NamedKind {
  if (AMOUNT.test(name)) return 'amount';
  return DATE.test(name) ? 'date' : 'field';
}

function toolFacts(call: CallSnapshot): FactView[] {
  return Object.values(call.tools)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((tool) => ({ kind: 'tool', label: tool.name, value: asText(tool.result ?? tool.arguments) ?? '' }));
}

function fieldFacts(call: CallSnapshot): FactView[] {
  const fields = Object.entries(call.fields.custom_fields?.value ?? {});
  return fields.flatMap(([name, value]) => {
    const text = asText(value);
    return text === undefined ? [] : [{ kind: fieldKind(name), label: name, value: text }];
  });
}

export function factsOf(call: CallSnapshot): FactView[] {
  const proposal = call.dispositions.ai?.value;
  const callback = call.fields.callback_time?.value ?? proposal?.callback?.at;
  const facts: FactView[] = [...toolFacts(call)];
  if (proposal !== undefined && /promise/i.test(proposal.value)) {
    facts.push({ kind: 'promise', disposition: proposal.value });
  }
  if (callback !== undefined) facts.push({ kind: 'callback', at: Date.parse(callback) });
  return [...facts, ...fieldFacts(call)].slice(0, MAX_FACTS);
}
