import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TurnView } from '../../shared/contract/views';

/** At most one line read per this time, ms: a listener has a caller on the other ear. */
const APART_MS = 4000;

/** Reads new finished lines to a screen reader, politely and not all of them: the newest one when it is time again. */
export function PoliteTurns({ turns }: { turns: readonly TurnView[] }) {
  const { t } = useTranslation();
  const newest = turns.findLast((turn) => !turn.partial);
  const [said, setSaid] = useState<TurnView | null>(null);
  // What was there when the call was opened is not news.
  const heard = useRef(newest?.key);
  const last = useRef(-APART_MS);
  useEffect(() => {
    if (newest === undefined || newest.key === heard.current) return;
    const wait = Math.max(0, last.current + APART_MS - performance.now());
    const timer = setTimeout(() => {
      heard.current = newest.key;
      last.current = performance.now();
      setSaid(newest);
    }, wait);
    return () => clearTimeout(timer);
  }, [newest]);
  return (
    <p className="visually-hidden" role="status">
      {said !== null && `${t(`transcript.${said.speaker}`)}: ${said.text}`}
    </p>
  );
}
