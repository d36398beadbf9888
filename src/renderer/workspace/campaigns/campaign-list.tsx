import { useTranslation } from 'react-i18next';
import type { CampaignsView } from '../../../shared/contract/campaign-views';
import { NoRows } from '../../components/rows-state';
import styles from '../../components/side-list.module.css';
import { moveFocus } from '../calls/move-focus';
import { CampaignRowButton } from './campaign-row-button';

export function CampaignList({ view, onOpen }: { view: CampaignsView | undefined; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const rows = view?.rows ?? [];
  if (rows.length === 0) {
    const [loading, unread] = [t('campaigns.loading'), t('campaigns.unread')];
    const words = { loading, unread, none: t('campaigns.none'), about: t('campaigns.none_about') };
    return <NoRows view={view} icon="campaign" words={words} />;
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
