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
  content,
  first,
}: {
  call: CallView;
  /** One or both, never none. */
  content: readonly [SideContent, ...SideContent[]];
  /** The tab that is open at first. */
  first: SideContent;
}) {
  const { t } = useTranslation();
  if (content.length === 1) {
    return (
      <div className={styles.panel}>
        <Content content={content[0]} call={call} />
      </div>
    );
  }
  return (
    <Tabs className={styles.panel ?? ''} defaultSelectedKey={first}>
      <TabList className={styles.tabs ?? ''} aria-label={t('panel.label')}>
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

function Content({ content, call }: { content: SideContent; call: CallView }) {
  return content === 'outcome' ? (
    <OutcomePanel call={call} />
  ) : (
    <TranscriptPanel transcript={call.transcript} insteadOfSummary={call.summary.state === 'absent'} />
  );
}
