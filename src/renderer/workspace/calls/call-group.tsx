import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { CallRow } from '../../../shared/contract/views';
import { useVirtualRows } from '../../components/use-virtual-rows';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './call-group.module.css';
import { CallRowButton } from './call-row-button';
import { HEAD_HEIGHT, ROW_HEIGHT, type CallGroupName } from './group-calls';

/** Rows drawn beyond the visible ones, so that arrow keys always find a next one. */
const OVERSCAN = 8;

/** One group of the list; of a long one only the rows in sight are drawn. */
export function CallGroup({
  group,
  rows,
  start,
  scroller,
  selected,
  onOpen,
}: {
  group: CallGroupName;
  rows: readonly CallRow[];
  /** Where the group begins in the scrolled list, CSS px. */
  start: number;
  scroller: HTMLDivElement | null;
  selected: CallId | null;
  onOpen: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const virtual = useVirtualRows({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.call ?? index,
    scrollMargin: start + HEAD_HEIGHT,
    overscan: OVERSCAN,
  });
  const title = t(`calls.${group}`);
  return (
    <section className={styles.group} data-group={group} data-testid={`group-${group}`} aria-label={title}>
      <h2 className={styles.head}>
        <span className={styles.dot} />
        {title}
        <span className={styles.count}>{wholeNumber(rows.length, locale)}</span>
      </h2>
      {rows.length === 0 ? (
        <p className={styles.nobody}>{t('calls.nobody')}</p>
      ) : (
        <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <li
                key={item.key}
                className={styles.slot}
                style={{ transform: `translateY(${item.start - start - HEAD_HEIGHT}px)` }}
              >
                <CallRowButton row={row} selected={row.call === selected} onOpen={onOpen} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
