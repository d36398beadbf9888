import { describe, expect, it } from 'vitest';
import {
  clockGrade,
  delayGrade,
  displayGrades,
  paintGrade,
  signatureGrades,
  surroundingGrades,
} from '../../../src/main/desk-check/grades';
import { reportOf } from '../../../src/main/desk-check/report';
import { doNotDisturb, sleepsAfter } from '../../../src/main/desk-check/system-state';
import type { HelperResult, RunHelper } from '../../../src/main/session-bus/session-bus';
import { deskCheckSchema } from '../../../src/shared/contract/desk-check';

const hop = (ok: boolean, note?: string) => ({ hop: 'webhook', ok, ms: 1, ...(note === undefined ? {} : { note }) });
const platform = (trust: 'signed' | 'secret' | 'open') => ({ platform: 'vinfer', label: 'VInfer', trust });

describe('grades', () => {
  it.each([
    [0, 'good'],
    [500, 'good'],
    [501, 'warn'],
    [3_001, 'bad'],
  ])('a delay of %i ms is %s', (ms, grade) => {
    expect(delayGrade(ms)).toMatchObject({ item: 'delay', grade, n: ms });
  });

  it('a clock ahead of its time never makes a delay negative', () => {
    expect(delayGrade(-40)).toMatchObject({ grade: 'good', n: 0 });
  });

  it('a slow window is told apart from one that never came', () => {
    expect(paintGrade(900)).toMatchObject({ grade: 'warn', why: 'slow' });
    expect(paintGrade(5_000)).toMatchObject({ grade: 'bad', why: 'slow' });
  });

  it.each([
    [1_999, 'good', 'right'],
    [-1_999, 'good', 'right'],
    [5_000, 'warn', 'fast'],
    [-90_000, 'bad', 'slow'],
  ])('a clock %i ms off is %s: %s', (ahead, grade, why) => {
    expect(clockGrade(ahead)).toMatchObject({ grade, why });
  });

  it('a platform that signs is good, a secret is a warning, and a failed hop is bad whatever signs', () => {
    const call = 'vinfer:check-1';
    expect(signatureGrades({ call, hops: [hop(true)], platforms: [platform('signed')] })).toEqual([
      { item: 'signature', grade: 'good', why: 'signed', of: 'VInfer' },
    ]);
    expect(signatureGrades({ call, hops: [hop(true)], platforms: [platform('secret')] })[0]?.grade).toBe('warn');
    expect(signatureGrades({ call, hops: [hop(true)], platforms: [platform('open')] })[0]?.why).toBe('open');
    expect(signatureGrades({ call, hops: [hop(false, 'answered 503')], platforms: [platform('signed')] })[0]).toEqual({
      item: 'signature',
      grade: 'bad',
      why: 'failed',
      of: 'webhook: answered 503',
    });
    expect(signatureGrades({ hops: [], platforms: [] })[0]).toMatchObject({ grade: 'bad', why: 'no_platform' });
  });

  it('every display is a line of its own', () => {
    const shown = displayGrades([
      { name: 'DP-1', shown: true },
      { name: 'HDMI-2', shown: false },
    ]);
    expect(shown.map(({ grade, of }) => [grade, of])).toEqual([
      ['good', 'DP-1'],
      ['bad', 'HDMI-2'],
    ]);
  });

  it('what surrounds the desk is never worse than a warning, but for notifications that do not show', () => {
    const worst = surroundingGrades({
      notifications: { wanted: true, answer: false },
      doNotDisturb: 'on',
      tray: false,
      shortcut: false,
      sleepsAfter: 10,
      keychain: false,
    });
    expect(worst.map(({ item, grade }) => [item, grade])).toEqual([
      ['notifications', 'bad'],
      ['do_not_disturb', 'warn'],
      ['tray', 'warn'],
      ['shortcut', 'warn'],
      ['sleep', 'warn'],
      ['keychain', 'warn'],
    ]);
  });
});

/** Answers as helper programs print them; a program that is not here is not installed. */
function helper(answers: Record<string, string>): RunHelper {
  return (command, args) => {
    const key = Object.keys(answers).find((start) => [command, ...args].join(' ').startsWith(start));
    const result: HelperResult =
      key === undefined ? { status: 'not_installed' } : { status: 'answered', output: answers[key] ?? '' };
    return Promise.resolve(result);
  };
}

describe('the system’s own switches', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', { 'dunstctl is-paused': 'true\n' }, 'on'],
    ['linux', { 'dunstctl is-paused': 'false\n' }, 'off'],
    ['linux', { 'dbus-send': '   variant       boolean true\n' }, 'on'],
    ['linux', { gsettings: 'false\n' }, 'on'],
    ['linux', { gsettings: 'true\n' }, 'off'],
    ['linux', {}, 'unknown'],
    ['win32', { reg: '    NOC_GLOBAL_SETTING_TOASTS_ENABLED    REG_DWORD    0x0\r\n' }, 'on'],
    ['win32', { reg: '    NOC_GLOBAL_SETTING_TOASTS_ENABLED    REG_DWORD    0x1\r\n' }, 'off'],
    ['win32', {}, 'unknown'],
    ['darwin', {}, 'unknown'],
  ])('do not disturb on %s with %j is %s', async (system, answers, state) => {
    expect(await doNotDisturb(system, helper(answers))).toBe(state);
  });

  const GNOME = 'gsettings get org.gnome.settings-daemon.plugins.power';
  const POWERCFG = [
    '    Index der aktuellen Wechselstromeinstellung: 0x00000708',
    '    Index der aktuellen Gleichstromeinstellung: 0x00000384',
  ].join('\r\n');
  it.each<[NodeJS.Platform, Record<string, string>, number | string]>([
    ['linux', { [`${GNOME} sleep-inactive-ac-type`]: "'suspend'", [`${GNOME} sleep-inactive-ac-timeout`]: '1200' }, 20],
    ['linux', { [`${GNOME} sleep-inactive-ac-type`]: "'nothing'" }, 'never'],
    ['linux', {}, 'unknown'],
    ['win32', { powercfg: POWERCFG }, 30],
    ['win32', { powercfg: POWERCFG.replace('708', '000') }, 'never'],
    ['win32', { powercfg: 'no' }, 'unknown'],
    ['darwin', { pmset: 'System-wide power settings:\n sleep                10\n displaysleep 5\n' }, 10],
    ['darwin', { pmset: ' sleep 0 (sleep prevented by x)\n' }, 'never'],
  ])('sleep on %s with %j: %s', async (system, answers, after) => {
    expect(await sleepsAfter(system, helper(answers))).toBe(after);
  });
});

describe('the report', () => {
  it('says what was found and names nobody and no address', () => {
    const check = deskCheckSchema.parse({
      at: Date.parse('2026-03-02T10:00:00.000Z'),
      results: [
        {
          item: 'signature',
          grade: 'bad',
          why: 'failed',
          of: 'webhook: connect to https://relay.acme.example 10.1.2.3:443',
        },
        { item: 'display', grade: 'good', why: 'shown', of: 'DP-1' },
        { item: 'delay', grade: 'good', why: 'quick', n: 12 },
      ],
    });
    const text = reportOf(check, { heard: true, seen: null }, { version: '1.2.3', system: 'linux 6.1' });
    expect(text).toContain('Handover Desk 1.2.3 on linux 6.1, desk check of 2026-03-02T10:00:00.000Z');
    expect(text).toContain('good    delay: quick 12');
    expect(text).toContain('good    display: shown DP-1');
    expect(text).toContain('sound heard: yes');
    expect(text).toContain('window seen: not answered');
    expect(text).not.toContain('acme');
    expect(text).not.toContain('10.1.2.3');
  });
});
