/**
 * Questions to the Linux session bus, asked by a helper program with a deadline: a service that hangs must never stall
 * the desk, and Electron's own calls to it are synchronous.
 */
import { execFile } from 'node:child_process';

/** A healthy service answers within milliseconds. */
export const BUS_ANSWERS_WITHIN_MS = 1_000;
/** The helper is ended when it does not keep its own deadline. */
const HELPER_ENDS_WITHIN_MS = 1_500;

interface Question {
  service: string;
  path: string;
  /** `interface.Method` */
  method: string;
  /** One string argument. */
  argument?: string;
}

/** Runs a program to its end, which comes soon. `failed`: it said no, or took too long. Never rejects. */
export type RunHelper = (command: string, args: readonly string[]) => Promise<HelperResult>;
export type HelperResult = { status: 'answered'; output: string } | { status: 'failed' } | { status: 'not_installed' };

export const runHelper: RunHelper = (command, args) =>
  new Promise((resolve) => {
    const options = { timeout: HELPER_ENDS_WITHIN_MS, killSignal: 'SIGKILL' as const, maxBuffer: 64 * 1024 };
    execFile(command, [...args], options, (error, stdout) => {
      if (error === null) resolve({ status: 'answered', output: stdout });
      else resolve({ status: error.code === 'ENOENT' ? 'not_installed' : 'failed' });
    });
  });

function dbusSend({ service, path, method, argument }: Question): string[] {
  const reply = ['--session', '--print-reply=literal', `--reply-timeout=${BUS_ANSWERS_WITHIN_MS}`];
  return [...reply, `--dest=${service}`, path, method, ...(argument === undefined ? [] : [`string:${argument}`])];
}

function gdbus({ service, path, method, argument }: Question): string[] {
  const seconds = Math.ceil(BUS_ANSWERS_WITHIN_MS / 1000);
  const call = ['call', '--session', '--timeout', String(seconds), '--dest', service, '--object-path', path];
  return [...call, '--method', method, ...(argument === undefined ? [] : [argument])];
}

/** The answer as the helper prints it; undefined when there was none in time, or no helper is installed. */
async function ask(question: Question, run: RunHelper): Promise<string | undefined> {
  const first = await run('dbus-send', dbusSend(question));
  const result = first.status === 'not_installed' ? await run('gdbus', gdbus(question)) : first;
  return result.status === 'answered' ? result.output : undefined;
}

/** Whether the notification service answers right now. Asking starts it where the system can. */
export async function notificationsAnswer(run: RunHelper = runHelper): Promise<boolean> {
  const answer = await ask(
    {
      service: 'org.freedesktop.Notifications',
      path: '/org/freedesktop/Notifications',
      method: 'org.freedesktop.Notifications.GetServerInformation',
    },
    run,
  );
  return answer !== undefined;
}

/** Whether a panel shows tray icons. */
export async function trayHostExists(run: RunHelper = runHelper): Promise<boolean> {
  const answer = await ask(
    {
      service: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      method: 'org.freedesktop.DBus.NameHasOwner',
      argument: 'org.kde.StatusNotifierWatcher',
    },
    run,
  );
  return answer?.includes('true') ?? false;
}

/** How long an answer is good for: a burst of calls asks once, a service that hangs is found out by the next one. */
export const ANSWER_FRESH_MS = 1_000;

/** The question, asked at most once at a time and once per second. @param now epoch ms */
export function oncePerSecond<T>(ask: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (last !== undefined && now() < last.until) return last.answer;
    const asked = { answer: ask(), until: Number.POSITIVE_INFINITY };
    const answered = () => {
      asked.until = now() + ANSWER_FRESH_MS;
    };
    asked.answer.then(answered, answered);
    last = asked;
    return asked.answer;
  };
}
