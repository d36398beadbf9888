import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { triggerKind } from '../../../shared/lib/trigger-kind';
import { useTriggerWords } from '../../components/trigger';
import { timeOfDay, timer } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './floor.module.css';

/** Calls that wait (`live`: how long) or were missed (when). */
export function FloorCalls({
  title,
  none,
  calls,
  now,
  live = false,
}: {
  title: string;
  none: string;
  calls: FloorAnswer['waiting'];
  now: number;
  live?: boolean;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useTriggerWords();
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {calls.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{live ? t('floor.waits') : t('floor.when')}</th>
              <th scope="col">{t('floor.customer')}</th>
              <th scope="col">{t('floor.for')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map(({ call, since, name, trigger, meant_for: meant }) => (
              <tr key={call} data-testid={`floor-call-${call}`}>
                <td className={styles.time}>
                  {live ? timer(now - Date.parse(since), locale) : timeOfDay(Date.parse(since), locale)}
                </td>
                <td>
                  <bdi>{name ?? t('who.unnamed')}</bdi>
                  {trigger !== undefined && (
                    <span className={styles.soft}> · {words({ kind: triggerKind(trigger), raw: trigger })}</span>
                  )}
                </td>
                <td>
                  <bdi>{meant.length === 0 ? t('floor.nobody') : meant.join(', ')}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
