import { useTranslation } from 'react-i18next';
import { wholeNumber } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { Icon } from '../components/icon';
import { PAGES, type Page } from './pages';
import styles from './nav-rail.module.css';

export function NavRail({
  page: open,
  onPage,
  waiting,
}: {
  page: Page;
  onPage: (page: Page) => void;
  waiting: number;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      {PAGES.map(({ page, icon }) => (
        <button
          key={page}
          type="button"
          className={styles.item}
          aria-current={page === open ? 'page' : undefined}
          data-testid={`nav-${page}`}
          onClick={() => onPage(page)}
        >
          <Icon name={icon} size={20} />
          <span className={styles.words}>{t(`nav.${page}`)}</span>
          {page === 'calls' && waiting > 0 && (
            <span className={styles.count}>
              <span aria-hidden="true">{wholeNumber(waiting, locale)}</span>
              <span className="visually-hidden">, {t('nav.waiting', { count: waiting })}</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
