/** Sample views of the campaigns page. People and numbers are fictional. */
import type { CampaignDraftView, CampaignsView } from '../../shared/contract/campaign-views';
import type { ImportJob } from '../../shared/contract/lead-imports';
import { checkedJob, report } from './lists';
import { fullCall, NOW } from './samples';

const MINUTE = 60_000;

const row: CampaignsView['rows'][number] = {
  id: 'vinfer:cmp_8f3a2b1c9d4e',
  platform_label: 'VInfer',
  name: 'January instalments',
  status: 'running',
  progress: { total: 1840, attempted: 612 },
  outcomes: [
    { value: 'payment_promised', count: 214 },
    { value: 'not_reachable', count: 180 },
    { value: 'already_paid', count: 96 },
    { value: 'callback_requested', count: 41 },
    { value: 'dispute', count: 12 },
    { value: 'wants_branch_visit_with_a_relative_who_is_not_here', count: 1 },
  ],
  changing: false,
};

export const campaigns: CampaignsView = {
  state: 'ready',
  at: NOW - 4000,
  rows: [
    row,
    {
      ...row,
      id: 'vinfer:2',
      name: 'Top-up offers, gold customers',
      status: 'paused',
      progress: { total: 90, attempted: 0 },
      outcomes: [],
    },
    { ...row, id: 'vinfer:3', name: 'Welcome calls', status: 'completed', progress: { total: 300, attempted: 300 } },
    {
      id: 'vinfer:4',
      platform_label: 'VInfer',
      status: 'unknown',
      status_raw: 'archived',
      outcomes: [],
      changing: false,
    },
    {
      ...row,
      id: 'vinfer:5',
      name: 'A campaign whose name somebody typed for a whole afternoon and then some more <b>without a thought</b> for us',
      status: 'scheduled',
      progress: { total: 10_000, attempted: 0 },
    },
  ],
  missing: [{ source: 'infer', label: 'Infer', state: 'too_slow' }],
  makers: [{ platform: 'vinfer', label: 'VInfer', max_contacts: 10_000, max_name_chars: 255 }],
  draft: null,
  open: {
    id: row.id,
    calls: {
      state: 'ready',
      more: true,
      rows: [
        {
          call: fullCall.call,
          name: 'Amit Patel',
          phone: fullCall.phone,
          status: 'completed',
          disposition: 'dispute',
          at: NOW - 3 * MINUTE,
          duration_s: 94,
          here: true,
        },
        { call: 'vinfer:c2', name: 'Priya Sharma', status: 'in_progress', at: NOW - MINUTE, here: false },
        { call: 'vinfer:c3', phone: { raw: '+915551230000' }, status: 'failed', at: NOW - 50 * MINUTE, here: false },
      ],
    },
  },
};

const [, paused] = campaigns.rows;
const openPaused = (more: Partial<CampaignsView['rows'][number]>): CampaignsView => ({
  ...campaigns,
  rows: campaigns.rows.map((one) => (one.id === paused?.id ? { ...one, ...more } : one)),
  open: { id: paused?.id ?? row.id, calls: { state: 'ready', more: false, rows: [] } },
});
export const pausedForTheNight = openPaused({ paused_by: 'hours', resumes_at: NOW + 13 * 60 * MINUTE });
export const pausedByHours = openPaused({ paused_by: 'hours' });
export const pausedByPerson = openPaused({ paused_by: 'person' });

export const noCampaigns: CampaignsView = { ...campaigns, at: NOW, rows: [], missing: [], open: null };
export const unreadCampaigns: CampaignsView = { ...noCampaigns, state: 'failed', reason: 'offline' };

const form: CampaignDraftView['form'] = {
  platform: 'vinfer',
  name: 'February instalments',
  purpose: 'collection',
  script: 'scr_emi_reminder',
  language: 'hi-IN',
  schedule: { start: '2026-01-13T03:30:00.000Z', end: '2026-01-16T12:30:00.000Z', zone: 'Asia/Kolkata' },
  max_attempts: 3,
  retry_minutes: 240,
};
const job: ImportJob = {
  ...checkedJob,
  settings: {
    ...checkedJob.settings,
    list: { campaign_at: 'vinfer', name: form.name, purpose: 'collection', country: 'IN', start: null },
  },
  report: {
    ...report,
    imported: 1716,
    refused: 112,
    problems: [
      ...report.problems,
      { row: 230, line: 231, field: null, reason: 'do_not_call' },
      { row: 311, line: 312, field: null, reason: 'not_allowed' },
    ],
  },
};
const drafted = (more: Partial<CampaignDraftView>): CampaignsView => ({
  ...campaigns,
  missing: [],
  open: null,
  draft: { form, import: { file: 'february.csv', state: 'checked', job }, making: { state: 'none' }, ...more },
});

export const noDraft: CampaignsView = { ...campaigns, missing: [], open: null };
export const uploading = drafted({ import: { file: 'february.csv', state: 'uploading', job: null } });
export const checking = drafted({
  import: {
    file: 'february.csv',
    state: 'working',
    job: { ...job, state: 'checking', progress: { rows: 902, part: 0.49 }, report: null },
  },
});
export const checked = drafted({});
export const nobody = drafted({
  import: {
    file: 'february.csv',
    state: 'checked',
    job: {
      ...job,
      report: {
        ...{ ...report, rows: 2, imported: 0, duplicates: 0, refused: 2 },
        problems: [
          { row: 1, line: 2, field: null, reason: 'do_not_call' },
          { row: 2, line: 3, field: null, reason: 'not_allowed' },
        ],
        dial: { ...report.dial, allowed: 0, later: 0, blocked: 2 },
      },
    },
  },
});
export const tooMany = drafted({
  import: { file: 'all.csv', state: 'checked', job: { ...job, report: { ...report, rows: 12_028, imported: 12_000 } } },
});
export const unusable = drafted({
  import: { file: 'february.xlsx', state: 'failed', job: { ...job, state: 'failed', report: null, fault: 'not_text' } },
});
export const making = drafted({ making: { state: 'making' } });
export const unclear = drafted({ making: { state: 'unclear' } });
export const unanswered = drafted({ making: { state: 'unanswered', reason: 'no_answer' } });
export const offline = drafted({ making: { state: 'refused', reason: 'offline' } });
export const made = drafted({
  import: null,
  making: { state: 'made', campaign: row.id, sent: 1714, left_out: 2, starts_at: Date.UTC(2026, 0, 13, 3, 30) },
});
