import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Reports the height the content would like, in CSS px, whenever it changes. The window's parts (fixed head and foot,
 * scrolling middle) are measured at their natural height, so the answer does not depend on the window's present one.
 * Measured in layout as well as observed: a hidden window is not laid out by itself.
 */
export function useNeededHeight(report: (height: number) => void): (element: HTMLElement | null) => void {
  const parts = useRef(new Set<HTMLElement>());
  const last = useRef(0);
  const latest = useRef(report);
  const observer = useRef<ResizeObserver | null>(null);

  const measure = useCallback(() => {
    let height = 0;
    for (const part of parts.current) height += part.getBoundingClientRect().height;
    const needed = Math.ceil(height);
    if (needed === 0 || needed === last.current) return;
    last.current = needed;
    latest.current(needed);
  }, []);

  useLayoutEffect(() => {
    latest.current = report;
    measure();
  });

  return useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return;
      observer.current ??= new ResizeObserver(measure);
      const watching = observer.current;
      parts.current.add(element);
      watching.observe(element);
      return () => {
        parts.current.delete(element);
        watching.unobserve(element);
      };
    },
    [measure],
  );
}
