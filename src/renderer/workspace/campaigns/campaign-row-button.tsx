import { useTranslation } from 'react-i18next';
import type { CampaignRow, CampaignStatus } from '../../../shared/contract/campaign-views';
import { Badge, type Tone } from '../../components/badge';
import { Progress } from '../../components/progress';
import { readableTerm } from '../../components/trigger';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import call from '../calls/call-row-button.module.css';
import styles from './campaign-row-button.module.css';
import { PauseNote } from './pause-note';

const TONES: Record<CampaignStatus, Tone> = {
  scheduled: 'neutral',
  running: 'live',
  paused: 'waiting',
  completed: 'neutral',
  stopped: 'blocked',
  unknown: 'neutral',
};

export function CampaignStatusBadge({ campaign }: { campaign: Pick<CampaignRow, 'status' | 'status_raw'> }) {
  const { t } = useTranslation();
  const { status, status_raw: raw } = campaign;
  return (
    <Badge tone={TONES[status]}>
      {status === 'unknown' && raw !== undefined ? <bdi>{readableTerm(raw)}</bdi> : t(`campaign_status.${status}`)}
    </Badge>
  );
}

export function CampaignProgress({ progress }: { progress: NonNullable<CampaignRow['progress']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { attempted, total } = progress;
  return (
    <Progress
      part={total === 0 ? 0 : attempted / total}
      words={t('campaigns.progress', { n: wholeNumber(attempted, locale), all: wholeNumber(total, locale) })}
    />
  );
}

/** One campaign of the list: its name, whether it runs, how far it is. */
export function CampaignRowButton({
  campaign,
  selected,
  onOpen,
}: {
  campaign: CampaignRow;
  selected: boolean;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const name = campaign.name ?? t('campaigns.unnamed');
  return (
    <button
      type="button"
      className={`${call.row ?? ''} ${styles.row ?? ''}`}
      aria-current={selected || undefined}
      data-row
      data-testid={`campaign-${campaign.id}`}
      onClick={() => onOpen(campaign.id)}
    >
      <span className={call.line}>
        <span className={call.name} dir="auto" title={name}>
          {name}
        </span>
        <span className={call.marks}>
          <CampaignStatusBadge campaign={campaign} />
        </span>
      </span>
      <span className={call.line}>
        <span className={call.why}>{campaign.platform_label}</span>
        {campaign.progress !== undefined && (
          <span className={styles.progress}>
            <CampaignProgress progress={campaign.progress} />
          </span>
        )}
      </span>
      {campaign.paused_by === 'hours' && (
        <span className={call.line}>
          <span className={call.why}>
            <PauseNote campaign={campaign} />
          </span>
        </span>
      )}
    </button>
  );
}
