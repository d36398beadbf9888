/** Which words said bear out which sentence of a summary: by the words and numbers they share. Pure, no guessing. */
import type { TurnView } from '../../shared/contract/views';

export interface Sentence {
  text: string;
  /** The turn that supports it best, if any does. */
  turn: TurnView | null;
}

/** Shorter words ("that", "said") are shared by everything. */
const LONG_WORD = 5;
/** Shared long words that make a turn the source of a sentence; one shared number of two digits or more does, too. */
const ENOUGH = 2;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const segmentWords = new Intl.Segmenter(undefined, { granularity: 'word' });

function telling(text: string): Set<string> {
  const words = [...segmentWords.segment(text.normalize('NFC').toLocaleLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  return new Set(words.filter((word) => /\d\d/.test(word) || word.length >= LONG_WORD));
}

function strength(sentence: ReadonlySet<string>, turn: ReadonlySet<string>): number {
  let points = 0;
  for (const word of sentence) if (turn.has(word)) points += /\d/.test(word) ? ENOUGH : 1;
  return points;
}

/** @param turns what was said before the summary was written */
export function supportedSentences(summary: string, turns: readonly TurnView[]): Sentence[] {
  const said = turns.filter((turn) => !turn.partial).map((turn) => ({ turn, words: telling(turn.text) }));
  return [...sentences.segment(summary)].map(({ segment }) => {
    const words = telling(segment);
    let best: { turn: TurnView; points: number } | null = null;
    for (const { turn, words: heard } of said) {
      const points = strength(words, heard);
      if (points >= ENOUGH && points > (best?.points ?? 0)) best = { turn, points };
    }
    return { text: segment, turn: best?.turn ?? null };
  });
}
