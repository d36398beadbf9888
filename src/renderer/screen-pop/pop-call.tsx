import { useTranslation } from 'react-i18next';
import type { CallView, PopView } from '../../shared/contract/views';
import { Banner } from '../components/banner';
import { Customer } from '../components/customer';
import { Facts } from '../components/facts';
import { PoliteTurns } from '../components/polite-turns';
import { Summary } from '../components/summary';
import { TranscriptTail } from '../components/transcript-tail';
import { Whereabouts } from '../components/whereabouts';
import styles from './pop-call.module.css';
import { PopFoot } from './pop-foot';
import { WaitingStrip } from './waiting-strip';
import { WhyBar } from './why-bar';

/** What fits a glance; the rest is one press away in the workspace. */
const FACTS_SHOWN = 6;
const TURNS_SHOWN = 4;

type Part = (element: HTMLElement | null) => void;

export function PopCall({ view, call, part }: { view: PopView; call: CallView; part: Part }) {
  const { t } = useTranslation();
  const noSummary = call.summary.state === 'absent';
  const transcript = (
    <TranscriptTail
      transcript={call.transcript}
      insteadOfSummary={noSummary}
      platform={call.platform_label}
      privacy={view.privacy}

      limit={TURNS_SHOWN}
    />
  );
  return (
    <main className={styles.pop} data-testid="pop" data-call={call.call}>
      <header ref={part} className={styles.head}>
        <WhyBar call={call} />
        {view.stale && (
          <Banner tone="blocked" icon="alert">
            {t('stale.pop')}
          </Banner>
        )}
      </header>
      {/* Scrolls when the display is too low for it: the keyboard must reach it then. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region without its own controls needs a tab stop */}
      <div className={styles.middle} tabIndex={0} role="region" aria-label={t('calls.details')}>
        <div ref={part} className={styles.body}>
          <Customer call={call} privacy={view.privacy} />
          <Summary
            summary={call.summary}
            platform={call.platform_label}
            privacy={view.privacy}
            transcript={call.transcript}
          />
          {noSummary && transcript}
          <Facts facts={call.facts} privacy={view.privacy} limit={FACTS_SHOWN} />
          {!noSummary && transcript}
          <Whereabouts call={call} />
        </div>
      </div>
      {!view.privacy && <PoliteTurns turns={call.transcript.turns} />}
      <footer ref={part} className={styles.foot}>
        <WaitingStrip waiting={view.waiting} privacy={view.privacy} />
        <PopFoot call={call} />
      </footer>
    </main>
  );
}
