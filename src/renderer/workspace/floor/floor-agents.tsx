import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { StateMark, type StateShape } from '../../components/icon';
import { timer } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './floor.module.css';

type Agent = FloorAnswer['agents'][number];

const SHAPES: Record<Agent['doing'], StateShape> = {
  available: 'full',
  call: 'half',
  wrapup: 'half',
  busy: 'dash',
  break: 'bars',
  offline: 'ring',
};

/** Who can take a call comes first, who is gone last. */
const ORDER: Record<Agent['doing'], number> = { available: 0, call: 1, wrapup: 2, busy: 3, break: 4, offline: 5 };

export function FloorAgents({ agents, now }: { agents: readonly Agent[]; now: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const sorted = agents.toSorted(
    (a, b) => ORDER[a.doing] - ORDER[b.doing] || a.name.localeCompare(b.name, locale) || (a.id < b.id ? -1 : 1),
  );
  return (
    <section aria-label={t('floor.agents')}>
      <h2 className={styles.heading}>{t('floor.agents')}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('floor.agent')}</th>
            <th scope="col">{t('floor.state')}</th>
            <th scope="col">{t('floor.for_how_long')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, name, doing, since }) => (
            <tr key={id} data-testid={`floor-agent-${id}`} data-doing={doing}>
              <td>
                <bdi>{name}</bdi>
              </td>
              <td>
                <span className={styles.doing} data-doing={doing}>
                  <StateMark shape={SHAPES[doing]} />
                  {doing === 'call' ? t('floor.on_call') : t(`agent.${doing}`)}
                </span>
              </td>
              <td className={styles.time}>
                {since === undefined || doing === 'offline' ? '' : timer(now - Date.parse(since), locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
