/**
 * Instants as text and back. Every rule that is asked names some, mostly the same few (this moment, the day of a list's copy),
 * and writing or reading one costs more than most rules: so the last ones are remembered.
 */

/** Instants remembered each way: more than one question holds, and little memory. */
const MAX_KNOWN = 500;

function remembering<From, To>(make: (from: From) => To): (from: From) => To {
  const known = new Map<From, To>();
  return (from) => {
    const before = known.get(from);
    if (before !== undefined) return before;
    if (known.size >= MAX_KNOWN) known.clear();
    const made = make(from);
    known.set(from, made);
    return made;
  };
}

/** ISO 8601 in UTC, of epoch ms. @throws RangeError when it is no instant */
export const isoOf = remembering((at: number) => new Date(at).toISOString());

/** Epoch ms, of ISO 8601; NaN when it is none. */
export const instantOf = remembering((iso: string) => Date.parse(iso));
