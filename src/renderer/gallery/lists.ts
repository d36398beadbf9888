/** Sample views of the lists of leads and of their import. People and numbers are fictional. */
import type { ImportJob, ImportReport } from '../../shared/contract/lead-imports';
import type { ListsView } from '../../shared/contract/list-views';
import { IN, US } from './dialling';
import { hostileCall, NOW } from './samples';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const listRow: ListsView['rows'][number] = {
  id: 'list_1',
  name: 'Welcome calls, January',
  purpose: 'service',
  kind: 'ai_voice',
  platform_label: 'VInfer',
  paused: false,
  counts: { total: 1840, ready: 1102, later: 301, blocked: 96, held: 3, done: 300, exhausted: 21, removed: 9, dnc: 8 },
  segments: [],
  open_now: true,
  importing: false,
  max_attempts: 6,
  retry_minutes: 120,
  may_skip: true,
  queues: ['welcome', 'collections'],
  priority: 2,
  script: 'scr_welcome_hi',
  seller: 'Sunrise Finance',
  preview: { seconds: 45, action: 'skip' },
  changing: false,
};

export const lists: ListsView = {
  state: 'ready',
  at: NOW - 3000,
  rows: [
    {
      ...listRow,
      segments: [
        { name: 'Gold', paused: false, left: 412, total: 500 },
        { name: 'Overdue 30 days', paused: true, left: 730, total: 880 },
        { name: 'दिल्ली और आसपास', paused: false, left: 0, total: 64 },
        { name: 'x'.repeat(60), paused: true, left: 7, total: 7 },
      ],
    },
    { ...listRow, id: 'list_2', name: 'Top-up offers', purpose: 'sales', open_now: false, next_at: NOW + 19 * HOUR },
    { ...listRow, id: 'list_3', name: hostileCall.campaign ?? '', paused: true },
  ],
  held: [
    {
      ...{ lead: 'lead_1', list: 'Welcome calls, January', name: 'Priya Sharma', phone: IN, agent: 'Asha Rao' },
      ...{ since: NOW - 95_000, until: NOW + 200_000, phase: 'preview' },
    },
    {
      ...{ lead: 'lead_2', list: 'Top-up offers', phone: US, agent: 'Vikram Joshi' },
      ...{ since: NOW - 4 * MINUTE, until: NOW + MINUTE, phase: 'calling' },
    },
  ],
  open: {
    id: 'list_1',
    simulation: {
      state: 'ready',
      at: NOW,
      leads: 1502,
      callable_at_start: 1102,
      slots: Array.from({ length: 24 }, (_, index) => ({
        from: NOW + index * 30 * MINUTE,
        callable: index < 13 ? 1102 - index * 20 : index < 16 ? 140 : 0,
      })),
      rules: [
        { rule: 'us.consent_other', pack: 'us', reason: 'consent_missing', leads: 96 },
        { rule: 'house.hours', pack: 'house', reason: 'outside_hours', leads: 304, opens_at: NOW + 6 * HOUR },
      ],
      places: [
        { country: 'IN', regions: [], zones: ['Asia/Kolkata'], leads: 1102, callable: 1102 },
        {
          country: 'US',
          regions: ['FL', 'TX'],
          zones: ['America/New_York'],
          leads: 400,
          callable: 0,
          next_at: NOW + 6 * HOUR,
        },
      ],
      overdue: true,
    },
    shown: null,
    leads: {
      state: 'ready',
      more: true,
      rows: [
        { id: 'lead_1', name: 'Priya Sharma', phone: IN, state: 'held', attempts: 2, held_by: 'Asha Rao' },
        { id: 'lead_2', phone: US, state: 'blocked', blocked_by: 'consent_missing', attempts: 0 },
        { id: 'lead_3', name: 'Rohan Gupta', phone: IN, state: 'later', not_before: NOW + HOUR, attempts: 1 },
        { id: 'lead_4', name: 'Elif Kaya', phone: IN, state: 'done', last_outcome: 'interested', attempts: 1 },
      ],
    },
  },
  import: null,
  more: false,
  platforms: [{ name: 'vinfer', label: 'VInfer' }],
  limits: {
    general: 3,
    agents: [
      { agent: 'asha', name: 'Asha Rao', own: null, under_way: 2 },
      { agent: 'elif', name: 'Elif Kaya', own: 5, under_way: 0 },
      { agent: 'long', name: hostileCall.name ?? '', own: 1, under_way: 1 },
    ],
  },
};
const worked = (more: Partial<ListsView['rows'][number]>): ListsView => ({
  ...lists,
  rows: lists.rows.map((row) => (row.id === listRow.id ? { ...row, ...more } : row)),
});
/** As an older relay may have kept it: none of the numbers can be saved again, and the timer skips what nobody may. */
export const wrongWork = worked({ priority: 12, max_attempts: 0, retry_minutes: 99_999, may_skip: false });
export const longestWork = worked({
  queues: Array.from({ length: 40 }, (_, n) => `collections of the northern region, evening shift ${n + 1}`),
  script: `scr_${'welcome_and_remind_'.repeat(10)}`.slice(0, 200),
  seller: 'The Very Long Name of a Company <b>for Everything</b> and Its Sons, Daughters and Partners Limited',
});

export const noLists: ListsView = { ...lists, rows: [], held: [], open: null };

export const report: ImportReport = {
  check: 'c1',
  rows: 1840,
  imported: 1812,
  duplicates: 12,
  refused: 16,
  by_reason: [{ reason: 'phone_scientific', rows: 9 }],
  problems: [
    { row: 17, line: 18, field: 'mobile', reason: 'phone_scientific' },
    { row: 91, line: 92, field: 'mobile', reason: 'phone_lost_zeros' },
    { row: 140, line: 141, field: null, reason: 'ragged' },
    { row: 201, line: 202, field: 'mobile', reason: 'in_file', of_row: 14 },
  ],
  numbers_left_out: 0,
  encoding: 'utf-8',
  delimiter: ';',
  columns: [
    { column: 0, header: 'Name', to: 'name', name: null, guessed: true, samples: ['Priya'] },
    { column: 1, header: 'mobile', to: 'phone', name: null, guessed: true, samples: ['09123'] },
    { column: 2, header: 'loan_amount', to: 'field', name: 'loan_amount', guessed: true, samples: ['50000'] },
    { column: 3, header: '', to: 'ignore', name: null, guessed: true, samples: [] },
    { column: 4, header: 'Tier', to: 'field', name: null, guessed: false, samples: ['Gold'], segment: true },
  ],
  dial: {
    allowed: 1102,
    later: 614,
    blocked: 96,
    rules: [{ rule: 'us.consent_other', reason: 'consent_missing', leads: 96 }],
  },
};

export const checkedJob: ImportJob = {
  id: 'job_1',
  state: 'checked',
  file: 'january.csv',
  bytes: 120_000,
  settings: {
    list: { name: 'Welcome calls, January', purpose: 'service', kind: 'ai_voice' },
    mapping: [],
    header: true,
    priority: 0,
  },
  progress: { rows: 1840, part: 1 },
  report,
  fault: null,
  list: null,
  created_at: new Date(NOW).toISOString(),
  created_by: { id: 'meera', name: 'Meera Nair' },
  finished_at: null,
  file_until: null,
};

export const checkedImport: ListsView = {
  ...lists,
  open: null,
  import: { file: 'january.csv', state: 'checked', job: checkedJob },
};
export const runningImport: ListsView = {
  ...lists,
  open: null,
  import: {
    file: 'january.csv',
    state: 'working',
    job: { ...checkedJob, state: 'importing', progress: { rows: 902, part: 0.49 }, report: null },
  },
};
export const failedImport: ListsView = {
  ...lists,
  open: null,
  import: {
    file: 'january.xlsx',
    state: 'failed',
    job: { ...checkedJob, state: 'failed', report: null, fault: 'not_text' },
  },
};
