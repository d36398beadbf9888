import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rotation } from '../../../src/main/relay-client/rotation';

describe('several relays', () => {
  it('are all tried before any waiting, within 3 s for two that refuse at once', () => {
    const rotation = new Rotation(['a', 'b', 'c'], () => 0.999);
    const waits = [rotation.lost(), rotation.lost()];
    expect(rotation.current).toBe('c');
    expect(Math.max(...waits)).toBeLessThan(500);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(3_000);
  });

  it('are waited for longer and longer once none of them answers', () => {
    const rotation = new Rotation(['a', 'b'], () => 0.999);
    const waits = Array.from({ length: 12 }, () => rotation.lost()).filter((_, index) => index % 2 === 1);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThan(10_000);
  });

  it('a link that proved good makes the next loss the first again', () => {
    const rotation = new Rotation(['a', 'b'], () => 0.999);
    for (let losses = 0; losses < 12; losses += 1) rotation.lost();
    rotation.forgive();
    expect(rotation.lost()).toBeLessThan(500);
    rotation.lost();
    expect(rotation.lost()).toBeLessThan(1_000);
  });

  it('a link that breaks again and again never makes a desk hammer: once per round the wait follows the backoff', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 200 }), (count, losses) => {
        const rotation = new Rotation(
          Array.from({ length: count }, (_, index) => `r${index}`),
          () => 1 - Number.EPSILON,
        );
        const waits = Array.from({ length: losses }, () => rotation.lost());
        const rounds = Math.floor(losses / count);
        const long = waits.filter((_, index) => (index + 1) % count === 0);
        expect(long).toHaveLength(rounds);
        expect(long.every((wait, round) => wait >= Math.min(29_999, 499 * 2 ** Math.min(round, 6)))).toBe(true);
      }),
    );
  });

  it('the last address left is given the time a slow relay needs', () => {
    const rotation = new Rotation(['a', 'b'], () => 0);
    expect(rotation.patienceMs).toBe(2_000);
    rotation.lost();
    expect(rotation.patienceMs).toBe(10_000);
    expect(new Rotation(['a'], () => 0).patienceMs).toBe(10_000);
  });
});
