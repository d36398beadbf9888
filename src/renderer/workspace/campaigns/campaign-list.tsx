import { useTranslation } from 'react-i18next';
import type { CampaignsView } from '../../../shared/contract/campaign-views';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { EmptyState } from '../../components/empty-state';
import { moveFocus } from '../calls/move-focus';
import { CampaignRowButton } from './campaign-row-button';
import styles from './campaign-list.module.css';

export function CampaignList({ view, onOpen }: { view: CampaignsView | undefined; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  const rows = view?.rows ?? [];
  if (rows.length === 0) {
    if (view === undefined || view.state === 'loading')
      return <EmptyState icon="hourglass" title={t('campaigns.loading')} />;
    if (view.state === 'failed')
      return <EmptyState icon="alert" title={t('campaigns.unread')} about={words(view.reason ?? 'no_answer')} alert />;
    return <EmptyState icon="campaign" title={t('campaigns.none')} about={t('campaigns.none_about')} />;
  }
  return (
    // Arrow keys are a convenience over the tab order; each row is a button of its own.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows inside are the interactive elements
    <div className={styles.list} role="region" aria-label={t('nav.campaigns')} onKeyDown={moveFocus}>
      {rows.map((campaign) => (
        <CampaignRowButton
          key={campaign.id}
          campaign={campaign}
          selected={campaign.id === view?.open?.id}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}
