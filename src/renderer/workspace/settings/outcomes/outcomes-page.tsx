import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutcomeSources } from '../../../../shared/contract/outcomes';
import type { Settings } from '../../../../shared/contract/settings';
import { useDesk } from '../../../bridge/desk';
import { Banner } from '../../../components/banner';
import { Button } from '../../../components/button';
import { EmptyState } from '../../../components/empty-state';
import { Icon } from '../../../components/icon';
import { Problem } from '../../../components/problem';
import { PolicyProvider, usePolicy } from '../locked';
import page from '../settings-page.module.css';
import { useSettings } from '../use-settings';
import { EditableTree } from './editable-tree';
import { ShownTree } from './shown-tree';
import styles from './tree.module.css';

/** The outcomes of calls that an agent may choose, and their keys: edited here unless somebody else gives them. */
export function OutcomesPage({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const settings = useSettings();
  const sources = useSources();
  const unread = settings.state === 'unread' || sources === 'unread';
  const ready = settings.state === 'ready' && sources !== null && sources !== 'unread';
  return (
    <div className={page.page}>
      <div className={page.column}>
        <div className={styles.head}>
          <Button kind="plain" testId="outcomes-back" onPress={onBack}>
            <Icon name="back" />
            {t('settings.title')}
          </Button>
          <h1 className={page.title}>{t('tree.title')}</h1>
          <p>{t('tree.about')}</p>
        </div>
        {!unread && !ready && <EmptyState icon="hourglass" title={t('settings.loading')} />}
        {unread && <EmptyState icon="alert" title={t('settings.unread')} alert />}
        {ready && (
          <PolicyProvider>
            <Tree settings={settings.settings} sources={sources} save={settings.save} />
            <div className={page.outcome} data-said={settings.saved || settings.problem !== null || undefined}>
              <p className={page.saved} role="status">
                {settings.saved && t('settings.saved')}
              </p>
              <Problem words={settings.problem} />
            </div>
          </PolicyProvider>
        )}
      </div>
    </div>
  );
}

function Tree({
  settings,
  sources,
  save,
}: {
  settings: Settings;
  sources: OutcomeSources;
  save: (settings: Settings) => void;
}) {
  const { t } = useTranslation();
  const policy = usePolicy();
  const { outcomes } = settings;
  if (sources.relay !== null) {
    return (
      <>
        <Banner tone="accent" icon="shield" testId="outcomes-by-relay">
          {t('tree.by_relay')}
        </Banner>
        <ShownTree tree={sources.relay} />
      </>
    );
  }
  if (policy?.locked.includes('outcomes') === true) {
    return (
      <>
        <Banner tone="accent" icon="shield" testId="outcomes-by-company">
          {t('tree.by_company')}
        </Banner>
        <ShownTree tree={outcomes.dispositions} />
      </>
    );
  }
  return (
    <EditableTree
      tree={outcomes.dispositions}
      standard={sources.standard}
      onTree={(dispositions) => save({ ...settings, outcomes: { ...outcomes, dispositions } })}
    />
  );
}

/** Where the choices come from, as main says when the page is opened. */
function useSources(): OutcomeSources | 'unread' | null {
  const desk = useDesk();
  const [sources, setSources] = useState<OutcomeSources | 'unread' | null>(null);
  useEffect(() => {
    let current = true;
    desk.request('outcome:sources', {}).then(
      (read) => {
        if (current) setSources(read);
      },
      (error: unknown) => {
        reportError(error);
        if (current) setSources('unread');
      },
    );
    return () => {
      current = false;
    };
  }, [desk]);
  return sources;
}
