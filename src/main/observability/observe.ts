/** Log, trace and watch of one run, and the net under everything that nobody caught. */
import path from 'node:path';
import type { Environment } from '../environment';
import type { Scheduler } from '../timing/scheduler';
import { LoopWatch } from './event-loop';
import { createLog } from './log';
import type { Log } from './log';
import { createTrace } from './trace';
import type { Trace } from './trace';

export interface Observed {
  /** The folder of the log's files. */
  logs: string;
  log: Log;
  trace: Trace;
  /** Something happens: whether main keeps up with it is looked at closely for a while. */
  stir: () => void;
  /** Resolves when the log is written. */
  stop: () => Promise<void>;
}

export function observe(environment: Environment, profile: string, scheduler: Scheduler): Observed {
  const logs = path.join(profile, 'logs');
  const log = createLog(path.join(logs, 'desk.log'), () => scheduler.now());
  const trace = createTrace(environment.traceFile, (cause) => {
    log.error('trace.failed', cause);
  });
  process.on('uncaughtException', (error) => {
    log.error('uncaught', error);
  });
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled', reason);
  });
  const loop = new LoopWatch({
    scheduler,
    now: () => performance.now(),
    report: (worstMs) => log.info('event_loop.stalled', { worst_ms: worstMs }),
  });
  loop.start();
  return {
    logs,
    log,
    trace,
    stir: () => loop.stir(),
    stop: async () => {
      loop.stop();
      await log.flush();
    },
  };
}
