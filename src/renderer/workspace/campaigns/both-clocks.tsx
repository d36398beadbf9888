import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/use-locale';
import { ownZone } from './typed-campaign';

/** An instant on the wall of its zone, and on this desk's where that shows another time. */
export function BothClocks({ at, zone }: { at: number; zone: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shown = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, {
      ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
      timeZone,
    }).format(at);
  const [there, here] = [shown(zone), shown(ownZone())];
  return <>{there === here ? there : t('callback.both', { there, here })}</>;
}
