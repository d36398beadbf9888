/** The conversation as turns to show: the complete transcript where it came, else the live turns. */
import { turnsOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { CallView, TurnView } from '../../shared/contract/views';

export interface TranscriptOptions {
  /** Whether the platform sends turns while people speak. */
  live: boolean;
  /** Local epoch ms of an instant. */
  local: (instant: string) => number;
  /** When the summary was written, if there is one. */
  summaryAt?: string;
  /** Only the last so many turns. */
  last?: number;
}

function allTurns(call: CallSnapshot): (Omit<TurnView, 'at'> & { instant?: string })[] {
  const complete = call.transcript?.value;
  if (complete !== undefined) {
    return complete.map(({ speaker, text, at }, index) => ({
      key: `t${index}`,
      speaker,
      text,
      partial: false,
      ...(at === undefined ? {} : { instant: at }),
    }));
  }
  return turnsOf(call).map(({ key, speaker, text, partial, at }) => ({ key, speaker, text, partial, instant: at }));
}

export function transcriptOf(call: CallSnapshot, options: TranscriptOptions): CallView['transcript'] {
  const every = allTurns(call);
  const turns = options.last === undefined ? every : every.slice(-options.last);
  const { summaryAt } = options;
  const since =
    summaryAt === undefined ? -1 : turns.findIndex(({ instant }) => instant !== undefined && instant > summaryAt);
  return {
    offered: options.live || call.transcript !== undefined,
    turns: turns.map(({ instant, ...turn }) => ({
      ...turn,
      ...(instant === undefined ? {} : { at: options.local(instant) }),
    })),
    ...(since < 0 ? {} : { since_summary: since }),
  };
}
