/** Campaigns and their calls as the relay tells them, made into rows. Pure. */
import type { CampaignCallRow, CampaignRow, CampaignStatus } from '../../shared/contract/campaign-views';
import type { Campaign, CampaignCallsAnswer } from '../../shared/contract/campaigns';
import type { PhoneView } from '../../shared/contract/views';
import { known } from '../calls/call-view';

/** Words that the platforms' documents use for a campaign's state. */
const STATUS: Partial<Record<string, CampaignStatus>> = {
  scheduled: 'scheduled',
  draft: 'scheduled',
  created: 'scheduled',
  running: 'running',
  active: 'running',
  in_progress: 'running',
  paused: 'paused',
  completed: 'completed',
  finished: 'completed',
  stopped: 'stopped',
  cancelled: 'stopped',
};

const TOTAL = ['total', 'contacts', 'total_contacts', 'contacts_total'];
const ATTEMPTED = ['attempted', 'dialed', 'dialled', 'calls_made', 'completed'];

function countIn(totals: Record<string, unknown>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = totals[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  }
  return undefined;
}

function progressOf(totals: Record<string, unknown> | undefined): CampaignRow['progress'] {
  if (totals === undefined) return undefined;
  const total = countIn(totals, TOTAL);
  const attempted = countIn(totals, ATTEMPTED);
  return total === undefined || attempted === undefined ? undefined : { total, attempted: Math.min(attempted, total) };
}

function outcomesOf(outcomes: Record<string, unknown> | undefined): CampaignRow['outcomes'] {
  return Object.entries(outcomes ?? {})
    .flatMap(([value, count]) =>
      typeof count === 'number' && Number.isInteger(count) && count > 0 ? [{ value, count }] : [],
    )
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

function pauseOf({ paused_by: by, resumes_at: resumes }: Campaign) {
  // What was said of one that a person paused since does not hold any more.
  return {
    paused_by: by ?? undefined,
    resumes_at: by === 'hours' && resumes !== undefined ? Date.parse(resumes) : undefined,
  };
}

export function campaignRow(campaign: Campaign, label: string, changing: boolean): CampaignRow {
  const status = STATUS[campaign.status?.toLowerCase() ?? ''] ?? 'unknown';
  return {
    id: campaign.id,
    platform_label: label,
    status,
    outcomes: outcomesOf(campaign.outcomes),
    changing,
    ...known({
      name: campaign.name,
      status_raw: status === 'unknown' ? campaign.status : undefined,
      progress: progressOf(campaign.totals),
      ...pauseOf(campaign),
    }),
  };
}

export function callRow(
  call: CampaignCallsAnswer['data'][number],
  look: { phone: (raw: string) => PhoneView; here: (call: string) => boolean },
): CampaignCallRow {
  const at = Date.parse(call.started_at ?? call.ended_at ?? '');
  return {
    call: call.call,
    here: look.here(call.call),
    ...known({
      name: call.name,
      phone: call.phone === undefined ? undefined : look.phone(call.phone),
      status: call.status,
      disposition: call.disposition,
      at: Number.isFinite(at) ? at : undefined,
      duration_s: call.duration_seconds,
    }),
  };
}
