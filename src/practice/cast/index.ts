/** The whole cast, and the order in which it comes on. */
import type { Random } from '../random';
import type { Caller } from './caller';
import { NotOnTheFloor } from '../stage';
import { AMERICA } from './america';
import { HARD } from './hard';
import { INDIA } from './india';
import { TEST_CALLER } from './test-caller';
import { TURKEY } from './turkey';

/** Whom the deck deals. */
export const CAST: readonly Caller[] = [...INDIA, ...TURKEY, ...AMERICA, ...HARD];

/** A member by handle, the test caller included. Throws NotOnTheFloor for a stranger. */
export function memberOf(slug: string): Caller {
  const caller = [...CAST, TEST_CALLER].find((member) => member.slug === slug);
  if (caller === undefined) throw new NotOnTheFloor('Nobody in the cast is called that.');
  return caller;
}

/** Deals callers from a shuffled deck, so that everybody comes once before anybody comes twice. */
export function createDeck(random: Random, language?: string): () => Caller {
  const speaks = (caller: Caller) => language === undefined || caller.language.startsWith(language);
  const preferred = CAST.filter(speaks);
  const members = preferred.length > 0 ? preferred : CAST;
  let deck: Caller[] = [];
  let last: Caller | undefined;
  return () => {
    if (deck.length === 0) {
      deck = random.shuffle(members);
      // The same face twice in a row at the seam of two decks would look like a duplicate.
      if (deck.length > 1 && deck.at(-1) === last) deck.reverse();
    }
    const caller = deck.pop();
    if (caller === undefined) throw new RangeError('The cast is empty.');
    last = caller;
    return caller;
  };
}
