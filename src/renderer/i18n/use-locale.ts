import { useTranslation } from 'react-i18next';
import { formatLocale } from './i18n';

/** Locale for `Intl` beside the words in use. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  return formatLocale(i18n.language, navigator.languages);
}
