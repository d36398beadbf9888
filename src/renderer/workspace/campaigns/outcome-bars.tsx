import { useTranslation } from 'react-i18next';
import { useDispositionWords } from '../../components/disposition';
import { percent, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './outcome-bars.module.css';

/** How the calls ended, as bars of one length scale. The number stands beside each: the bar only helps the eye. */
export function OutcomeBars({ outcomes }: { outcomes: readonly { value: string; count: number }[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useDispositionWords();
  const all = outcomes.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...outcomes.map(({ count }) => count));
  if (outcomes.length === 0) return <p className={styles.none}>{t('campaigns.no_outcomes')}</p>;
  return (
    <ul className={styles.bars} data-testid="outcome-bars">
      {outcomes.map(({ value, count }) => (
        <li key={value} className={styles.row}>
          <span className={styles.label} title={words(value)}>
            {words(value)}
          </span>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.bar} style={{ inlineSize: `${(count / most) * 100}%` }} />
          </span>
          <span className={styles.count}>
            {wholeNumber(count, locale)} <span className={styles.part}>{percent(count / all, locale)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
