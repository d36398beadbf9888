import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogues } from '../../../src/renderer/i18n/catalogues';
import { createWords, speak } from '../../../src/renderer/i18n/i18n';

const SOURCES = path.resolve(import.meta.dirname, '../../../src/renderer');
const PLURAL = /_(zero|one|two|few|many|other)$/;
interface Words {
  [key: string]: string | Words;
}

function flat(words: Words, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const english = flat(catalogues.en);
const languages = (['en', 'hi', 'tr'] as const).map((language) => ({ language, words: flat(catalogues[language]) }));
const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  test.each(languages)('$language has every key of English and none besides', ({ words }) => {
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test.each(languages)('$language puts the same values into every sentence', ({ words }) => {
    for (const [key, text] of words)
      expect({ key, names: names(text) }).toEqual({ key, names: names(english.get(key)!) });
  });

  test.each(languages)('$language says something under every key and leaves no space at its ends', ({ words }) => {
    for (const [key, text] of words) expect({ key, text }).toEqual({ key, text: text.trim() || 'nothing' });
  });

  test.each(languages)('$language has exactly the plural forms that its grammar asks for', ({ language, words }) => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const stems = new Set([...words.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
    expect(stems.size).toBeGreaterThan(0);
    for (const stem of stems) {
      const forms = [...words.keys()].filter((key) => key.startsWith(`${stem}_`) && PLURAL.test(key));
      expect({ stem, forms: forms.map((key) => PLURAL.exec(key)?.[1]).sort() }).toEqual({ stem, forms: wanted });
    }
  });

  test('Hindi and Turkish are translations, not copies', () => {
    const proper = new Set(['settings.relay_example', 'key.Escape', 'crm.title', 'transcript.ai', 'detail.platform']);
    for (const { language, words } of languages.filter((one) => one.language !== 'en')) {
      const copied = [...words].filter(
        ([key, text]) => text === english.get(key) && /[a-z]{3}/i.test(text.replaceAll(/\{\{.*?\}\}/g, '')),
      );
      expect({ language, copied: copied.map(([key]) => key).filter((key) => !proper.has(key)) }).toEqual({
        language,
        copied: [],
      });
    }
  });

  test('every key is used by a window', () => {
    const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('gallery'))
      .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'))
      .join('\n');
    const literal = new Set([...sources.matchAll(/t\(\s*['`]([\w.]+)['`]/g)].map(([, key]) => key));
    const built = [...sources.matchAll(/t\(\s*`([\w.]+)\$\{[^}]*\}([\w.]*)`/g)].map(([, head = '', tail = '']) => ({
      head,
      tail,
    }));
    const unused = [...english.keys()].filter((key) => {
      const stem = key.replace(PLURAL, '');
      return (
        !literal.has(key) &&
        !literal.has(stem) &&
        !built.some(({ head, tail }) => stem.startsWith(head) && stem.endsWith(tail))
      );
    });
    expect(unused).toEqual([]);
  });
});

describe('the words', () => {
  test('what a caller is named stays text: nothing in it is looked up or filled in', () => {
    const words = createWords('en');
    const name = '{{message}} $t(app.starting) <b>&amp;</b>';
    expect(words.t('claim.other', { name })).toBe(`${name} has it`);
  });

  test.each([
    ['en', 1, '1 more waiting'],
    ['en', 2, '2 more waiting'],
    ['hi', 2, '2 और प्रतीक्षा में'],
    ['tr', 5, '5 çağrı daha bekliyor'],
  ] as const)('%s counts %i waiting calls', async (language, count, text) => {
    const words = createWords('en');
    await speak(words, language);
    expect(words.t('waiting.more', { count })).toBe(text);
  });

  test('a language is left and taken up again', async () => {
    const words = createWords('en');
    await speak(words, 'hi');
    await speak(words, 'en');
    expect(words.t('waiting.more', { count: 2 })).toBe('2 more waiting');
    await Promise.all([speak(words, 'hi'), speak(words, 'en')]);
    expect(words.t('waiting.more', { count: 2 })).toBe('2 more waiting');
    await speak(words, 'hi');
    expect(words.t('waiting.more', { count: 2 })).toBe('2 और प्रतीक्षा में');
  });
});
