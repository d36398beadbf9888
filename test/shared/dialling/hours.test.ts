import { describe, expect, test } from 'vitest';
import { moments } from './hours.cases';
import { check, inTheWay, instant, question } from './support';

const named = moments.map((moment) => ({
  ...moment,
  who: `${moment.ask.kind ?? 'live_human'} ${moment.ask.purpose ?? 'sales'}`,
  says: moment.blockedBy.length === 0 ? 'open' : moment.blockedBy.join(', '),
}));

describe('what the clocks of the customer say', () => {
  test.each(named)('$rule, $who at $at: $says', ({ where, ask, at, blockedBy, next }) => {
    const verdict = check(question(at, where, ask));
    expect(inTheWay(verdict)).toEqual([...blockedBy].sort());
    expect(verdict.verdict).toBe(blockedBy.length === 0 ? 'allowed' : 'blocked');
    if (next !== undefined) {
      expect(verdict.next?.clocks[0]?.wall).toBe(next);
      expect(verdict.next?.at).toBe(instant(`${next} ${where.zones[0] ?? ''}`));
    }
    if (blockedBy.length === 0) expect(verdict.next).toBeNull();
  });

  test('every rule that was asked names its source', () => {
    for (const { where, ask, at } of moments) {
      for (const { source, checked } of check(question(at, where, ask)).findings) {
        expect(source.url).toMatch(/^https?:\/\/|^docs\//);
        expect(checked).toMatch(/^2026-/);
      }
    }
  });
});
