import { useTranslation } from 'react-i18next';
import type { CampaignCallRow, CampaignsView } from '../../../shared/contract/campaign-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { useCallStatusWords } from '../../components/call-status';
import { useDispositionWords } from '../../components/disposition';
import { Problem } from '../../components/problem';
import { timer, whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './campaign-calls.module.css';

/** The campaign's calls, newest as the platform lists them; a call that this desk knows can be opened. */
export function CampaignCalls({ calls }: { calls: NonNullable<CampaignsView['open']>['calls'] }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  const more = useCommand('campaigns:more');
  if (calls.state === 'loading') return <p className={styles.soft}>{t('campaigns.calls_loading')}</p>;
  if (calls.state === 'failed') {
    return <p role="alert">{calls.reason === 'forbidden' ? t('campaigns.calls_supervisor') : words(calls.reason)}</p>;
  }
  if (calls.rows.length === 0) return <p className={styles.soft}>{t('campaigns.calls_none')}</p>;
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('campaigns.who')}</th>
              <th scope="col">{t('campaigns.when')}</th>
              <th scope="col">{t('detail.duration')}</th>
              <th scope="col">{t('panel.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.rows.map((row) => (
              <CallLine key={row.call} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {calls.more && (
        <div>
          <Button isPending={more.pending} onPress={() => more.run({})}>
            {t('campaigns.calls_more')}
          </Button>
        </div>
      )}
      <Problem words={more.problem} />
    </>
  );
}

function CallLine({ row }: { row: CampaignCallRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const disposition = useDispositionWords();
  const status = useCallStatusWords();
  const open = useCommand('call:open');
  const { at } = row;
  const when = useTicking((now) => (at === undefined ? '' : whenShort(at, now, locale)), NO_SECONDS);
  const number = row.phone?.national ?? row.phone?.raw;
  const name = row.name ?? number ?? t('who.unnamed');
  return (
    <tr>
      <th scope="row" dir="auto">
        {row.here ? (
          <Button kind="plain" onPress={() => open.run({ call: row.call })}>
            {name}
          </Button>
        ) : (
          name
        )}
        {row.name !== undefined && number !== undefined && (
          <span className={styles.soft}>
            {' '}
            <bdi>{number}</bdi>
          </span>
        )}
      </th>
      <td>{when}</td>
      <td>{row.duration_s === undefined ? '' : timer(row.duration_s * 1000, locale)}</td>
      <td dir="auto">{row.disposition === undefined ? status(row.status ?? '') : disposition(row.disposition)}</td>
    </tr>
  );
}
