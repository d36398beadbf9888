/** Questions asked of the disposition tree. Pure. */
import type { DispositionNode, DispositionTree } from '../../shared/contract/dispositions';

/** The nodes from the root to the choice, or undefined when the path is not in the tree. */
export function nodesOf(tree: DispositionTree, path: readonly string[]): DispositionNode[] | undefined {
  const nodes: DispositionNode[] = [];
  let level: DispositionTree = tree;
  for (const code of path) {
    const node = level.find((candidate) => candidate.code === code);
    if (node === undefined) return undefined;
    nodes.push(node);
    level = node.children ?? [];
  }
  return nodes.length === 0 ? undefined : nodes;
}

/** The choice in the platform's own word, else its code: the nearest word from the choice upwards. */
export function wireValue(nodes: readonly DispositionNode[], platform: string): string {
  const word = nodes.map((node) => node.platform?.[platform]).findLast((mapped) => mapped !== undefined);
  return word ?? nodes.at(-1)?.code ?? '';
}

function canonical(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** Spellings of the platforms' own documents for the same thing. */
const SYNONYMS: Readonly<Record<string, string>> = { callback: 'callback_requested', dnd: 'dnc', do_not_call: 'dnc' };

/** The same word however it is spelt. */
export function sameWord(word: string): string {
  const plain = canonical(word);
  return SYNONYMS[plain] ?? plain;
}

/** Where in the tree a platform's word belongs, or undefined when it has no place there. */
export function pathOf(tree: DispositionTree, value: string, platform: string): string[] | undefined {
  const wanted = sameWord(value);
  for (const node of tree) {
    const own = [node.code, node.platform?.[platform]];
    if (own.some((word) => word !== undefined && sameWord(word) === wanted)) return [node.code];
    const below = pathOf(node.children ?? [], value, platform);
    if (below !== undefined) return [node.code, ...below];
  }
  return undefined;
}
