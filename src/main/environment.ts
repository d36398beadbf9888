/** The only place that reads the process environment. */
import os from 'node:os';
import path from 'node:path';

export interface Environment {
  /** File that gets the trace marks, or undefined. */
  traceFile: string | undefined;
  /** Address of the session bus; on Linux without one there are neither notifications nor a tray. */
  sessionBus: boolean;
  /** Linux: where programs keep their configuration. */
  configHome: string;
  /** Linux: where a person's own programs are made known to the desktop. */
  dataHome: string;
  /** Linux: the AppImage that holds this program. Nobody installed it, so no desktop knows it yet. */
  appImage: string | undefined;
  /** What starts this program again: itself, or the AppImage that holds it. */
  program: string;
  /** Windows' folder for what holds for all users. */
  programData: string;
  platform: NodeJS.Platform;
  osRelease: string;
}

function absolute(value: string | undefined): string | undefined {
  return value !== undefined && path.isAbsolute(value) ? value : undefined;
}

export function readEnvironment(): Environment {
  const trace = process.env.HANDOVER_TRACE;
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? process.env.XDG_RUNTIME_DIR;
  return {
    traceFile: trace === undefined || trace === '' ? undefined : trace,
    sessionBus: bus !== undefined && bus !== '',
    configHome: absolute(process.env.XDG_CONFIG_HOME) ?? path.join(os.homedir(), '.config'),
    dataHome: absolute(process.env.XDG_DATA_HOME) ?? path.join(os.homedir(), '.local', 'share'),
    appImage: absolute(process.env.APPIMAGE),
    program: absolute(process.env.APPIMAGE) ?? process.execPath,
    programData: process.env.ProgramData ?? 'C:\\ProgramData',
    platform: process.platform,
    osRelease: os.release(),
  };
}
