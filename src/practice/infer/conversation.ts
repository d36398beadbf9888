/** What Infer tells of one conversation, event by event, each at its moment. */
import { timed, type TimedLine } from '../cast/caller';
import type { Random } from '../random';
import {
  conversationUpdate,
  hangNotification,
  toolCall,
  userInterrupted,
  type InferCall,
  type InferEvent,
} from './bodies';

export interface Moment {
  /** Milliseconds from the start of the conversation. */
  atMs: number;
  body: (at: number) => InferEvent;
}

/** Where a caller cuts the AI off: after this share of the line. */
const CUT_SHARE = 0.45;
const STALL_SHARE = 0.15;
const STALL_SECONDS = 10;

/** A line that was cut off ends where the caller began to speak. */
function spoken(line: TimedLine, cut: boolean): TimedLine {
  if (!cut) return line;
  const words = line.says.split(' ');
  const said = words.slice(0, Math.max(1, Math.round(words.length * CUT_SHARE))).join(' ');
  return { ...line, says: said, durationMs: Math.round(line.durationMs * CUT_SHARE) };
}

/** The moments in order, and the lines as they were really said. */
export function conversationOf(call: InferCall, random: Random): { moments: Moment[]; lines: TimedLine[] } {
  const { dialogue, tool, interrupted } = call.caller;
  const lines = timed(dialogue).map((line, index) => spoken(line, index === interrupted));
  const stalledAt = random.chance(STALL_SHARE) ? random.between(1, lines.length - 1) : undefined;
  const moments = lines.flatMap((line, index): Moment[] => {
    const end = line.startMs + line.durationMs;
    const told: Moment[] = [{ atMs: end, body: (at) => conversationUpdate(call, line, at) }];
    if (index === interrupted) {
      told.push({ atMs: end, body: (at) => userInterrupted(call, call.startedAt + end, line.says, at) });
    }
    if (index === stalledAt) told.push({ atMs: end, body: (at) => hangNotification(call, STALL_SECONDS, at) });
    if (tool?.after === index) told.push({ atMs: end, body: (at) => toolCall(call, tool, at) });
    return told;
  });
  return { moments, lines };
}
