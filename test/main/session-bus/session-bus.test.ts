import { describe, expect, it } from 'vitest';
import {
  notificationsAnswer,
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

  it('ends a helper that hangs', async () => {
    const started = Date.now();
    expect(await runHelper('sleep', ['30'])).toEqual({ status: 'failed' });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await runHelper('no-such-program-here', [])).toEqual({ status: 'not_installed' });
  });
});
