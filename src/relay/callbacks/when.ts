/** The instant of a callback from what was said: a wall time in a zone, and which of two where clocks repeat it. */
import { CALLBACK_LIMITS, type UnclearTime } from '../../shared/contract/callbacks';
import { instantsOf, wallTimeOf, type WallTime } from '../../shared/lib/wall-time';
import { Problem } from '../gateway/http/problem';

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;
/** Clocks of desks and relays differ; a callback "in a minute" may be just over when it arrives. */
const PAST_MS = 5 * MINUTE_MS;

export interface SaidTime {
  wall_time: string;
  zone: string;
  at?: string | undefined;
}

function offsetOf(at: number, wall: string): string {
  const minutes = Math.round((Date.parse(`${wall}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS) / MINUTE_MS);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function choicesOf(instants: readonly number[], zone: string): UnclearTime['choices'] {
  return instants.flatMap((at) => {
    const wall = wallTimeOf(at, zone);
    return wall === undefined
      ? []
      : [{ at: new Date(at).toISOString(), wall_time: wall, utc_offset: offsetOf(at, wall) }];
  });
}

function instants(time: WallTime): number[] {
  switch (time.kind) {
    case 'one':
      return [time.at];
    case 'gap':
      return [time.after];
    case 'twice':
      return [time.first, time.second];
    case 'unknown_zone':
    case 'not_a_time':
      return [];
  }
}

const DETAILS: Record<UnclearTime['kind'], string> = {
  gap: 'On that day clocks go forward and leave this time out. Choose the one that was meant',
  twice: 'On that day clocks go back, so this time comes twice. Choose which one was meant',
  unknown_zone: 'This time zone is not known',
  not_a_time: 'There is no such date or time',
  other_instant: 'The clock in that zone does not show this time at that instant',
  past: 'That time is over',
  too_far: 'That is more than a year ahead',
};

function unclear(kind: UnclearTime['kind'], found: readonly number[], zone: string): Problem {
  const time: UnclearTime = { kind, choices: choicesOf(found, zone) };
  return new Problem('time_unclear', DETAILS[kind], { members: { time } });
}

/** @returns epoch ms @throws Problem `time_unclear` */
export function instantOf({ wall_time, zone, at }: SaidTime, now: number): number {
  const time = instantsOf(wall_time, zone);
  const found = instants(time);
  if (time.kind === 'unknown_zone' || time.kind === 'not_a_time') throw unclear(time.kind, [], zone);
  const stated = at === undefined ? undefined : Date.parse(at);
  if (stated === undefined && time.kind !== 'one') throw unclear(time.kind, found, zone);
  if (stated !== undefined && !found.includes(stated)) throw unclear('other_instant', found, zone);
  const instant = stated ?? found[0] ?? now;
  if (instant < now - PAST_MS) throw unclear('past', [], zone);
  if (instant > now + CALLBACK_LIMITS.maxAheadDays * DAY_MS) throw unclear('too_far', [], zone);
  return instant;
}
