import { useEffect, useRef } from 'react';
import { isChord, useKeys } from '../bridge/keys';

/** After another call has taken the window's place, the key waits this long: a press meant for the one before claims nothing. */
const SETTLE_MS = 400;

/** Whether the key belongs to a control that has the focus, rather than to the window. */
function ownedByControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, select, textarea, [role^=menu]') !== null;
}

/** The claim key claims while the window has the keyboard and no control of its own uses the key. */
export function useClaimKey(claim: () => void): void {
  const chord = useKeys().claim;
  const latest = useRef(claim);
  useEffect(() => {
    latest.current = claim;
  });
  useEffect(() => {
    // Shown without focus, an Enter cannot have been meant for an earlier call here.
    const from = document.hasFocus() ? performance.now() + SETTLE_MS : 0;
    const onKey = (event: KeyboardEvent) => {
      if (!isChord(event, chord) || event.repeat || event.defaultPrevented || event.isComposing) return;
      if (ownedByControl(event.target) || performance.now() < from) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [chord]);
}
