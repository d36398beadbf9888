/** The wrap-up form as data: what is chosen, what the choice asks for, and the decision it makes. Pure. */
import type { DispositionNode, DispositionTree } from '../../../shared/contract/dispositions';
import type { Callback, Decision, OutcomeDraft, SaveReply } from '../../../shared/contract/outcomes';
import type { Language } from '../../../shared/contract/views';
import { instantsOf } from '../../../shared/lib/wall-time';
import { readableTerm } from '../../components/trigger';
import { understandAmount, type Money } from './typed-amount';

export type Missing = Extract<SaveReply, { ok: false }>['reason'];

export const EMPTY_FORM: OutcomeDraft = { path: [], notes: '', callback: null, dnc: null };

/** Nodes from the root to the choice; as far as the tree knows the path. */
export function chosenNodes(tree: DispositionTree, path: readonly string[]): DispositionNode[] {
  const nodes: DispositionNode[] = [];
  let level: readonly DispositionNode[] = tree;
  for (const code of path) {
    const node = level.find((candidate) => candidate.code === code);
    if (node === undefined) break;
    nodes.push(node);
    level = node.children ?? [];
  }
  return nodes;
}

/** Choices of the level below the path; empty once the choice is final. */
export function choicesBelow(tree: DispositionTree, path: readonly string[]): readonly DispositionNode[] {
  const nodes = chosenNodes(tree, path);
  return nodes.length === 0 ? tree : (nodes.at(-1)?.children ?? []);
}

/** The key, 1–9, that takes each choice of a level: its own, else the next free one in the list's order. */
export function keysOf(level: readonly DispositionNode[]): Map<string, number> {
  const own = new Set(level.flatMap(({ key }) => (key === undefined ? [] : [key])));
  const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((key) => !own.has(key));
  const keys = new Map<string, number>();
  for (const { code, key } of level) {
    const taken = key ?? free.shift();
    if (taken !== undefined) keys.set(code, taken);
  }
  return keys;
}

export function labelOf(node: DispositionNode, language: string): string {
  const own: Partial<Record<string, string | undefined>> = node.labels ?? {};
  return own[language satisfies string as Language] ?? own.en ?? readableTerm(node.code);
}

/** The words of the tree for an outcome that came as a bare value, from the AI or a platform; absent where it has none. */
export function wordsInTree(tree: DispositionTree, value: string, language: string): string | undefined {
  for (const node of tree) {
    if (node.code === value) return labelOf(node, language);
    const below = wordsInTree(node.children ?? [], value, language);
    if (below !== undefined) return below;
  }
  return undefined;
}

export interface Demands {
  /** The choice is complete: nothing below it. */
  final: boolean;
  note: boolean;
  amount: boolean;
  /** Of the amount, where the choice names one. */
  currency: string | undefined;
  callback: 'none' | 'optional' | 'required';
  dnc: boolean;
}

/** What a choice asks for; what holds for a choice holds for every one below it. */
export function demandsOf(tree: DispositionTree, path: readonly string[]): Demands {
  const nodes = chosenNodes(tree, path);
  return {
    final: nodes.length > 0 && nodes.at(-1)?.children === undefined,
    note: nodes.some((node) => node.needs_note === true),
    amount: nodes.some((node) => node.needs_amount === true),
    currency: nodes.map((node) => node.currency).findLast((named) => named !== undefined),
    callback: nodes.map((node) => node.callback).findLast((flag) => flag !== undefined) ?? 'none',
    dnc: nodes.some((node) => node.dnc === true),
  };
}

/** The agreed instant of a callback as typed; of a wall time that comes twice, the first. */
export function callbackOf(typed: NonNullable<OutcomeDraft['callback']>): Callback | null {
  const wall_time = `${typed.date}T${typed.time}`;
  const when = instantsOf(wall_time, typed.zone);
  if (when.kind !== 'one' && when.kind !== 'twice') return null;
  const at = new Date(when.kind === 'one' ? when.at : when.first).toISOString();
  return { at, zone: typed.zone, wall_time, owner: typed.owner };
}

/**
 * The decision that the form makes, or the first thing that is missing. Main checks it again and has the last word.
 * @param money whose numbers are typed, and the currency where the choice names none
 */
export function decisionOf(
  tree: DispositionTree,
  form: OutcomeDraft,
  money: Money,
): { ok: true; decision: Decision } | { ok: false; missing: Missing } {
  const demands = demandsOf(tree, form.path);
  const notes = form.notes.trim();
  if (!demands.final) return { ok: false, missing: 'not_a_final_choice' };
  const currency = demands.currency ?? money.currency;
  const amount = demands.amount ? understandAmount(form.amount ?? '', { ...money, currency }) : undefined;
  if (amount?.ok === false) return { ok: false, missing: 'amount_needed' };
  if (demands.note && notes === '') return { ok: false, missing: 'note_needed' };
  if (demands.dnc && form.dnc === null) return { ok: false, missing: 'dnc_needed' };
  if (demands.callback === 'required' && form.callback === null) return { ok: false, missing: 'callback_needed' };
  const asked = demands.callback === 'none' ? null : form.callback;
  const callback = asked === null ? null : callbackOf(asked);
  if (asked !== null && callback === null) return { ok: false, missing: 'callback_time_wrong' };
  const verbatim = form.dnc?.verbatim.trim() ?? '';
  return {
    ok: true,
    decision: {
      path: form.path,
      ...(notes === '' ? {} : { notes: form.notes }),
      ...(amount === undefined ? {} : { amount: { value: amount.value, currency } }),
      ...(callback === null ? {} : { callback }),
      ...(form.dnc === null || !demands.dnc
        ? {}
        : { dnc: { scope: form.dnc.scope, ...(verbatim === '' ? {} : { verbatim }) } }),
    },
  };
}

/** Whether anything has been entered. */
export function isTouched(form: OutcomeDraft): boolean {
  const { path, notes, amount = '', callback, dnc } = form;
  return path.length > 0 || notes !== '' || amount !== '' || callback !== null || dnc !== null;
}
