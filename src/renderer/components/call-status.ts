import { useTranslation } from 'react-i18next';
import { readableTerm } from './trigger';

/** States of a call as platforms write them; others are shown as they came. */
const KNOWN = ['queued', 'ringing', 'in_progress', 'completed', 'failed', 'no_answer', 'busy', 'voicemail'] as const;
const isKnown = (value: string): value is (typeof KNOWN)[number] => KNOWN.some((known) => known === value);

/** Words for the state of a call at its platform, however it is spelt. */
export function useCallStatusWords(): (status: string) => string {
  const { t } = useTranslation();
  return (status) => {
    const plain = status
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    return isKnown(plain) ? t(`call_status.${plain}`) : readableTerm(status);
  };
}
