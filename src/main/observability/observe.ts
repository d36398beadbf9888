/** Log, trace and watch of one run, and the net under everything that nobody caught. */
import path from 'node:path';
import type { Environment } from '../environment';
import type { Scheduler } from '../timing/scheduler';
import { watchEventLoop } from './event-loop';
import { createLog } from './log';
import type { Log } from './log';
import { createTrace } from './trace';
import type { Trace } from './trace';

export interface Observed {
  log: Log;
  trace: Trace;
  /** Resolves when the log is written. */
  stop: () => Promise<void>;
}

export function observe(environment: Environment, profile: string, scheduler: Scheduler): Observed {
  const log = createLog(path.join(profile, 'logs', 'desk.log'), () => scheduler.now());
  const trace = createTrace(environment.traceFile, (cause) => {
    log.error('trace.failed', cause);
  });
  process.on('uncaughtException', (error) => {
    log.error('uncaught', error);
  });
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled', reason);
  });
  const stopWatching = watchEventLoop((worstMs) => {
    log.info('event_loop.stalled', { worst_ms: worstMs });
  });
  return {
    log,
    trace,
    stop: async () => {
      stopWatching();
      await log.flush();
    },
  };
}
