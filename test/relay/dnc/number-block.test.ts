import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_SIZE, blockOf, countOf, hasSuffix, place } from '../../../src/relay/dnc/number-block';

const suffixes = fc.uniqueArray(fc.integer({ min: 0, max: BLOCK_SIZE - 1 }), { maxLength: 900 });

describe('a block of numbers', () => {
  it('holds exactly what was put into it, in any order and in any number of portions', () => {
    fc.assert(
      fc.property(suffixes, suffixes, (first, second) => {
        const block = blockOf(second, blockOf(first));
        const all = new Set([...first, ...second]);
        expect(countOf(block)).toBe(all.size);
        for (let suffix = 0; suffix < BLOCK_SIZE; suffix += 1) expect(hasSuffix(block, suffix)).toBe(all.has(suffix));
      }),
      { numRuns: 30 },
    );
  });

  it('never takes more room than one bit for each of its numbers', () => {
    const every = Array.from({ length: BLOCK_SIZE }, (_, n) => n);
    expect(blockOf(every)).toHaveLength(BLOCK_SIZE / 8);
    expect(countOf(blockOf(every))).toBe(BLOCK_SIZE);
    // One less than would be as long as the bitmap, and be taken for one.
    expect(blockOf(every.slice(0, 624))).toHaveLength(1_248);
    expect(countOf(blockOf(every.slice(0, 625)))).toBe(625);
  });

  it('places the longest number there can be without losing a digit', () => {
    expect(place(999_999_999_999_999)).toEqual({ prefix: 99_999_999_999, suffix: 9_999 });
  });
});
