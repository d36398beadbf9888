import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';

/** A platform's own term, made readable: `max_duration` → "Max duration". */
export function readableTerm(raw: string): string {
  const words = raw.replaceAll(/[_\s]+/g, ' ').trim();
  return words === '' ? raw : words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** Why a person is needed, in words; the platform's own term only where we have no better one. */
export function useTriggerWords(): (trigger: CallView['trigger']) => string {
  const { t } = useTranslation();
  return ({ kind, raw }) => {
    const own = raw === undefined || raw.trim() === '' ? undefined : readableTerm(raw);
    if (own === undefined) return t(`trigger.${kind}`);
    if (kind === 'unknown') return own;
    return kind === 'custom' ? `${t('trigger.custom')}: ${own}` : t(`trigger.${kind}`);
  };
}
