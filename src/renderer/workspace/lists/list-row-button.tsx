import { useTranslation } from 'react-i18next';
import type { ListRow } from '../../../shared/contract/list-views';
import { Badge } from '../../components/badge';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import call from '../calls/call-row-button.module.css';

export function ListRowButton({
  list,
  selected,
  onOpen,
}: {
  list: ListRow;
  selected: boolean;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <button
      type="button"
      className={call.row}
      aria-current={selected || undefined}
      data-row
      data-testid={`list-${list.id}`}
      onClick={() => onOpen(list.id)}
    >
      <span className={call.line}>
        <span className={call.name} dir="auto" title={list.name}>
          {list.name}
        </span>
        <span className={call.marks}>
          <ListBadge list={list} />
        </span>
      </span>
      <span className={call.line}>
        <span className={call.why}>
          {t('lists.ready_of', {
            n: wholeNumber(list.counts.ready, locale),
            all: wholeNumber(list.counts.total, locale),
          })}
        </span>
      </span>
    </button>
  );
}

/** Whether it is worked now. */
export function ListBadge({ list }: { list: Pick<ListRow, 'paused' | 'importing' | 'open_now'> }) {
  const { t } = useTranslation();
  if (list.paused) return <Badge tone="waiting">{t('lists.paused')}</Badge>;
  if (list.importing) return <Badge tone="accent">{t('lists.importing')}</Badge>;
  return list.open_now ? <Badge tone="live">{t('lists.open_now')}</Badge> : <Badge>{t('lists.closed_now')}</Badge>;
}
