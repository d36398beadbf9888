import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const STYLES = path.resolve(import.meta.dirname, '../../../src/renderer');
const sheets = readdirSync(STYLES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css'))
  .map((file) => ({ file, css: readFileSync(path.join(STYLES, file), 'utf8') }));
const base = sheets.find(({ file }) => file.endsWith('base.css'))?.css ?? '';

/** What holds for a person who asked their system for less motion. */
const still = /@media \(prefers-reduced-motion: reduce\) \{([\s\S]*?)\n\}/.exec(base)?.[1] ?? '';

describe('for who wants no motion', () => {
  test('every animation and every transition ends', () => {
    expect(still).toMatch(/animation: none !important/);
    expect(still).toMatch(/transition: none !important/);
  });

  test('no style insists on moving all the same', () => {
    const insisting = sheets
      .map(({ file, css }) => ({ file, css: css.replace(still, '') }))
      .filter(({ css }) => /(?:animation|transition)[^;{}]*!important/.test(css));
    expect(insisting.map(({ file }) => file)).toEqual([]);
  });
});
