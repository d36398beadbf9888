/**
 * Logs go to stderr as JSON lines. They hold platforms, counts, codes and agent ids; never names, numbers, summaries,
 * tokens or bodies, so nothing that came in over the wire is ever passed to a log call whole.
 */
import { destination, pino, type DestinationStream, type Logger } from 'pino';

const STDERR = 2;

/** Most places of a stack that are logged. */
const PLACES = 5;

/** Where it happened, without the message, which stands before it and may have lines of its own. */
function placesOf({ stack = '', message }: Error): string {
  const after = stack.indexOf(message) + message.length;
  const lines = stack.slice(stack.includes(message) ? after : 0).split('\n');
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, PLACES)
    .join('\n');
}

/** Only what tells faults apart: messages of libraries may quote what they choked on. */
function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? { code: error.code } : {};
  const fault = 'fault' in error ? { fault: error.fault } : {};
  return { type: error.name, ...code, ...fault, stack: placesOf(error) };
}

export function createLog(level = 'info', to: DestinationStream = destination({ fd: STDERR, sync: true })): Logger {
  return pino({ level, base: null, serializers: { err: errorFields } }, to);
}
