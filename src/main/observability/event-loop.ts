/** Watches how long main's event loop stands still: everything a person feels as "it hangs" shows here first. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const REPORT_EVERY_MS = 60_000;
/** Delays below this are no one's concern. */
const WORTH_A_LINE_MS = 50;
const NS_PER_MS = 1e6;
/** How often it is looked at, ms: finer would wake a desk at rest fifty times a second. */
const LOOK_EVERY_MS = 100;

/** @returns stops watching */
export function watchEventLoop(report: (worstMs: number) => void): () => void {
  const histogram = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  histogram.enable();
  const timer = setInterval(() => {
    // Between two looks lies the wait itself.
    const worst = histogram.max / NS_PER_MS - LOOK_EVERY_MS;
    histogram.reset();
    if (worst > WORTH_A_LINE_MS) report(Math.round(worst));
  }, REPORT_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    histogram.disable();
  };
}
