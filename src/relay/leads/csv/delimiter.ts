/** Which character separates the cells: the one that gives the first records most cells, and most of them equally many. */
import { createRecordReader, DELIMITERS, type Delimiter } from './records';

/** Records looked at. */
const SAMPLE = 50;

function score(text: string, delimiter: Delimiter, maxChars: number): number {
  const reader = createRecordReader(delimiter, maxChars);
  // The last record of a sample may be cut off.
  const widths = reader
    .push(text)
    .slice(0, SAMPLE)
    .map(({ cells }) => cells?.length ?? 0);
  const [first = 0] = widths;
  if (first < 2) return 0;
  const alike = widths.filter((width) => width === first).length;
  return (alike / widths.length) * 100 + Math.min(first, 50) / 100;
}

/** @param sample text from the beginning of the file */
export function delimiterOf(sample: string, maxChars: number): Delimiter {
  const text = sample.endsWith('\n') ? sample : `${sample}\n`;
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: score(text, delimiter, maxChars) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ',';
}
