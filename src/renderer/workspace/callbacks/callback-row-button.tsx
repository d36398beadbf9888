import { useTranslation } from 'react-i18next';
import type { CallbackRow } from '../../../shared/contract/callback-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { Badge } from '../../components/badge';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import call from '../calls/call-row-button.module.css';

/** One promise: who, when by the agent's clock, whose. */
export function CallbackRowButton({
  row,
  selected,
  onOpen,
}: {
  row: CallbackRow;
  selected: boolean;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = row.phone.national ?? row.phone.raw;
  const name = row.name ?? (number === '' ? t('who.unnamed') : number);
  const about = row.note ?? row.list ?? number;
  const when = useTicking((now) => whenWithTime(row.at, now, locale), NO_SECONDS);
  return (
    <button
      type="button"
      className={call.row}
      aria-current={selected || undefined}
      data-row
      data-testid={`callback-${row.id}`}
      onClick={() => onOpen(row.id)}
    >
      <span className={call.line}>
        <span className={call.name} dir="auto" title={name}>
          {name}
        </span>
        <span className={call.when}>{when}</span>
      </span>
      <span className={call.line}>
        <span className={call.why} dir="auto" title={about}>
          {about}
        </span>
        <span className={call.marks}>
          {row.unsent && <Badge tone="waiting">{t('callbacks.unsent')}</Badge>}
          {row.held_by !== undefined && (
            <Badge icon="person">
              <bdi>{row.held_by}</bdi>
            </Badge>
          )}
          {row.owner === 'queue' && <Badge>{t('callback.queue')}</Badge>}
          {row.state === 'overdue' && <Badge tone="blocked">{t('callbacks.overdue')}</Badge>}
        </span>
      </span>
    </button>
  );
}
