/**
 * What makes a disposition tree a good one, without the parser: the settings' schema checks by it, and so does the
 * window in which an agent edits the tree, which parses nothing.
 */
import type { DispositionNode } from '../contract/dispositions';

export const DISPOSITION_LIMITS = {
  /** Levels of nesting: more than four choices after each call and nobody chooses carefully. */
  maxDepth: 4,
  /** Choices on one level; the first nine have the keys 1–9. */
  maxPerLevel: 40,
  /** Choices in a whole tree. */
  maxNodes: 400,
  /** Characters of a label. */
  maxLabel: 80,
  /** Characters of a platform's own word. */
  maxWord: 100,
} as const;

/** Lower-case words, stable for ever: reports and platforms are keyed by it. */
export const DISPOSITION_CODE = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

export type TreeComplaint =
  | { what: 'too_deep' | 'tree_full' | 'level_full' }
  /** `code` names the choice that has it already. */
  | { what: 'code_twice'; code: string }
  | { what: 'key_twice'; key: number; code: string };

function complaint(level: readonly DispositionNode[], depth: number, codes: Set<string>): TreeComplaint | undefined {
  if (depth > DISPOSITION_LIMITS.maxDepth) return { what: 'too_deep' };
  if (level.length > DISPOSITION_LIMITS.maxPerLevel) return { what: 'level_full' };
  const keys = new Map<number, string>();
  for (const { code, key, children } of level) {
    if (codes.has(code)) return { what: 'code_twice', code };
    codes.add(code);
    if (codes.size > DISPOSITION_LIMITS.maxNodes) return { what: 'tree_full' };
    const holder = key === undefined ? undefined : keys.get(key);
    if (key !== undefined && holder !== undefined) return { what: 'key_twice', key, code: holder };
    if (key !== undefined) keys.set(key, code);
    const below = children === undefined ? undefined : complaint(children, depth + 1, codes);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The first thing that is wrong with the tree as a whole; codes are unique in all of it, keys on their level. */
export function treeComplaint(tree: readonly DispositionNode[]): TreeComplaint | undefined {
  return complaint(tree, 1, new Set());
}
