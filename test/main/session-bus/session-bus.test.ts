import { describe, expect, it } from 'vitest';
import {
  ANSWER_FRESH_MS,
  notificationsAnswer,
  oncePerSecond,
  runHelper,
  trayHostExists,
  type HelperResult,
} from '../../../src/main/session-bus/session-bus';

const answering = (results: Record<string, HelperResult>) => {
  const asked: string[] = [];
  const run = (command: string) => {
    asked.push(command);
    return Promise.resolve<HelperResult>(results[command] ?? { status: 'not_installed' });
  };
  return { run, asked };
};

describe('questions to the session bus', () => {
  it('trusts a notification service that answers', async () => {
    const { run } = answering({ 'dbus-send': { status: 'answered', output: '   dunst' } });
    expect(await notificationsAnswer(run)).toBe(true);
  });

  it('does not trust one that is silent', async () => {
    const { run, asked } = answering({ 'dbus-send': { status: 'failed' } });
    expect(await notificationsAnswer(run)).toBe(false);
    expect(asked).toEqual(['dbus-send']);
  });

  it('takes the other helper where the first is not installed', async () => {
    const { run, asked } = answering({ gdbus: { status: 'answered', output: '(true,)' } });
    expect(await trayHostExists(run)).toBe(true);
    expect(asked).toEqual(['dbus-send', 'gdbus']);
  });

  it('finds no tray where nobody answers, or nobody hosts icons', async () => {
    expect(await trayHostExists(answering({}).run)).toBe(false);
    const { run } = answering({ 'dbus-send': { status: 'answered', output: '   boolean false' } });
    expect(await trayHostExists(run)).toBe(false);
  });

  it('are asked once per second, and once at a time however long the answer takes', async () => {
    let now = 0;
    let asked = 0;
    let answer: (answers: boolean) => void = () => undefined;
    const ask = oncePerSecond(
      () => {
        asked += 1;
        return new Promise<boolean>((resolve) => (answer = resolve));
      },
      () => now,
    );
    const first = ask();
    now = 5_000;
    const second = ask();
    answer(true);
    expect(await Promise.all([first, second])).toEqual([true, true]);
    now += ANSWER_FRESH_MS - 1;
    expect(await ask()).toBe(true);
    expect(asked).toBe(1);
    now += 1;
    const later = ask();
    answer(false);
    expect(await later).toBe(false);
    expect(asked).toBe(2);
  });

  it('ends a helper that hangs', async () => {
    const started = Date.now();
    expect(await runHelper('sleep', ['30'])).toEqual({ status: 'failed' });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await runHelper('no-such-program-here', [])).toEqual({ status: 'not_installed' });
  });
});
