/** Searching what this desk has seen: a page at a time, the newest answer only. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { HistoryKind, HistoryPage, HistoryRow } from '../../../shared/contract/history';
import { useDesk } from '../../bridge/desk';

/** Time after the last key before it searches, ms: one search per word, not per letter. */
const SETTLE_MS = 150;
const PAGE_ROWS = 100;

export interface HistorySearch {
  text: string;
  kind: HistoryKind | 'all';
}

export type HistoryState =
  | { state: 'searching' }
  | { state: 'unread' }
  | { state: 'ready'; rows: readonly HistoryRow[]; total: HistoryPage['total']; more: (() => void) | null };

export function useHistory({ text, kind }: HistorySearch): HistoryState {
  const desk = useDesk();
  const [found, setFound] = useState<HistoryPage | 'unread' | null>(null);
  const asked = useRef(0);

  const ask = useCallback(
    (cursor: string | undefined) => {
      asked.current += 1;
      const question = asked.current;
      const filters = kind === 'all' ? {} : { kind };
      const query = { text, filters, limit: PAGE_ROWS, ...(cursor === undefined ? {} : { cursor }) };
      desk.request('history:search', query).then(
        (page) => {
          if (question !== asked.current) return;
          setFound((before) =>
            cursor === undefined || before === null || before === 'unread'
              ? page
              : { ...page, rows: [...before.rows, ...page.rows] },
          );
        },
        (error: unknown) => {
          reportError(error);
          if (question === asked.current) setFound('unread');
        },
      );
    },
    [desk, text, kind],
  );
  useEffect(() => {
    const timer = setTimeout(() => ask(undefined), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      // Answers to what was asked before are of no use any more.
      asked.current += 1;
    };
  }, [ask]);

  if (found === null) return { state: 'searching' };
  if (found === 'unread') return { state: 'unread' };
  const { next } = found;
  return { state: 'ready', rows: found.rows, total: found.total, more: next === undefined ? null : () => ask(next) };
}
