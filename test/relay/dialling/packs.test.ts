import { describe, expect, test } from 'vitest';
import { bundledPacks } from '../../../src/relay/dialling/bundled';
import { overduePacks, PackError, readPacks } from '../../../src/relay/dialling/packs';

const changed = (name: string, change: (pack: Record<string, unknown>) => void) => {
  const files = new Map(bundledPacks);
  const pack = JSON.parse(files.get(name) ?? '') as Record<string, unknown>;
  change(pack);
  files.set(name, JSON.stringify(pack));
  return files;
};

describe('policy packs', () => {
  const packs = readPacks(bundledPacks);

  test('those of the build are read, each rule with a source, a date and an id of its own', () => {
    expect(packs.map(({ id }) => id).sort()).toEqual(['au', 'ca', 'eu', 'gb', 'house', 'in', 'tr', 'us', 'us-states']);
    const rules = packs.flatMap(({ rules }) => rules);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { source, checked } of rules) {
      expect(source.url).toMatch(source.basis === 'house' ? /^docs\// : /^https?:\/\//);
      expect(Date.parse(checked)).not.toBeNaN();
    }
  });

  test('a pack whose review date has come is reported', () => {
    expect(overduePacks(packs, Date.parse('2027-01-30T12:00Z'))).toEqual([]);
    expect(
      overduePacks(packs, Date.parse('2027-01-31T12:00Z'))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['us', 'us-states']);
  });

  test.each<[string, (pack: Record<string, unknown>) => void, RegExp]>([
    ['an unknown key', (pack) => (pack.extra = 1), /in\.json.*extra/s],
    [
      'a window that ends before it begins',
      (pack) => ((pack.rules as { days: unknown }[])[0]!.days = week('21:00', '10:00')),
      /in\.json.*days/s,
    ],
    [
      'an hour that is none',
      (pack) => ((pack.rules as { days: unknown }[])[0]!.days = week('10:00', '25:00')),
      /HH:MM/,
    ],
    ['a rule without a source', (pack) => delete (pack.rules as { source?: unknown }[])[0]!.source, /source/],
    ['the id of another pack', (pack) => (pack.id = 'us'), /two packs are called us/],
    [
      'the id of another rule',
      (pack) => ((pack.rules as { id: string }[])[0]!.id = 'us.hours'),
      /two rules are called us\.hours/,
    ],
  ])('%s refuses the whole set, and the message says where', (_what, change, message) => {
    expect(() => readPacks(changed('in.json', change))).toThrow(PackError);
    expect(() => readPacks(changed('in.json', change))).toThrow(message);
  });

  test('a file that is not JSON is named', () => {
    expect(() => readPacks(new Map([['broken.json', '{']]))).toThrow(/broken\.json is not JSON/);
  });
});

function week(from: string, to: string): Record<string, [string, string][]> {
  return Object.fromEntries(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, [[from, to]]]));
}
