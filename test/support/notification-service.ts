/** The desktop's notification service (dunst), seen and handled from outside the desk. */
import { execFileSync } from 'node:child_process';

function call(args: string[]): string {
  return execFileSync('dbus-send', ['--session', '--print-reply', '--reply-timeout=2000', ...args], {
    encoding: 'utf8',
  });
}

/** Process id of whoever owns the notification name on the session bus. */
export function notificationServicePid(): number {
  const reply = call([
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    'string:org.freedesktop.Notifications',
  ]);
  const pid = /uint32 (\d+)/.exec(reply)?.[1];
  if (pid === undefined) throw new Error(`no process id in: ${reply}`);
  return Number(pid);
}

interface DunstHistory {
  data: { id: { data: number }; summary: { data: string }; body: { data: string } }[][];
}

function history(env: NodeJS.ProcessEnv): DunstHistory['data'][number] {
  execFileSync('dunstctl', ['close-all'], { env });
  return (JSON.parse(execFileSync('dunstctl', ['history'], { env, encoding: 'utf8' })) as DunstHistory).data.flat();
}

/** Id of the newest notification so far; 0 before the first. */
export function newestNotification(): number {
  return Math.max(0, ...history(process.env).map(({ id }) => id.data));
}

/** Closes what is on screen and returns the notifications shown after the given one. @param env of the desktop asked */
export function notificationsAfter(id: number, env = process.env): { title: string; body: string }[] {
  return history(env)
    .filter((shown) => shown.id.data > id)
    .map(({ summary, body }) => ({ title: summary.data, body: body.data }));
}

/** How many notifications are on screen now. */
export function notificationsShown(): number {
  const count = execFileSync('dunstctl', ['count', 'displayed'], { encoding: 'utf8' });
  return Number(count.trim());
}

/** Takes every notification off the screen. */
export function closeNotifications(): void {
  execFileSync('dunstctl', ['close-all']);
}

/** Clicks the newest notification on screen. */
export function clickNotification(): void {
  execFileSync('dunstctl', ['action', '0']);
}

/** Stops the service where it stands: it keeps its name and answers nobody. */
export function hangNotificationService(): () => void {
  const pid = notificationServicePid();
  process.kill(pid, 'SIGSTOP');
  return () => {
    process.kill(pid, 'SIGCONT');
  };
}
