import { useEffect, useRef } from 'react';
import type { DispositionTree } from '../../../shared/contract/dispositions';
import { isChord, useKeys } from '../../bridge/keys';
import { choicesBelow, keysOf } from './outcome-form';

interface FormKeys {
  tree: DispositionTree;
  path: readonly string[];
  onChoose: (path: string[]) => void;
  onSave: () => void;
}

const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** 1–9 choose on the level shown, Backspace goes one level up, a key of the person's choice saves; typing stays typing. */
export function useFormKeys(keys: FormKeys): void {
  const { save } = useKeys();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { tree, path, onChoose, onSave } = latest.current;
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (isChord(event, save)) {
        event.preventDefault();
        onSave();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      if (event.key === 'Backspace' && path.length > 0) {
        event.preventDefault();
        onChoose(path.slice(0, -1));
        return;
      }
      const level = choicesBelow(tree, path);
      const shown =
        level.length > 0
          ? { level, base: path }
          : { level: choicesBelow(tree, path.slice(0, -1)), base: path.slice(0, -1) };
      const node = [...keysOf(shown.level)].find(([, key]) => String(key) === event.key);
      if (node === undefined) return;
      event.preventDefault();
      onChoose([...shown.base, node[0]]);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [save]);
}
