import { useTranslation } from 'react-i18next';
import type { CampaignRow, CampaignsView } from '../../../shared/contract/campaign-views';
import { useCommand } from '../../bridge/use-command';
import { BackButton } from '../../components/back-button';
import { Button } from '../../components/button';
import styles from '../../components/detail.module.css';
import { Problem } from '../../components/problem';
import { Section } from '../../components/section';
import { CampaignCalls } from './campaign-calls';
import { CampaignProgress, CampaignStatusBadge } from './campaign-row-button';
import { OutcomeBars } from './outcome-bars';
import { PauseNote } from './pause-note';

/** One campaign: state, progress, outcomes, calls. */
export function CampaignDetail({
  campaign,
  calls,
  supervisor,
  onBack,
}: {
  campaign: CampaignRow;
  calls: NonNullable<CampaignsView['open']>['calls'];
  supervisor: boolean;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  return (
    <article className={styles.detail} data-testid="campaign-detail">
      <BackButton onPress={onBack} />
      <header className={styles.head}>
        <h2 className={styles.name} dir="auto">
          {campaign.name ?? t('campaigns.unnamed')}
        </h2>
        <p className={styles.marks}>
          <CampaignStatusBadge campaign={campaign} />
          <span className={styles.soft}>{campaign.platform_label}</span>
        </p>
        {campaign.paused_by !== undefined && (
          <p data-testid="campaign-pause">
            <PauseNote campaign={campaign} />
          </p>
        )}
        {supervisor && <RunButton campaign={campaign} />}
      </header>
      {campaign.progress !== undefined && (
        <Section title={t('campaigns.progress_title')}>
          <CampaignProgress progress={campaign.progress} />
        </Section>
      )}
      <Section title={t('campaigns.outcomes')}>
        <OutcomeBars outcomes={campaign.outcomes} />
      </Section>
      <Section title={t('campaigns.calls')}>
        <CampaignCalls calls={calls} />
      </Section>
    </article>
  );
}

/** Pause while it runs, resume while it is paused, keep what goes on by itself; nothing where the platform would refuse all. */
function RunButton({ campaign: { id, status, changing, paused_by: by } }: { campaign: CampaignRow }) {
  const { t } = useTranslation();
  const { run, problem } = useCommand('campaigns:set-running');
  if (status !== 'running' && status !== 'paused') return null;
  const running = status === 'running';
  return (
    <div className={styles.actions}>
      <Button testId="campaign-run" isPending={changing} onPress={() => run({ campaign: id, running: !running })}>
        {running ? t('campaigns.pause') : t('campaigns.resume')}
      </Button>
      {!running && by === 'hours' && (
        <Button testId="campaign-keep" isPending={changing} onPress={() => run({ campaign: id, running: false })}>
          {t('campaigns.keep_paused')}
        </Button>
      )}
      <Problem words={problem} />
    </div>
  );
}
