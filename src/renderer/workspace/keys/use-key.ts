import { useEffect, useRef } from 'react';
import type { KeyAction } from '../../../shared/contract/keys';
import { isChord, useKeys } from '../../bridge/keys';

/** Runs on the key of this action while the component is there and `on`. Works in fields, too: such a key types nothing. */
export function useKey(action: KeyAction, run: () => void, on = true): void {
  const chord = useKeys()[action];
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat || !isChord(event, chord)) return;
      // A dialog in front has the keyboard for itself.
      if (document.querySelector('[role=dialog]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [chord, on]);
}
