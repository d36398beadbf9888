import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignsView } from '../../../shared/contract/campaign-views';
import { send, useDesk } from '../../bridge/desk';
import { usePageView } from '../../bridge/page-views';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { StaleRows } from '../../components/rows-state';
import side from '../../components/side-list.module.css';
import frame from '../calls/calls-page.module.css';
import { CampaignDetail } from './campaign-detail';
import { CampaignList } from './campaign-list';
import { NewCampaign } from './new-campaign';
import type { TypedCampaign } from './typed-campaign';

/** The platforms' campaigns: how far each is, how its calls ended; a supervisor pauses, resumes and creates. */
export function CampaignsPage({
  supervisor,
  typed,
  onTyped,
}: {
  supervisor: boolean;
  /** A new campaign as far as it is typed. */
  typed: TypedCampaign | undefined;
  onTyped: (typed: TypedCampaign | undefined) => void;
}) {
  const { t } = useTranslation();
  const desk = useDesk();
  const view = usePageView('campaigns');
  const [front, setFront] = useState<'new' | 'campaign'>('campaign');
  const [listInFront, setListInFront] = useState(true);
  useEffect(() => {
    // Reports its own fault and never rejects. Main reads the platforms only while somebody looks.
    void send(desk, 'campaigns:watch', { on: true });
    return () => void send(desk, 'campaigns:watch', { on: false });
  }, [desk]);
  const show = (what: typeof front) => {
    setFront(what);
    setListInFront(false);
  };
  const open = (campaign: string) => {
    show('campaign');
    // The same.
    void send(desk, 'campaigns:open', { campaign });
  };
  const selected = view?.rows.find(({ id }) => id === view.open?.id);
  const makers = view?.makers ?? [];
  const mayMake = supervisor && makers.length > 0;
  // One that is being made stands where nothing else was chosen.
  const underWay = selected === undefined && view !== undefined && view.draft !== null;
  const detail = mayMake && (front === 'new' || underWay) ? 'new' : selected === undefined ? 'none' : 'campaign';
  return (
    <div className={frame.page} data-front={listInFront || detail === 'none' ? 'list' : 'detail'}>
      <h1 className="visually-hidden">{t('nav.campaigns')}</h1>
      <div className={`${frame.list ?? ''} ${side.side ?? ''}`}>
        {mayMake && (
          <div className={side.tools}>
            <Button testId="campaign-new" onPress={() => show('new')}>
              {t('campaign_new.open')}
            </Button>
          </div>
        )}
        <Troubles view={view} />
        <CampaignList view={view} onOpen={open} />
      </div>
      <div className={frame.detail}>
        {detail === 'new' && (
          <NewCampaign
            makers={makers}
            draft={view?.draft ?? null}
            typed={typed}
            onTyped={onTyped}
            onMade={open}
            onBack={() => {
              setFront('campaign');
              setListInFront(true);
            }}
          />
        )}
        {detail === 'none' && (
          <EmptyState icon="campaign" title={t('campaigns.choose')} about={t('campaigns.choose_about')} />
        )}
        {detail === 'campaign' && selected !== undefined && (
          <CampaignDetail
            key={selected.id}
            campaign={selected}
            calls={view?.open?.calls ?? { state: 'loading' }}
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
  if (view === undefined) return null;
  return (
    <div role="status">
      <StaleRows view={view} />
      {view.missing.length > 0 && (
        <Banner tone="waiting" icon="alert" testId="campaigns-missing">
          {t('campaigns.missing', { platforms: view.missing.map(({ label }) => label).join(', ') })}
        </Banner>
      )}
    </div>
  );
}
