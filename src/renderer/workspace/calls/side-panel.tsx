import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import type { CallView } from '../../../shared/contract/views';
import { OutcomePanel } from '../outcome/outcome-panel';
import styles from './side-panel.module.css';
import { TranscriptPanel } from './transcript-panel';

export type SideContent = 'transcript' | 'outcome';

/** What stands beside a call's facts: what is said, how it ended, or both behind two tabs. */
export function SidePanel({
  call,
  moment,
  content,
  first,
}: {
  call: CallView;
  /** Where the call is; when that changes, the tab named `first` comes up. */
  moment: string;
  /** One or both, never none. */
  content: readonly [SideContent, ...SideContent[]];
  /** The tab that is open at first. */
  first: SideContent;
}) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(first);
  const momentBefore = useRef(moment);
  useEffect(() => {
    if (momentBefore.current === moment) return;
    momentBefore.current = moment;
    // Whoever types a note or searches keeps the keyboard: a call may end at any moment.
    if (!isAtWorkIn(panel.current)) setChosen(first);
  }, [moment, first]);
  // With one content as with two, so that what is typed survives the arrival of the other.
  return (
    <Tabs
      ref={panel}
      className={styles.panel ?? ''}
      selectedKey={content.includes(chosen) ? chosen : content[0]}
      onSelectionChange={(key) => setChosen(key === 'outcome' ? 'outcome' : 'transcript')}
    >
      <TabList
        className={styles.tabs ?? ''}
        data-alone={content.length === 1 || undefined}
        aria-label={t('panel.label')}
      >
        {content.map((one) => (
          <Tab key={one} id={one} className={styles.tab ?? ''} data-testid={`tab-${one}`}>
            {t(`panel.${one}`)}
          </Tab>
        ))}
      </TabList>
      {content.map((one) => (
        <TabPanel key={one} id={one} className={styles.content ?? ''}>
          <Content content={one} call={call} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

/** Whether the keyboard is in what the panel shows; on a tab nothing is being done yet. */
function isAtWorkIn(panel: HTMLElement | null): boolean {
  return panel?.querySelector('[role=tabpanel]')?.contains(document.activeElement) === true;
}

function Content({ content, call }: { content: SideContent; call: CallView }) {
  return content === 'outcome' ? (
    <OutcomePanel call={call} />
  ) : (
    <TranscriptPanel transcript={call.transcript} insteadOfSummary={call.summary.state === 'absent'} />
  );
}
