import { useTranslation } from 'react-i18next';
import type { SimulationView } from '../../../shared/contract/list-views';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { Section } from '../../components/section';
import { countryName, timeOfDay, whenWithTime, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { useReasonCodeWords } from '../dialer/verdict-words';
import styles from './simulation.module.css';

/** A shift before it begins: how many could be called when, and what stands in the way of the rest. */
export function Simulation({ simulation }: { simulation: SimulationView }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  return (
    <Section title={t('simulation.title')}>
      {simulation.state === 'running' && <p className={styles.soft}>{t('simulation.running')}</p>}
      {simulation.state === 'failed' && <p role="alert">{words(simulation.reason)}</p>}
      {simulation.state === 'ready' && <Ready simulation={simulation} />}
    </Section>
  );
}

function Ready({ simulation }: { simulation: Extract<SimulationView, { state: 'ready' }> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const reasonWords = useReasonCodeWords();
  const most = Math.max(1, ...simulation.slots.map(({ callable }) => callable));
  return (
    <div className={styles.parts} data-testid="simulation">
      <p>
        {t('simulation.now', {
          n: wholeNumber(simulation.callable_at_start, locale),
          all: wholeNumber(simulation.leads, locale),
        })}
      </p>
      <ol className={styles.slots} aria-label={t('simulation.slots')}>
        {simulation.slots.map(({ from, callable }, index) => (
          <li key={from} className={styles.slot} title={`${timeOfDay(from, locale)}: ${wholeNumber(callable, locale)}`}>
            <span className={styles.bar} style={{ blockSize: `${(callable / most) * 100}%` }} aria-hidden="true" />
            <span className={index % 4 === 0 ? styles.time : 'visually-hidden'}>{timeOfDay(from, locale)}</span>
            <span className="visually-hidden">{wholeNumber(callable, locale)}</span>
          </li>
        ))}
      </ol>
      {simulation.rules.length > 0 && (
        <>
          <h4 className={styles.title}>{t('simulation.rules')}</h4>
          <ul className={styles.list}>
            {simulation.rules.map(({ rule, reason, leads, opens_at: opens }) => (
              <li key={`${rule} ${reason}`}>
                {t('simulation.leads', { count: leads })}: {reasonWords(reason)}{' '}
                <span className={styles.soft}>
                  <code>{rule}</code>
                  {opens !== undefined &&
                    ` · ${t('lists.opens', { time: whenWithTime(opens, simulation.at, locale) })}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h4 className={styles.title}>{t('simulation.places')}</h4>
      <ul className={styles.list}>
        {simulation.places.map((place) => (
          <li key={`${place.country ?? ''} ${place.regions.join()} ${place.zones.join()}`}>
            {place.country === undefined ? t('simulation.unknown_place') : countryName(place.country, locale)}
            {place.regions.length > 0 && place.regions.length < 4 && ` (${place.regions.join(', ')})`}:{' '}
            {t('simulation.now', {
              n: wholeNumber(place.callable, locale),
              all: wholeNumber(place.leads, locale),
            })}
          </li>
        ))}
      </ul>
      {simulation.overdue && <p className={styles.old}>{t('verdict.overdue')}</p>}
      <p className={styles.soft}>{t('verdict.advice')}</p>
    </div>
  );
}
