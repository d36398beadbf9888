import { useTranslation } from 'react-i18next';
import type { LeadRowView, ListsView } from '../../../shared/contract/list-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { useDispositionWords } from '../../components/disposition';
import { Problem } from '../../components/problem';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import table from '../campaigns/campaign-calls.module.css';
import { useReasonCodeWords } from '../dialer/verdict-words';
import { Choice } from '../settings/choice';

type Open = NonNullable<ListsView['open']>;
const STATES = ['ready', 'later', 'blocked', 'held', 'done', 'exhausted', 'removed', 'dnc'] as const;

/** The leads of the open list, those in one state or all; any can be opened in the dialer, a blocked one explained there. */
export function ListLeads({ open }: { open: Open }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  const show = useCommand('lists:leads');
  const more = useCommand('lists:leads-more');
  const { leads } = open;
  return (
    <>
      <div>
        <Choice
          label={t('lists.show_state')}
          value={open.shown ?? 'all'}
          options={[
            { value: 'all', label: t('lists.all') },
            ...STATES.map((state) => ({ value: state, label: t(`lead_state.${state}`) })),
          ]}
          onChange={(state) => show.run({ state: state === 'all' ? null : state })}
        />
      </div>
      {leads.state === 'loading' && <p className={table.soft}>{t('lists.leads_loading')}</p>}
      {leads.state === 'failed' && <p role="alert">{words(leads.reason)}</p>}
      {leads.state === 'ready' && <Rows rows={leads.rows} />}
      {leads.state === 'ready' && leads.more && (
        <div>
          <Button isPending={more.pending} onPress={() => more.run({})}>
            {t('lists.leads_more')}
          </Button>
        </div>
      )}
      <Problem words={show.problem ?? more.problem} />
    </>
  );
}

function Rows({ rows }: { rows: readonly LeadRowView[] }) {
  const { t } = useTranslation();
  const open = useCommand('lists:open-lead');
  if (rows.length === 0) return <p className={table.soft}>{t('lists.leads_none')}</p>;
  return (
    <div className={table.scroll}>
      <table className={table.table} data-testid="list-leads">
        <thead>
          <tr>
            <th scope="col">{t('campaigns.who')}</th>
            <th scope="col">{t('lists.number')}</th>
            <th scope="col">{t('lists.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('lists.open_lead')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" dir="auto">
                {row.name ?? t('who.unnamed')}
              </th>
              <td>
                <bdi>{row.phone.national ?? row.phone.raw}</bdi>
              </td>
              <td>
                <State row={row} />
              </td>
              <td>
                <Button
                  kind="plain"
                  testId={`lead-open-${row.phone.raw}`}
                  isPending={open.pending}
                  onPress={() => open.run({ lead: row.id })}
                >
                  {t('lists.open_lead')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Problem words={open.problem} />
    </div>
  );
}

function State({ row }: { row: LeadRowView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const reason = useReasonCodeWords();
  const disposition = useDispositionWords();
  const { not_before: until } = row;
  const time = useTicking((now) => (until === undefined ? '' : whenWithTime(until, now, locale)), NO_SECONDS);
  const more = [
    until === undefined ? undefined : t('lists.until', { time }),
    row.blocked_by === undefined ? undefined : reason(row.blocked_by),
    row.held_by,
    row.last_outcome === undefined ? undefined : disposition(row.last_outcome),
  ].filter((one) => one !== undefined);
  return (
    <>
      {t(`lead_state.${row.state}`)} <span className={table.soft}>{more.join(' · ')}</span>
    </>
  );
}
