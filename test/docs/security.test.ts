/** docs/security.md against the tests: every item has one, and each of them exists under its name. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
const items = [...text.matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, item = '', what = '', tests = '']) => ({
    item: Number(item),
    what,
    tests: [...tests.matchAll(/`([^`]+)`(?: "([^"]+)")?/g)].map(([, file = '', title]) => ({ file, title })),
  }),
);

describe('docs/security.md', () => {
  it('lists the twenty items of the checklist', () => {
    expect(items.map(({ item }) => item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it.each(items)('$item, $what, has a test that exists', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, title = '' } of tests) expect(readFileSync(path.join(root, file), 'utf8')).toContain(title);
  });
});
