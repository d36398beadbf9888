/** Files of made-up leads: every number is possible, none comes twice, and the customers live in nine places. */

/** What numbers of a place begin with, how many digits follow, and how many of a hundred leads are there. */
const PLACES = [
  { stem: '+9198', digits: 8, share: 60 },
  { stem: '+4930', digits: 8, share: 10 },
  { stem: '+16044', digits: 6, share: 10 },
  { stem: '+6129', digits: 7, share: 10 },
  { stem: '+12124', digits: 6, share: 2 },
  { stem: '+13104', digits: 6, share: 2 },
  { stem: '+13054', digits: 6, share: 2 },
  { stem: '+12144', digits: 6, share: 2 },
  { stem: '+12064', digits: 6, share: 2 },
] as const;
const TURN = PLACES.flatMap(({ stem, digits, share }) =>
  Array.from({ length: share }, (_, at) => ({ stem, digits, share, at })),
);
const PRIORITIES = 4;
/** Larger than any share and without a factor in common with 100: neighbours in the file live apart. */
const STRIDE = 37;

function phoneOf(n: number): string {
  const { stem, digits, share, at } = TURN[(n * STRIDE) % TURN.length] ?? { stem: '+9198', digits: 8, share: 1, at: 0 };
  return stem + String(Math.floor(n / TURN.length) * share + at).padStart(digits, '0');
}

/** @param from number of the first lead; other files begin elsewhere */
export function leadsFile(from: number, rows: number): string {
  const lines = ['Phone,Name,Customer no,Priority,Balance'];
  for (let n = from; n < from + rows; n += 1) {
    lines.push(`${phoneOf(n)},Customer ${n},C-${n},${n % PRIORITIES},${(n * 7) % 10_000}.50`);
  }
  return `${lines.join('\n')}\n`;
}
