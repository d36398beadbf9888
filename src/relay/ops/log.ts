/**
 * Logs go to stderr as JSON lines. They hold platforms, counts, codes and agent ids; never names, numbers, summaries,
 * tokens or bodies, so nothing that came in over the wire is ever passed to a log call whole.
 */
import { destination, pino, type Logger } from 'pino';

const STDERR = 2;

/** Only what tells faults apart: messages of libraries may quote what they choked on. */
function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? { code: error.code } : {};
  const fault = 'fault' in error ? { fault: error.fault } : {};
  return { type: error.name, ...code, ...fault, stack: error.stack?.split('\n').slice(1, 6).join('\n') };
}

export function createLog(level = 'info'): Logger {
  return pino({ level, base: null, serializers: { err: errorFields } }, destination({ fd: STDERR, sync: true }));
}
