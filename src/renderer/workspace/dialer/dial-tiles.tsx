import { useTranslation } from 'react-i18next';
import type { DialView } from '../../../shared/contract/dial-views';
import type { DialerView } from '../../../shared/contract/dialer-views';
import { DialTile } from './dial-tile';
import { CallCount } from './call-count';
import styles from './dial-tiles.module.css';

const over = ({ call }: DialView) => call?.phase === 'ended' || call?.phase === 'failed';

/** The calls this desk asked for. One that is over is wrapped up first, one at a time; the rest stays readable. */
export function DialTiles({ calls, limit }: { calls: readonly DialView[]; limit: DialerView['limit'] }) {
  const { t } = useTranslation();
  const first = calls.find(over);
  const ordered = first === undefined ? calls : [first, ...calls.filter((call) => call !== first)];
  return (
    <>
      <h2 className={styles.title}>{t('dialer.calls')}</h2>
      {limit !== undefined && <CallCount limit={limit} />}
      <ul className={styles.tiles}>
        {ordered.map((dial) => (
          <li key={dial.id}>
            <DialTile dial={dial} wrapUp={dial === first} />
          </li>
        ))}
      </ul>
    </>
  );
}
