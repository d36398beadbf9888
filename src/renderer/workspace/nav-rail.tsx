import { useTranslation } from 'react-i18next';
import { wholeNumber } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { Icon } from '../components/icon';
import { pagesFor, railPageOf, type Page } from './pages';
import styles from './nav-rail.module.css';

export function NavRail({
  page: open,
  onPage,
  waiting,
  due,
  supervisor,
}: {
  page: Page;
  onPage: (page: Page) => void;
  waiting: number;
  /** Callbacks that are due or overdue. */
  due: number;
  supervisor: boolean;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      {pagesFor(supervisor).map(({ page, icon }) => (
        <button
          key={page}
          type="button"
          className={styles.item}
          aria-current={page === open ? 'page' : page === railPageOf(open) || undefined}
          data-testid={`nav-${page}`}
          onClick={() => onPage(page)}
        >
          <Icon name={icon} size={20} />
          <span className={styles.words}>{t(`nav.${page}`)}</span>
          {page === 'calls' && waiting > 0 && (
            <Count shown={wholeNumber(waiting, locale)} words={t('nav.waiting', { count: waiting })} />
          )}
          {page === 'callbacks' && due > 0 && (
            <Count shown={wholeNumber(due, locale)} words={t('nav.due', { count: due })} />
          )}
        </button>
      ))}
    </nav>
  );
}

function Count({ shown, words }: { shown: string; words: string }) {
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">, {words}</span>
    </span>
  );
}
