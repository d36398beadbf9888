import { useLayoutEffect, useRef } from 'react';

/** Reports kept, so that a call shown again is not reported again; far more than a shift brings. */
const REMEMBERED = 1000;

/**
 * Calls `report` once per call and event, after the second animation frame that follows the content: the first frame
 * runs before the paint that holds it, the second one after.
 * @param report hears epoch ms, fractional
 */
export function usePainted(
  call: string | undefined,
  event: string | null | undefined,
  report: (call: string, event: string, at: number) => void,
): void {
  const done = useRef(new Set<string>());
  const latest = useRef(report);
  useLayoutEffect(() => {
    latest.current = report;
  });
  useLayoutEffect(() => {
    if (call === undefined || event === null || event === undefined) return;
    const key = `${call} ${event}`;
    if (done.current.has(key)) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (done.current.size >= REMEMBERED) done.current.clear();
        done.current.add(key);
        latest.current(call, event, performance.timeOrigin + performance.now());
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [call, event]);
}
