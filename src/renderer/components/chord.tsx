import { useTranslation } from 'react-i18next';

const NAMED = ['Space', 'Escape', 'Delete', 'Home', 'End'] as const;
const isNamed = (key: string): key is (typeof NAMED)[number] => NAMED.some((named) => named === key);

/** A key combination as it is written on keyboards: `Ctrl+Shift+Space`. */
export function useChordWords(): (chord: string) => string {
  const { t } = useTranslation();
  return (chord) =>
    chord
      .split('+')
      .map((key) => (isNamed(key) ? t(`key.${key}`) : key))
      .join('+');
}
