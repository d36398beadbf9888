import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useTicking } from '../bridge/clock';
import { AGO_CALM_MS, agoParts, timeOfDay, wholeNumber } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';

/** "3 s", "2 min 5 s", "14 min", or nothing once the time of day says more. */
export function agoWords(since: number, now: number, t: TFunction, locale: string): string | null {
  const ago = agoParts(since, now);
  switch (ago.unit) {
    case 'seconds':
      return t('clock.seconds', { n: wholeNumber(ago.seconds, locale) });
    case 'minutes':
      return ago.seconds === 0
        ? t('clock.minutes', { n: wholeNumber(ago.minutes, locale) })
        : t('clock.minutes_seconds', { m: wholeNumber(ago.minutes, locale), s: wholeNumber(ago.seconds, locale) });
    case 'clock':
      return null;
  }
}

/** "Escalated 3 s ago", kept true by the clock. */
export function EscalatedClock({ at }: { at: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useTicking((now) => {
    const ago = agoWords(at, now, t, locale);
    return ago === null ? t('clock.escalated_at', { time: timeOfDay(at, locale) }) : t('clock.escalated', { ago });
  }, at + AGO_CALM_MS);
  return (
    <time dateTime={new Date(at).toISOString()} data-testid="pop-clock">
      {words}
    </time>
  );
}
