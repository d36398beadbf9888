import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { useDispositionWords } from '../../components/disposition';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './floor.module.css';

/** What the AI proposed against what people decided; where they differ is marked in words, too. */
export function FloorOutcomes({ outcomes }: { outcomes: FloorAnswer['outcomes'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useDispositionWords();
  const all = outcomes.reduce((sum, { count }) => sum + count, 0);
  const agreed = outcomes.filter(({ ai, agent }) => ai === agent).reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label={t('floor.outcomes')}>
      <h2 className={styles.heading}>{t('floor.outcomes')}</h2>
      {all === 0 ? (
        <p className={styles.none}>{t('floor.no_outcomes')}</p>
      ) : (
        <>
          <p>{t('floor.agreed', { n: wholeNumber(agreed, locale), all: wholeNumber(all, locale) })}</p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('floor.ai_said')}</th>
                <th scope="col">{t('floor.agent_said')}</th>
                <th scope="col">{t('floor.calls')}</th>
              </tr>
            </thead>
            <tbody>
              {outcomes.map(({ ai, agent, count }) => (
                <tr key={`${ai}\n${agent}`} data-differs={ai === agent ? undefined : true}>
                  <td>{words(ai)}</td>
                  <td>
                    {words(agent)}
                    {ai !== agent && <span className={styles.soft}> · {t('floor.differs')}</span>}
                  </td>
                  <td className={styles.time}>{wholeNumber(count, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
