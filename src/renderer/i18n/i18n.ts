/** The words of the windows: three bundled catalogues, typed by the English one. */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/contract/views';
import en from './en.json';
import hi from './hi.json';
import tr from './tr.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

export const catalogues = { en, hi, tr } as const satisfies Record<Language, unknown>;

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

/** Ready at once: nothing is loaded later. */
export function createWords(language: Language): i18n {
  const words = i18next.createInstance();
  // Everything is bundled and init is synchronous; a failure would throw here, not reject.
  void words.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, hi: { translation: hi }, tr: { translation: tr } },
    initAsync: false,
    returnNull: false,
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
  });
  return words;
}
