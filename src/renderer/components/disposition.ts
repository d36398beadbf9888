import { useTranslation } from 'react-i18next';
import { readableTerm } from './trigger';

/** Outcomes that the platforms document; customers add their own, which are shown as they came. */
const KNOWN = [
  'interested',
  'callback_requested',
  'callback',
  'not_interested',
  'not_reachable',
  'dispute',
  'payment_promised',
  'already_paid',
  'dnc',
  'dnd',
  'escalated',
] as const;
const isKnown = (value: string): value is (typeof KNOWN)[number] => KNOWN.some((known) => known === value);

/** Words for an outcome's value. */
export function useDispositionWords(): (value: string) => string {
  const { t } = useTranslation();
  return (value) => (isKnown(value) ? t(`disposition.${value}`) : readableTerm(value));
}
