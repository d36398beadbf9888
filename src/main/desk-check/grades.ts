/** What was measured, as grades. Pure: every threshold is here. */
import type { DeskCheckResult } from '../../shared/contract/desk-check';
import type { CheckAnswer } from '../../shared/contract/relay-check';
import type { OnOff, SleepsAfter } from './system-state';

/** From the relay's receipt to this desk: a person notices a second. */
const DELAY_GOOD_MS = 500;
const DELAY_BAD_MS = 3_000;
/** From the desk hearing of it to the painted window. */
const PAINT_GOOD_MS = 300;
const PAINT_BAD_MS = 2_000;
/** Clocks corrected for, but a computer this wrong fails elsewhere: certificates, callbacks, receipts. */
const SKEW_GOOD_MS = 2_000;
const SKEW_BAD_MS = 60_000;
/** Shorter than a quiet hour between two calls. */
const SLEEP_GOOD_MIN = 60;

function timed(ms: number, good: number, bad: number): Pick<DeskCheckResult, 'grade' | 'why' | 'n'> {
  const n = Math.round(Math.max(0, ms));
  if (n <= good) return { grade: 'good', why: 'quick', n };
  return { grade: n <= bad ? 'warn' : 'bad', why: 'slow', n };
}

export const delayGrade = (ms: number): DeskCheckResult => ({
  item: 'delay',
  ...timed(ms, DELAY_GOOD_MS, DELAY_BAD_MS),
});
export const paintGrade = (ms: number): DeskCheckResult => ({
  item: 'paint',
  ...timed(ms, PAINT_GOOD_MS, PAINT_BAD_MS),
});

/** @param ahead this computer's clock minus the relay's, ms */
export function clockGrade(ahead: number): DeskCheckResult {
  const n = Math.round(Math.abs(ahead) / 1_000);
  const off = Math.abs(ahead);
  if (off <= SKEW_GOOD_MS) return { item: 'clock', grade: 'good', why: 'right', n };
  return { item: 'clock', grade: off <= SKEW_BAD_MS ? 'warn' : 'bad', why: ahead > 0 ? 'fast' : 'slow', n };
}

/** One line per configured platform: how it proves itself, and whether its test went through. */
export function signatureGrades({ hops, platforms, call }: CheckAnswer): DeskCheckResult[] {
  if (platforms.length === 0) return [{ item: 'signature', grade: 'bad', why: 'no_platform' }];
  const failed = hops.find(({ ok }) => !ok);
  const lines = platforms.map(({ label, trust }): DeskCheckResult => {
    if (trust === 'signed') return { item: 'signature', grade: 'good', why: 'signed', of: label };
    return { item: 'signature', grade: 'warn', why: trust === 'secret' ? 'secret_only' : 'open', of: label };
  });
  if (failed !== undefined) {
    const of = failed.note === undefined ? failed.hop : `${failed.hop}: ${failed.note}`;
    return [{ item: 'signature', grade: 'bad', why: 'failed', of: of.slice(0, 300) }, ...lines];
  }
  return call === undefined ? [{ item: 'signature', grade: 'unknown', why: 'cannot_play' }, ...lines] : lines;
}

export interface ShownDisplay {
  name: string;
  shown: boolean;
}

export const displayGrades = (displays: readonly ShownDisplay[]): DeskCheckResult[] =>
  displays.map(({ name, shown }) => ({
    item: 'display',
    grade: shown ? 'good' : 'bad',
    why: shown ? 'shown' : 'not_shown',
    of: name.slice(0, 300),
  }));

export interface Surrounding {
  notifications: { wanted: boolean; answer: boolean };
  doNotDisturb: OnOff;
  tray: boolean;
  shortcut: boolean;
  sleepsAfter: SleepsAfter;
  keychain: boolean;
}

function sleepGrade(after: SleepsAfter): DeskCheckResult {
  if (after === 'unknown') return { item: 'sleep', grade: 'unknown', why: 'unread' };
  if (after === 'never') return { item: 'sleep', grade: 'good', why: 'never' };
  return { item: 'sleep', grade: after >= SLEEP_GOOD_MIN ? 'good' : 'warn', why: 'after', n: after };
}

const DND: Record<OnOff, Omit<DeskCheckResult, 'item'>> = {
  on: { grade: 'warn', why: 'on' },
  off: { grade: 'good', why: 'off' },
  unknown: { grade: 'unknown', why: 'unread' },
};

export function surroundingGrades(found: Surrounding): DeskCheckResult[] {
  const { wanted, answer } = found.notifications;
  return [
    wanted
      ? { item: 'notifications', grade: answer ? 'good' : 'bad', why: answer ? 'shown' : 'not_shown' }
      : { item: 'notifications', grade: 'warn', why: 'off' },
    { item: 'do_not_disturb', ...DND[found.doNotDisturb] },
    { item: 'tray', grade: found.tray ? 'good' : 'warn', why: found.tray ? 'shown' : 'none' },
    { item: 'shortcut', grade: found.shortcut ? 'good' : 'warn', why: found.shortcut ? 'ours' : 'taken' },
    sleepGrade(found.sleepsAfter),
    { item: 'keychain', grade: found.keychain ? 'good' : 'warn', why: found.keychain ? 'kept' : 'none' },
  ];
}
