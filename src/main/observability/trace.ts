/** `HANDOVER_TRACE=FILE`: JSON lines that say when what happened, for measuring. Silent when no file is named. */
import { appendFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

export type TraceMark =
  | 'webhook.sent'
  | 'webhook.acknowledged'
  | 'event.received'
  | 'pop.painted'
  | 'pop.claimed'
  | 'disposition.saved'
  | 'disposition.sent';

/** `at` is epoch ms, fractional; now when left out. */
export type Trace = (mark: TraceMark, call: string, event: string, at?: number) => void;

/** Epoch ms with a fraction, on the same base as the renderers' clocks. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

export function createTrace(file: string | undefined, failed: (cause: unknown) => void): Trace {
  if (file === undefined) return () => undefined;
  let last = Promise.resolve();
  return (mark, call, event, at = preciseNow()) => {
    const line = `${JSON.stringify({ mark, call, event, at })}\n`;
    last = last.then(() => appendFile(file, line)).catch(failed);
  };
}
