/** The call list's order and measures. */
import type { CallRow } from '../../../shared/contract/views';

export type CallGroupName = CallRow['group'];

/** What needs the agent first comes first. */
const ORDER = ['waiting', 'live', 'wrapup', 'missed', 'ended'] as const satisfies readonly CallGroupName[];

/** CSS px; the style sheet's row and head heights, needed here to draw only the rows in sight. */
export const ROW_HEIGHT = 56;
export const HEAD_HEIGHT = 40;
/** Of the words in an empty group. */
const NOBODY_HEIGHT = 32;

/**
 * Groups in display order. Who has waited longest is first among the waiting; elsewhere the newest is. Waiting is always
 * there, so that "nobody" is told and not guessed; the others only with somebody in them. `start` is where the group
 * begins in the scrolled list, CSS px.
 */
export function groupCalls(rows: readonly CallRow[]): { group: CallGroupName; rows: CallRow[]; start: number }[] {
  let next = 0;
  return ORDER.map((group) => ({
    group,
    rows: rows.filter((row) => row.group === group).sort((a, b) => (group === 'waiting' ? a.at - b.at : b.at - a.at)),
  }))
    .filter(({ group, rows: members }) => group === 'waiting' || members.length > 0)
    .map((group) => {
      const start = next;
      next += groupHeight(group.rows.length);
      return { ...group, start };
    });
}

/** Height of a whole group; an empty one has one line of words. */
function groupHeight(count: number): number {
  return HEAD_HEIGHT + (count === 0 ? NOBODY_HEIGHT : count * ROW_HEIGHT);
}
