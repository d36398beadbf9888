/** Changes of the tree of outcomes, each a new tree. Pure; a choice is named by its code, which is unique in the tree. */
import type { DispositionNode, DispositionTree } from '../../../../shared/contract/dispositions';
import { DISPOSITION_CODE, treeComplaint, type TreeComplaint } from '../../../../shared/lib/disposition-rules';

type Level = readonly DispositionNode[];

/** Why a tree is not kept; `nothing_left` and `bad_code` beside what the whole tree may be wrong with. */
export type EditComplaint = TreeComplaint | { what: 'nothing_left' | 'bad_code' };

/** Where a choice stands. */
export interface Place {
  node: DispositionNode;
  level: Level;
  /** From 0. */
  index: number;
  /** 1 is the top. */
  depth: number;
}

export function placeOf(level: Level, code: string, depth = 1): Place | undefined {
  for (const [index, node] of level.entries()) {
    if (node.code === code) return { node, level, index, depth };
    const below = placeOf(node.children ?? [], code, depth + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The level that holds the choice, changed. An empty one is none. */
function withLevel(level: Level, code: string, change: (level: Level) => DispositionNode[]): DispositionNode[] {
  if (level.some((node) => node.code === code)) return change(level);
  return level.map((node) =>
    node.children === undefined ? node : withChildren(node, withLevel(node.children, code, change)),
  );
}

function withChildren(node: DispositionNode, children: DispositionNode[]): DispositionNode {
  const next: DispositionNode = { ...node, children };
  // A choice with nothing below it is a final one; an empty level is none that may be kept.
  if (children.length === 0) delete next.children;
  return next;
}

export function replace(tree: DispositionTree, code: string, next: DispositionNode): DispositionTree {
  return withLevel(tree, code, (level) => level.map((node) => (node.code === code ? next : node)));
}

/** @param by -1: one place up, 1: one down, on its level */
export function move(tree: DispositionTree, code: string, by: -1 | 1): DispositionTree {
  return withLevel(tree, code, (level) => {
    const from = level.findIndex((node) => node.code === code);
    const moved = level.filter((_, index) => index !== from);
    return moved.toSpliced(Math.max(0, from + by), 0, ...level.slice(from, from + 1));
  });
}

export function remove(tree: DispositionTree, code: string): DispositionTree {
  return withLevel(tree, code, (level) => level.filter((node) => node.code !== code));
}

/** @param below the choice that gets it; null: the top level */
export function add(tree: DispositionTree, node: DispositionNode, below: string | null): DispositionTree {
  if (below === null) return [...tree, node];
  const parent = placeOf(tree, below)?.node;
  if (parent === undefined) return tree;
  return replace(tree, below, { ...parent, children: [...(parent.children ?? []), node] });
}

/** How many choices there are in the node, itself included. */
export function countOf(node: DispositionNode): number {
  return (node.children ?? []).reduce((sum, child) => sum + countOf(child), 1);
}

export function complaintOf(tree: DispositionTree): EditComplaint | undefined {
  return tree.length === 0 ? { what: 'nothing_left' } : treeComplaint(tree);
}

/** Why this code will not do for a new choice. */
export function codeComplaint(tree: DispositionTree, code: string): EditComplaint | undefined {
  if (!DISPOSITION_CODE.test(code)) return { what: 'bad_code' };
  return placeOf(tree, code) === undefined ? undefined : { what: 'code_twice', code };
}

/** A code from a name, where its letters allow one; else the next free number. */
export function codeFrom(name: string, tree: DispositionTree): string {
  const words = name
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
  const stem = /[a-z]/.test(words) ? words : 'outcome';
  const free = [stem, ...Array.from({ length: 400 }, (_, n) => `${stem}_${String(n + 2)}`)];
  return free.find((code) => placeOf(tree, code) === undefined) ?? stem;
}
