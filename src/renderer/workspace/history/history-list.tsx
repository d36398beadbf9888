import { useEffect, useRef } from 'react';
import type { CallId } from '../../../shared/contract/events';
import type { HistoryRow } from '../../../shared/contract/history';
import { useVirtualRows } from '../../components/use-virtual-rows';
import list from '../calls/call-list.module.css';
import { HistoryRowButton } from './history-row';
import styles from './history-list.module.css';

/** CSS px of a row without and with a snippet; real ones are measured as they come into sight. */
const ROW_HEIGHT = 56;
const OVERSCAN = 10;
/** The next page is asked for when this few rows are left below. */
const AHEAD = 20;

export function HistoryList({
  rows,
  more,
  selected,
  onOpen,
}: {
  rows: readonly HistoryRow[];
  more: (() => void) | null;
  selected: CallId | null;
  onOpen: (call: CallId) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.call ?? index,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const nearEnd = (items.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (nearEnd) more?.();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per page: `more` is new with every answer
  }, [nearEnd, rows.length]);
  return (
    <div ref={scroller} className={list.list}>
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={styles.slot}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <HistoryRowButton row={row} selected={row.call === selected} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
