import { useTranslation } from 'react-i18next';
import type { DialerView } from '../../../shared/contract/dialer-views';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './dial-tiles.module.css';

/** How many AI calls are under way of those that a supervisor allows; with none left, what to do. */
export function CallCount({ limit }: { limit: NonNullable<DialerView['limit']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const full = limit.under_way >= limit.at_once;
  return (
    <div role="status" data-testid="call-count">
      <p className={styles.count} data-full={full || undefined}>
        {t('dialer.calls_of', { n: wholeNumber(limit.under_way, locale), max: wholeNumber(limit.at_once, locale) })}
      </p>
      {full && <p className={styles.full}>{t('dialer.calls_full')}</p>}
    </div>
  );
}
