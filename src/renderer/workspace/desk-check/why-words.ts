import { useTranslation } from 'react-i18next';
import type { DeskCheckResult } from '../../../shared/contract/desk-check';
import { useKeys } from '../../bridge/keys';
import { useChordWords } from '../../components/chord';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';

/** Every sentence that a check can say, by item and reason. */
const SENTENCES = [
  'link.connected',
  'link.not_connected',
  'signature.signed',
  'signature.secret_only',
  'signature.open',
  'signature.failed',
  'signature.no_platform',
  'signature.no_answer',
  'signature.cannot_play',
  'delay.quick',
  'delay.slow',
  'delay.never',
  'paint.quick',
  'paint.slow',
  'paint.never',
  'clock.right',
  'clock.fast',
  'clock.slow',
  'display.shown',
  'display.not_shown',
  'notifications.shown',
  'notifications.not_shown',
  'notifications.off',
  'do_not_disturb.on',
  'do_not_disturb.off',
  'do_not_disturb.unread',
  'tray.shown',
  'tray.none',
  'shortcut.ours',
  'shortcut.taken',
  'sleep.never',
  'sleep.after',
  'sleep.unread',
  'keychain.kept',
  'keychain.none',
] as const;

/** What was found, as a sentence; a reason of a newer desk is shown as it came. */
export function useWhyWords(): (result: DeskCheckResult) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const key = useChordWords()(useKeys().focus);
  return ({ item, why, n, of }) => {
    const sentence = SENTENCES.find((known) => known === `${item}.${why}`);
    if (sentence === undefined) return why;
    return t(`check.why.${sentence}`, { n: wholeNumber(n ?? 0, locale), of: of ?? '', key });
  };
}
