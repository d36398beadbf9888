import { beforeEach, expect, test } from 'vitest';
import { campaignRow } from '../../../src/main/campaigns/campaign-rows';
import { Campaigns } from '../../../src/main/campaigns/campaigns';
import type { CampaignsView } from '../../../src/shared/contract/campaign-views';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const LIST = 'GET /v1/campaigns';
const running = {
  ...{ id: 'vinfer:1', platform: 'vinfer', name: 'January', status: 'running' },
  ...{ totals: { total: 10, attempted: 4 }, outcomes: { dispute: 1, interested: 3 } },
};
const sources = [
  { source: 'vinfer', state: 'ok' },
  { source: 'infer', state: 'too_slow' },
];

let rest: FakeRest;
let scheduler: ManualScheduler;
let view: CampaignsView;
let campaigns: Campaigns;

beforeEach(() => {
  rest = fakeRest({ [LIST]: { ok: { data: [running], sources } } });
  scheduler = new ManualScheduler();
  campaigns = new Campaigns({
    ...{ rest, scheduler, label: (platform) => platform.toUpperCase(), phone: (raw) => ({ raw }) },
    draft: { view: null },
    here: (call) => call === 'vinfer:known',
    publish: (next) => (view = next),
  });
});

test('the platforms are read while the page is looked at, and left alone otherwise', async () => {
  campaigns.watch(true);
  await settled();
  expect(view).toMatchObject({ state: 'ready', rows: [{ name: 'January', progress: { total: 10, attempted: 4 } }] });
  expect(view.missing).toEqual([{ source: 'infer', state: 'too_slow', label: 'INFER' }]);
  scheduler.advance(30_000);
  await settled();
  const asked = rest.heard.length;
  expect(asked).toBeGreaterThan(1);
  campaigns.watch(false);
  scheduler.advance(600_000);
  await settled();
  expect(rest.heard).toHaveLength(asked);
});

test('what was read stays in sight when it cannot be read again', async () => {
  campaigns.watch(true);
  await settled();
  rest.answers.set(LIST, { no: 'platform_unavailable' });
  campaigns.refresh();
  await settled();
  expect(view).toMatchObject({ state: 'failed', reason: 'platform_unavailable', rows: [{ name: 'January' }] });
});

test('pausing shows the platform’s own word for it and keeps what only the list tells', async () => {
  campaigns.watch(true);
  await settled();
  rest.answers.set('POST /v1/campaigns/vinfer%3A1/pause', {
    ok: { id: 'vinfer:1', platform: 'vinfer', status: 'paused' },
  });
  const pausing = campaigns.setRunning('vinfer:1', false);
  expect(view.rows[0]?.changing).toBe(true);
  expect(await pausing).toEqual({ ok: true });
  expect(view.rows[0]).toMatchObject({ status: 'paused', name: 'January', changing: false });
});

test('a person’s pause of one that was paused for the night shows no time at which it goes on', async () => {
  const paused = { ...running, status: 'paused', paused_by: 'hours', resumes_at: '2026-11-24T04:30:00.000Z' };
  rest.answers.set(LIST, { ok: { data: [paused], sources } });
  campaigns.watch(true);
  await settled();
  expect(view.rows[0]?.resumes_at).toBeDefined();
  const answer = { id: 'vinfer:1', platform: 'vinfer', status: 'paused', paused_by: 'person' };
  rest.answers.set('POST /v1/campaigns/vinfer%3A1/pause', { ok: answer });
  await campaigns.setRunning('vinfer:1', false);
  expect(view.rows[0]).toMatchObject({ paused_by: 'person' });
  expect(view.rows[0]?.resumes_at).toBeUndefined();
});

test('one that was made here is in sight before it is read, and platforms that can make one are told', async () => {
  const makers = [{ platform: 'vinfer', max_contacts: 10_000, max_name_chars: 255 }];
  rest.answers.set(LIST, { ok: { data: [running], sources, makers } });
  campaigns.watch(true);
  await settled();
  expect(view.makers).toEqual([{ ...makers[0], label: 'VINFER' }]);
  campaigns.made({ id: 'vinfer:2', platform: 'vinfer', name: 'February' });
  expect(view.rows.map(({ name }) => name)).toEqual(['February', 'January']);
});

test('calls come a page at a time; one that was closed meanwhile shows nothing late', async () => {
  const calls = 'GET /v1/campaigns/vinfer%3A1/calls';
  const page = (call: string, has_more: boolean) => ({
    ok: { data: [{ call, phone: '+15550100' }], has_more, limit: 100, offset: 0 },
  });
  rest.answers.set(calls, page('vinfer:known', true));
  await campaigns.open('vinfer:1');
  rest.answers.set(calls, page('vinfer:2', false));
  await campaigns.more();
  expect(view.open?.calls).toMatchObject({ state: 'ready', more: false, rows: [{ here: true }, { here: false }] });
  const late = campaigns.open('vinfer:1');
  await campaigns.open(null);
  await late;
  expect(view.open).toBeNull();
});

test.each([
  [{ status: 'ACTIVE' }, { status: 'running' }],
  [
    { status: 'paused', paused_by: 'hours', resumes_at: '2026-11-24T04:30:00.000Z' } as const,
    { status: 'paused', paused_by: 'hours', resumes_at: Date.parse('2026-11-24T04:30:00Z') },
  ],
  [{ status: 'archived' }, { status: 'unknown', status_raw: 'archived' }],
  [{ totals: { completed: 3 } }, { status: 'unknown', outcomes: [] }],
  [{ totals: { contacts: 3, dialed: 9 } }, { progress: { total: 3, attempted: 3 } }],
  [
    { outcomes: { a: 1, b: 5, c: 0, d: 'x', e: 1.5 } },
    {
      outcomes: [
        { value: 'b', count: 5 },
        { value: 'a', count: 1 },
      ],
    },
  ],
])('%j reads as %j', (campaign, row) => {
  expect(campaignRow({ id: 'vinfer:1', platform: 'vinfer', ...campaign }, 'VInfer', false)).toMatchObject(row);
});
