/** What can be read of the system's own switches, each by a helper program with a deadline. Never rejects. */
import type { RunHelper } from '../session-bus/session-bus';

export type OnOff = 'on' | 'off' | 'unknown';

/** Minutes after which the computer sleeps by itself while it is plugged in; `never`; or it could not be read. */
export type SleepsAfter = number | 'never' | 'unknown';

async function output(run: RunHelper, command: string, args: readonly string[]): Promise<string | undefined> {
  const result = await run(command, args);
  return result.status === 'answered' ? result.output.trim() : undefined;
}

const KDE_INHIBITED = [
  '--session',
  '--print-reply=literal',
  '--reply-timeout=1000',
  '--dest=org.freedesktop.Notifications',
  '/org/freedesktop/Notifications',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Notifications',
  'string:Inhibited',
];

const TOASTS_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Notifications\Settings`;

/** Whether the system holds notifications back. macOS tells no program. */
export async function doNotDisturb(platform: NodeJS.Platform, run: RunHelper): Promise<OnOff> {
  if (platform === 'win32') {
    const toasts = await output(run, 'reg', ['query', TOASTS_KEY, '/v', 'NOC_GLOBAL_SETTING_TOASTS_ENABLED']);
    return toasts === undefined ? 'unknown' : /0x0\b/.test(toasts) ? 'on' : 'off';
  }
  if (platform !== 'linux') return 'unknown';
  const dunst = await output(run, 'dunstctl', ['is-paused']);
  if (dunst === 'true' || dunst === 'false') return dunst === 'true' ? 'on' : 'off';
  const kde = await output(run, 'dbus-send', KDE_INHIBITED);
  if (kde !== undefined && /boolean (true|false)/.test(kde)) return kde.includes('true') ? 'on' : 'off';
  const gnome = await output(run, 'gsettings', ['get', 'org.gnome.desktop.notifications', 'show-banners']);
  if (gnome === 'true' || gnome === 'false') return gnome === 'true' ? 'off' : 'on';
  return 'unknown';
}

const SECONDS = 60;

/** GNOME's switch and its seconds. */
async function gnomeSleep(run: RunHelper): Promise<SleepsAfter> {
  const schema = 'org.gnome.settings-daemon.plugins.power';
  const type = await output(run, 'gsettings', ['get', schema, 'sleep-inactive-ac-type']);
  if (type === undefined) return 'unknown';
  if (type.includes('nothing')) return 'never';
  const seconds = Number(await output(run, 'gsettings', ['get', schema, 'sleep-inactive-ac-timeout']));
  if (!Number.isFinite(seconds)) return 'unknown';
  return seconds === 0 ? 'never' : Math.round(seconds / SECONDS);
}

/** The line's words are in the system's language; its numbers are hexadecimal everywhere: mains first, battery last. */
function windowsSleep(text: string | undefined): SleepsAfter {
  const values = [...(text ?? '').matchAll(/0x([0-9a-f]{8})\s*$/gim)].map(([, hex = '']) => Number.parseInt(hex, 16));
  const mains = values.at(-2);
  if (mains === undefined) return 'unknown';
  return mains === 0 ? 'never' : Math.round(mains / SECONDS);
}

function macSleep(text: string | undefined): SleepsAfter {
  const minutes = /^\s*sleep\s+(\d+)/m.exec(text ?? '')?.[1];
  if (minutes === undefined) return 'unknown';
  return minutes === '0' ? 'never' : Number(minutes);
}

export async function sleepsAfter(platform: NodeJS.Platform, run: RunHelper): Promise<SleepsAfter> {
  switch (platform) {
    case 'linux':
      return gnomeSleep(run);
    case 'win32':
      return windowsSleep(await output(run, 'powercfg', ['/query', 'SCHEME_CURRENT', 'SUB_SLEEP', 'STANDBYIDLE']));
    case 'darwin':
      return macSleep(await output(run, 'pmset', ['-g']));
    default:
      return 'unknown';
  }
}
