import type { TurnView } from '../../../shared/contract/views';

/** Compares as people search: without regard to case or how accents are stored. */
const folded = (text: string) => text.normalize('NFC').toLocaleLowerCase();

/** Turns that hold the words; `null` while nothing is searched for. */
export function findTurns(turns: readonly TurnView[], query: string): TurnView[] | null {
  const wanted = folded(query.trim());
  return wanted === '' ? null : turns.filter((turn) => folded(turn.text).includes(wanted));
}
