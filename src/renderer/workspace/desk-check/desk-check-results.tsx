import { useTranslation } from 'react-i18next';
import type { DeskCheckResult, Grade } from '../../../shared/contract/desk-check';
import { Icon, type IconName } from '../../components/icon';
import { useLocale } from '../../i18n/use-locale';
import { wholeNumber } from '../../i18n/format';
import styles from './desk-check.module.css';
import { useWhyWords } from './why-words';

const ICONS: Record<Grade, IconName> = { good: 'check', warn: 'alert', bad: 'blocked', unknown: 'info' };

/** Each graded thing on a line: its mark, its name, what was found in words. */
export function DeskCheckResults({ results }: { results: readonly DeskCheckResult[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const why = useWhyWords();
  const bad = results.filter(({ grade }) => grade === 'bad').length;
  return (
    <>
      <p data-testid="desk-check-verdict" data-bad={bad}>
        {bad === 0 ? t('check.ready') : t('check.not_ready', { count: bad, n: wholeNumber(bad, locale) })}
      </p>
      <ul className={styles.list}>
        {results.map((result, index) => (
          <li
            key={`${result.item} ${index}`}
            className={styles.row}
            data-grade={result.grade}
            data-testid={`check-${result.item}`}
          >
            <Icon name={ICONS[result.grade]} />
            <span className={styles.item}>
              {t(`check.item.${result.item}`)}
              <span className="visually-hidden">: {t(`check.grade.${result.grade}`)}</span>
            </span>
            <span className={styles.why}>{why(result)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
