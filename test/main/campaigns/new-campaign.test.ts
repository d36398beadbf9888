import { beforeEach, expect, test } from 'vitest';
import { NewCampaign } from '../../../src/main/campaigns/new-campaign';
import type { CampaignForm } from '../../../src/shared/contract/campaign-views';
import type { Campaign } from '../../../src/shared/contract/campaigns';
import type { ImportView } from '../../../src/shared/contract/list-views';
import { checkedJob } from '../../../src/renderer/gallery/lists';
import { fakeRest, type FakeRest } from '../support/fake-rest';

const POST = 'POST /v1/campaigns';
const MADE = { ok: { id: 'vinfer:9', platform: 'vinfer', name: 'Diwali', contacts: { sent: 2, left_out: 1 } } };
const form: CampaignForm = {
  ...{ platform: 'vinfer', name: 'Diwali', purpose: 'service', script: 'scr_1', language: 'hi-IN' },
  schedule: { start: '2026-11-28T03:30:00.000Z', zone: 'Asia/Kolkata' },
  ...{ max_attempts: 3, retry_minutes: 240 },
};
const checked: ImportView = { file: 'people.csv', state: 'checked', job: checkedJob };

let rest: FakeRest;
let file: ImportView | null;
let begun: object | undefined;
let made: Campaign[];
let draft: NewCampaign;

beforeEach(() => {
  rest = fakeRest();
  [file, begun, made] = [null, undefined, []];
  let keys = 0;
  draft = new NewCampaign({
    rest,
    newId: () => `key ${(keys += 1)}`,
    imports: {
      get view() {
        return file;
      },
      begin: (query) => {
        [begun, file] = [query, checked];
        return Promise.resolve({ ok: true });
      },
      close: () => {
        file = null;
        return Promise.resolve({ ok: true });
      },
      forget: () => (file = null),
    },
    made: (campaign) => made.push(campaign),
    changed: () => undefined,
  });
});

const keys = () => rest.heard.filter(({ to }) => to === POST).map(({ key }) => key);

test('a plan and a checked file become one request, and the campaign is shown at once', async () => {
  rest.answers.set(POST, MADE);
  await draft.begin(form);
  expect(begun).toMatchObject({ platform: 'vinfer', name: 'Diwali', purpose: 'service', start: form.schedule.start });
  expect(draft.view?.import).toBe(checked);
  expect(await draft.create(false)).toEqual({ ok: true });
  expect(rest.heard[0]?.body).toEqual({
    ...{ platform: 'vinfer', name: 'Diwali', script_id: 'scr_1', language: 'hi-IN' },
    ...{ max_attempts: 3, retry_interval_minutes: 240 },
    schedule: { start: form.schedule.start, timezone: 'Asia/Kolkata' },
    file: { import: checkedJob.id, check: checkedJob.report?.check },
  });
  expect(draft.view).toMatchObject({ import: null, making: { state: 'made', sent: 2, left_out: 1 } });
  expect(made).toMatchObject([{ id: 'vinfer:9' }]);
  await draft.close();
  expect(draft.view).toBeNull();
});

test('a campaign that begins later than was asked for says when', async () => {
  const startsAt = '2026-01-13T03:30:00.000Z';
  rest.answers.set(POST, { ok: { ...MADE.ok, starts_at: startsAt } });
  await draft.begin(form);
  await draft.create(false);
  expect(draft.view?.making).toMatchObject({ state: 'made', starts_at: Date.parse(startsAt) });
});

test('when the relay gives no answer, asking again goes with the same key', async () => {
  await draft.begin(form);
  rest.answers.set(POST, { no: 'no_answer' });
  await draft.create(false);
  expect(draft.view?.making).toEqual({ state: 'unanswered', reason: 'no_answer' });
  rest.answers.set(POST, MADE);
  await draft.create(false);
  expect(keys()).toEqual(['key 1', 'key 1']);
});

test('when nobody knows what the platform did, only a person who wants another one asks with a new key', async () => {
  await draft.begin(form);
  // As the relay says it: the platform may have acted.
  rest.answers.set(POST, { no: 'unclear' });
  await draft.create(false);
  expect(draft.view?.making).toEqual({ state: 'unclear' });
  await draft.create(false);
  rest.answers.set(POST, MADE);
  await draft.create(true);
  expect(keys()).toEqual(['key 1', 'key 1', 'key 2']);
  expect(draft.view?.making.state).toBe('made');
});

test('a request that certainly did nothing is over: the next one is new', async () => {
  await draft.begin(form);
  for (const no of ['offline', 'platform_refused'] as const) {
    rest.answers.set(POST, { no });
    expect(await draft.create(false)).toEqual({ ok: false, reason: no });
    expect(draft.view?.making).toEqual({ state: 'refused', reason: no });
  }
  expect(keys()).toEqual(['key 1', 'key 2']);
});

test('nothing is made without a file that was checked, nor twice at the same time', async () => {
  expect(await draft.create(false)).toEqual({ ok: false, reason: 'conflict' });
  await draft.begin(form);
  rest.answers.set(POST, MADE);
  const [first, second] = await Promise.all([draft.create(false), draft.create(false)]);
  expect([first.ok, second.ok]).toEqual([true, false]);
  expect(keys()).toHaveLength(1);
});
