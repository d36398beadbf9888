/** A caller of the practice floor: who they are, why they call, what is said, and what the AI makes of it. */

/** One utterance. Times follow from the length of what is said. */
export type Line = readonly [who: 'ai' | 'customer', says: string];

export interface Caller {
  /** Short handle, unique in the cast: what the control API calls them. */
  slug: string;
  name: string;
  /** E.164. */
  phone: string;
  /** BCP 47. */
  language: string;
  country: 'IN' | 'TR' | 'US';
  /** Names a campaign of `campaigns.ts`. */
  campaign: string;
  trigger: string;
  /** What the platform's AI tells the agent before the call connects; null where it failed to. */
  summary: string | null;
  fields: Readonly<Record<string, string | number | boolean>>;
  /** What the AI would file if no human took over. */
  disposition: string;
  /** For `callback_requested`: hours from the end of the call. */
  callbackInHours?: number;
  sentiment: 'positive' | 'neutral' | 'negative';
  /** 0–100. */
  qaScore: number;
  dnc?: boolean;
  dialogue: readonly Line[];
  /** A look-up the AI did, after the line with this index. */
  tool?: { after: number; name: string; arguments: Record<string, unknown>; result: Record<string, unknown> };
  /** Index of a line of the AI's that the caller cut off. */
  interrupted?: number;
  history: readonly { daysAgo: number; seconds: number; disposition: string; summary: string }[];
}

/** Speech runs at about 14 characters a second, and nobody answers within less than a moment. */
const CHARACTERS_PER_SECOND = 14;
const PAUSE_MS = 700;
const SHORTEST_MS = 900;

export interface TimedLine {
  who: 'ai' | 'customer';
  says: string;
  /** Milliseconds from the first word of the call. */
  startMs: number;
  durationMs: number;
}

/** Lays a dialogue out in time. */
export function timed(dialogue: readonly Line[]): TimedLine[] {
  let startMs = PAUSE_MS;
  return dialogue.map(([who, says]) => {
    const durationMs = Math.max(SHORTEST_MS, Math.round((says.length / CHARACTERS_PER_SECOND) * 1000));
    const line = { who, says, startMs, durationMs };
    startMs += durationMs + PAUSE_MS;
    return line;
  });
}

/** Milliseconds from the first word to the last of a dialogue. */
export function lengthOf(dialogue: readonly Line[]): number {
  const last = timed(dialogue).at(-1);
  return last === undefined ? 0 : last.startMs + last.durationMs;
}
