import { useEffect, useRef } from 'react';

/** What shows that the person has turned to the call. */
export const SEEN_SIGNS = ['pointerover', 'keydown', 'focus'] as const;

/** Reports once per call shown that the person pointed at the window, pressed a key in it or gave it the keyboard. */
export function useSeen(call: string | undefined, report: (call: string) => void): void {
  const told = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (call === undefined) return;
    const see = () => {
      if (told.current === call) return;
      told.current = call;
      report(call);
    };
    for (const sign of SEEN_SIGNS) window.addEventListener(sign, see);
    return () => {
      for (const sign of SEEN_SIGNS) window.removeEventListener(sign, see);
    };
  }, [call, report]);
}
