import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignsView } from '../../../shared/contract/campaign-views';
import { send, useDesk } from '../../bridge/desk';
import { usePageView } from '../../bridge/page-views';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { Banner } from '../../components/banner';
import { EmptyState } from '../../components/empty-state';
import { timeOfDay } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import frame from '../calls/calls-page.module.css';
import { CampaignDetail } from './campaign-detail';
import { CampaignList } from './campaign-list';

/** The platforms' campaigns: how far each is, how its calls ended; a supervisor pauses, resumes and creates. */
export function CampaignsPage({ supervisor }: { supervisor: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const view = usePageView('campaigns');
  const [listInFront, setListInFront] = useState(true);
  useEffect(() => {
    // Reports its own fault and never rejects. Main reads the platforms only while somebody looks.
    void send(desk, 'campaigns:watch', { on: true });
    return () => void send(desk, 'campaigns:watch', { on: false });
  }, [desk]);
  const open = (campaign: string) => {
    setListInFront(false);
    // The same.
    void send(desk, 'campaigns:open', { campaign });
  };
  const selected = view?.rows.find(({ id }) => id === view.open?.id);
  return (
    <div className={frame.page} data-front={listInFront || selected === undefined ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('nav.campaigns')}</h1>
      <div className={frame.list}>
        <Troubles view={view} />
        <CampaignList view={view} onOpen={open} />
      </div>
      <div className={frame.detail}>
        {view === undefined || selected === undefined ? (
          <EmptyState icon="campaign" title={t('campaigns.choose')} about={t('campaigns.choose_about')} />
        ) : (
          <CampaignDetail
            key={selected.id}
            campaign={selected}
            calls={view.open?.calls ?? { state: 'loading' }}
            supervisor={supervisor}
            onBack={() => setListInFront(true)}
          />
        )}
      </div>
    </div>
  );
}

/** What could not be read; what was read before stays below it. */
function Troubles({ view }: { view: CampaignsView | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useRelayReasonWords();
  if (view === undefined) return null;
  return (
    <div role="status">
      {view.state === 'failed' && view.rows.length > 0 && (
        <Banner tone="waiting" icon="alert">
          {view.at === undefined ? null : t('campaigns.as_of', { time: timeOfDay(view.at, locale) })}{' '}
          {words(view.reason ?? 'no_answer')}
        </Banner>
      )}
      {view.missing.length > 0 && (
        <Banner tone="waiting" icon="alert" testId="campaigns-missing">
          {t('campaigns.missing', { platforms: view.missing.map(({ label }) => label).join(', ') })}
        </Banner>
      )}
    </div>
  );
}
