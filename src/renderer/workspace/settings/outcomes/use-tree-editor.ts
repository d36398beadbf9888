/** The tree in editing: every change is checked, kept at once, and can be taken back. */
import { useEffect, useState } from 'react';
import type { DispositionTree } from '../../../../shared/contract/dispositions';
import { complaintOf, type EditComplaint } from './tree-edits';

export interface TreeEditor {
  tree: DispositionTree;
  /** Keeps the change, or says why it cannot be kept. @param focus test id of what has the keyboard afterwards */
  change: (next: DispositionTree, focus?: string) => EditComplaint | undefined;
  /** Takes the last change back; undefined: there is none to take back. */
  undo: (() => void) | undefined;
}

/** Changes that can be taken back, one after the other. */
const MAX_UNDO = 50;

export function useTreeEditor(tree: DispositionTree, keep: (next: DispositionTree) => void): TreeEditor {
  const [before, setBefore] = useState<readonly DispositionTree[]>([]);
  const [focus, setFocus] = useState<{ testId: string } | null>(null);
  // What moves in the list or leaves it loses the keyboard; it is given back once the list is drawn.
  useEffect(() => {
    if (focus !== null) document.querySelector<HTMLElement>(`[data-testid="${focus.testId}"]`)?.focus();
  }, [focus]);
  const last = before.at(-1);
  return {
    tree,
    change(next, testId) {
      const complaint = complaintOf(next);
      if (complaint !== undefined) return complaint;
      setBefore([...before, tree].slice(-MAX_UNDO));
      keep(next);
      if (testId !== undefined) setFocus({ testId });
      return undefined;
    },
    undo:
      last === undefined
        ? undefined
        : () => {
            setBefore(before.slice(0, -1));
            keep(last);
          },
  };
}
