/** The words of the windows: English, which types them, and the catalogue of one other language when it is wanted. */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/contract/views';
import en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/**
 * Files of their own, loaded when their language is spoken: most windows need one at most, and a script with letters
 * beyond Latin-1 takes twice the memory in all of its length.
 */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  hi: () => import('./hi.json'),
  tr: () => import('./tr.json'),
};

/** Languages with a catalogue. Not read from the schema: the windows carry no parser, which would probe for `eval`. */
const LANGUAGES = ['en', 'hi', 'tr'] as const satisfies readonly Language[];

/** The first of the system's languages (BCP 47, best first) that has a catalogue, else English. */
export function systemLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const base = tag.split('-')[0]?.toLowerCase();
    const found = LANGUAGES.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return 'en';
}

/**
 * Locale for dates and numbers: the system's own region of the language when it has one (`en-IN`), else the language.
 */
export function formatLocale(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** Ready at once. @param catalogue of that language */
export function createWords(language: Language, catalogue: object = en): i18n {
  const words = i18next.createInstance();
  // Everything is bundled and init is synchronous; a failure would throw here, not reject.
  void words.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, [language]: { translation: catalogue } },
    initAsync: false,
    returnNull: false,
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
  });
  return words;
}

const wanted = new WeakMap<i18n, Language>();

/**
 * From here on the words are of this language; of several that are asked for at once, the last one.
 * @throws when its catalogue, a file of the desk's own, cannot be read
 */
export async function speak(words: i18n, language: Language): Promise<void> {
  wanted.set(words, language);
  if (language !== 'en' && !words.hasResourceBundle(language, 'translation')) {
    const { default: catalogue } = await OTHERS[language]();
    words.addResourceBundle(language, 'translation', catalogue);
  }
  if (wanted.get(words) === language) await words.changeLanguage(language);
}
