/** One word for one thing: an agent who reads two takes them for two things. */
import { describe, expect, test } from 'vitest';
import { catalogues } from '../../../src/renderer/i18n/catalogues';
import { DEFAULT_DISPOSITIONS } from '../../../src/shared/contract/dispositions';
import { wordsFor } from '../../../src/main/words/words';
import type { Language } from '../../../src/shared/contract/views';

interface Tree {
  [key: string]: string | Tree;
}

function flat(words: Tree, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}

/** A catalogue, what main says, and the standard outcomes: everything that one person reads. */
function everything(language: Language): Map<string, string> {
  const { state, trigger, waiting, callbacksDue, wrapUpThen, ...plain } = wordsFor(language);
  const counted = { waiting: waiting(2), callbacksDue: callbacksDue(2), wrapUpThen: wrapUpThen(state.break) };
  const outcomes = Object.fromEntries(DEFAULT_DISPOSITIONS.map(({ code, labels }) => [code, labels?.[language] ?? '']));
  return new Map(flat({ ...catalogues[language], main: { ...plain, ...counted, state, trigger }, outcomes }));
}

const inserted = /\{\{\w+\}\}/g;
const english = everything('en');

/** Wherever English says the one, the others say theirs. */
const CONCEPTS = [
  { what: 'relay', en: /\brelays?\b(?!\.example)/i, hi: /रिले/, tr: /aktarıcı/i },
  { what: 'wrap-up', en: /wrap-up/i, hi: /कॉल के बाद क[ाे] काम/, tr: /çağrı sonrası/i },
  { what: 'call-back', en: /call-?backs?\b/i, hi: /कॉल-बैक/, tr: /geri ara/i },
  { what: 'supervisor', en: /supervisor/i, hi: /सुपरवाइज़र/, tr: /süpervizör/i },
  { what: 'administrator', en: /administrator/i, hi: /प्रशासक|एडमिन/, tr: /yönetici/i },
  { what: 'outcome', en: /\boutcomes?\b/i, hi: /नतीज/, tr: /sonuç|sonuc/i },
  { what: 'queue', en: /\bqueues?\b/i, hi: /कतार/, tr: /kuyru/i },
  { what: 'lead', en: /\bleads?\b/i, hi: /लीड/, tr: /kişi/i },
  { what: 'keyword', en: /^keyword/i, hi: /खास शब्द/, tr: /anahtar kelime/i },
  { what: 'upset', en: /\bupset\b/i, hi: /नाराज़/, tr: /sinirli/i },
  { what: 'desk', en: /(?<!handover )\bdesks?\b/i, hi: /डेस्क/, tr: /masa/i },
  { what: 'token', en: /\btoken/i, hi: /टोकन/, tr: /belirte/i },
] as const;

/** Words that say the same as another one in use, or that nobody at a desk uses. */
const NEVER: Record<Language, readonly { not: RegExp; but: string }[]> = {
  en: [
    { not: /\bmend(ed|s)?\b/i, but: 'fix' },
    { not: /\brests? on\b/i, but: 'what was said' },
    { not: /\bdispositions?\b/i, but: 'outcome' },
    { not: /\bcallbacks?\b/i, but: 'call-back' },
  ],
  hi: [
    { not: /समापन|रैप-अप/, but: 'कॉल के बाद का काम' },
    { not: /वापस कॉल|वापसी/, but: 'कॉल-बैक' },
    { not: /परिणाम/, but: 'नतीजा' },
    { not: /मुख्य शब्द/, but: 'खास शब्द' },
  ],
  tr: [
    { not: /\bröle/i, but: 'aktarıcı' },
    { not: /sözcük/i, but: 'kelime' },
    { not: /öfkeli/i, but: 'sinirli' },
    { not: /yetkili/i, but: 'insan' },
  ],
};

describe.each(['hi', 'tr'] as const)('%s', (language) => {
  const words = everything(language);

  test.each(CONCEPTS)('has one word for $what', (concept) => {
    const said = [...english].filter(([, text]) => concept.en.test(text.replaceAll(inserted, '')));
    expect(said.length).toBeGreaterThan(0);
    const otherwise = said
      .map(([key]) => [key, words.get(key)])
      .filter(([, text = '']) => !concept[language].test(text));
    expect(otherwise).toEqual([]);
  });
});

test.each(['en', 'hi', 'tr'] as const)('%s never says the same in another word', (language) => {
  const found = [...everything(language)].flatMap(([key, text]) =>
    NEVER[language].filter(({ not }) => not.test(text.replaceAll(inserted, ''))).map(({ but }) => ({ key, text, but })),
  );
  expect(found).toEqual([]);
});
