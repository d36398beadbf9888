/** The only place that reads the process environment. */
import os from 'node:os';

export interface Environment {
  /** File that gets the trace marks, or undefined. */
  traceFile: string | undefined;
  /** Address of the session bus; on Linux without one there are neither notifications nor a tray. */
  sessionBus: boolean;
  platform: NodeJS.Platform;
  osRelease: string;
}

export function readEnvironment(): Environment {
  const trace = process.env.HANDOVER_TRACE;
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? process.env.XDG_RUNTIME_DIR;
  return {
    traceFile: trace === undefined || trace === '' ? undefined : trace,
    sessionBus: bus !== undefined && bus !== '',
    platform: process.platform,
    osRelease: os.release(),
  };
}
