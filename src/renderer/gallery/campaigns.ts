/** Sample views of the campaigns. People and numbers are fictional. */
import type { CampaignsView } from '../../shared/contract/campaign-views';
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

export const noCampaigns: CampaignsView = { state: 'ready', at: NOW, rows: [], missing: [], open: null };
export const unreadCampaigns: CampaignsView = { ...noCampaigns, state: 'failed', reason: 'offline' };
