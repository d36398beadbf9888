import { useTranslation } from 'react-i18next';
import type { HeldRow } from '../../../shared/contract/list-views';
import { useTicking } from '../../bridge/clock';
import { useCommand } from '../../bridge/use-command';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { timer } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import table from '../campaigns/campaign-calls.module.css';

/** Who holds which lead, of every list; one can be taken out of somebody's hands. */
export function HeldLeads({ held }: { held: readonly HeldRow[] }) {
  const { t } = useTranslation();
  const take = useCommand('lists:take');
  if (held.length === 0) return <p className={table.soft}>{t('lists.held_none')}</p>;
  return (
    <div className={table.scroll}>
      <table className={table.table} data-testid="held-leads">
        <thead>
          <tr>
            <th scope="col">{t('campaigns.who')}</th>
            <th scope="col">{t('dialer.list')}</th>
            <th scope="col">{t('lists.agent')}</th>
            <th scope="col">{t('lists.since')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('lists.take')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {held.map((row) => (
            <tr key={row.lead}>
              <th scope="row" dir="auto">
                {row.name ?? row.phone.national ?? row.phone.raw}
              </th>
              <td dir="auto">{row.list}</td>
              <td dir="auto">
                {row.agent} {row.phase === 'calling' && <Badge tone="live">{t('lists.calling')}</Badge>}
              </td>
              <td>
                <Since at={row.since} />
              </td>
              <td>
                <Button kind="plain" onPress={() => take.run({ lead: row.lead })}>
                  {t('lists.take')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Problem words={take.problem} />
    </div>
  );
}

function Since({ at }: { at: number }) {
  const locale = useLocale();
  return useTicking((now) => timer(now - at, locale));
}
