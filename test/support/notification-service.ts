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
  data: { summary: { data: string }; body: { data: string } }[][];
}

/** Closes what is on screen and returns all notifications shown so far, newest first. */
export function shownNotifications(): { title: string; body: string }[] {
  execFileSync('dunstctl', ['close-all']);
  const history = JSON.parse(execFileSync('dunstctl', ['history'], { encoding: 'utf8' })) as DunstHistory;
  return history.data.flat().map(({ summary, body }) => ({ title: summary.data, body: body.data }));
}

export function forgetNotifications(): void {
  execFileSync('dunstctl', ['close-all']);
  execFileSync('dunstctl', ['history-clear']);
}

/** Stops the service where it stands: it keeps its name and answers nobody. */
export function hangNotificationService(): () => void {
  const pid = notificationServicePid();
  process.kill(pid, 'SIGSTOP');
  return () => {
    process.kill(pid, 'SIGCONT');
  };
}
