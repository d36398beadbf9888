import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { whenWithTime, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './floor.module.css';

/** What is left of each list, and when the next of it may lawfully be called. */
export function FloorLists({ lists, now }: { lists: FloorAnswer['lists']; now: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section aria-label={t('floor.lists')}>
      <h2 className={styles.heading}>{t('floor.lists')}</h2>
      {lists.length === 0 ? (
        <p className={styles.none}>{t('lists.none')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('floor.list')}</th>
              <th scope="col">{t('floor.left')}</th>
              <th scope="col">{t('floor.callable')}</th>
              <th scope="col">{t('floor.next')}</th>
            </tr>
          </thead>
          <tbody>
            {lists.map((list) => (
              <tr key={list.id} data-testid={`floor-list-${list.id}`}>
                <td>
                  <bdi>{list.name}</bdi>
                  {list.paused && <span className={styles.soft}> · {t('lists.paused')}</span>}
                </td>
                <td className={styles.time}>{wholeNumber(list.left, locale)}</td>
                <td className={styles.time}>{wholeNumber(list.callable, locale)}</td>
                <td className={styles.time}>
                  <Next list={list} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Next({ list, now }: { list: FloorAnswer['lists'][number]; now: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (list.callable > 0) return <>{t('floor.now')}</>;
  return <>{list.next_at === null ? '–' : whenWithTime(Date.parse(list.next_at), now, locale)}</>;
}
