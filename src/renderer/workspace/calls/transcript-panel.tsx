import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/views';
import { Button } from '../../components/button';
import { useVirtualRows } from '../../components/use-virtual-rows';
import { PoliteTurns } from '../../components/polite-turns';
import { SinceSummary, Turn } from '../../components/turn';
import { findTurns } from './find-turns';
import { TranscriptSearch } from './transcript-search';
import styles from './transcript-panel.module.css';

/** CSS px of a one-line turn; real ones are measured as they come into sight. */
const TURN_HEIGHT = 24;
const OVERSCAN = 12;
/** Nearer to the end than this, CSS px, counts as "at the end": one turn of slack. */
const END_SLACK = 48;

/** The whole transcript: only what is in sight is drawn, so ten thousand turns scroll as ten do. */
export function TranscriptPanel({
  transcript,
  insteadOfSummary,
}: {
  transcript: CallView['transcript'];
  insteadOfSummary: boolean;
}) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(true);
  const [query, setQuery] = useState('');
  const { turns, since_summary: since } = transcript;
  const found = findTurns(turns, query);
  const shown = found ?? turns;
  const virtual = useVirtualRows({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => TURN_HEIGHT,
    getItemKey: (index) => shown[index]?.key ?? index,
    overscan: OVERSCAN,
  });
  const last = shown.length - 1;
  const lastText = shown[last]?.text;
  useEffect(() => {
    if (follow && last >= 0) virtual.scrollToIndex(last, { align: 'end' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- follows what is said, not the virtualizer's own changes
  }, [follow, last, lastText]);

  const title = insteadOfSummary ? t('summary.turns_instead') : t('transcript.title');
  return (
    <section className={styles.panel} aria-label={title}>
      <PoliteTurns turns={turns} />
      <div className={styles.tools}>
        <h3 className={styles.title}>{title}</h3>
        <TranscriptSearch query={query} onQuery={setQuery} found={found?.length ?? null} />
        {!follow && (
          <Button kind="plain" onPress={() => setFollow(true)}>
            {t('transcript.follow')}
          </Button>
        )}
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={title}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region without its own controls needs a tab stop
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollow(scrollHeight - scrollTop - clientHeight < END_SLACK)
        }
      >
        <div className={styles.turns} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const turn = shown[item.index];
            if (turn === undefined) return null;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={styles.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {found === null && item.index === since && <SinceSummary />}
                <Turn turn={turn} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
