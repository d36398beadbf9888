/** A supervisor's lists, and what is imported into a new one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Imports } from '../../../src/main/lists/imports';
import { Lists } from '../../../src/main/lists/lists';
import { checkedJob } from '../../../src/renderer/gallery/lists';
import type { LeadList } from '../../../src/shared/contract/leads';
import type { ListsView } from '../../../src/shared/contract/list-views';
import { until } from '../../support/poll';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler } from '../support/manual-scheduler';

const AT = '2026-03-02T10:00:00.000Z';
const list = (n: number): LeadList => ({
  ...{ id: String(n), name: `List ${n}`, purpose: 'service', kind: 'ai_voice', seller: null, platform: null },
  ...{ campaign: null, script: null, queues: [], country: null, priority: 0, max_attempts: 3, retry_minutes: 60 },
  ...{ preview: { seconds: 0, action: 'stop' }, may_skip: true, paused: false, created_at: AT, counted_at: AT },
  created_by: { id: 'sup', name: 'Sup' },
  counts: { total: 0, ready: 0, later: 0, blocked: 0, held: 0, done: 0, exhausted: 0, removed: 0, dnc: 0 },
  ...{ open_now: true, next_at: null, import: null },
});
const PLATFORMS = [
  { name: 'vinfer', label: 'VInfer' },
  { name: 'voiceinfra', label: 'VoiceInfra' },
];

let folder: string;
let rest: FakeRest;
let scheduler: ManualScheduler;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-lists-'));
  scheduler = new ManualScheduler(Date.parse(AT));
  const all = Array.from({ length: 230 }, (_, n) => list(230 - n));
  rest = fakeRest({
    'GET /v1/leads/lists': (_, query) => {
      const offset = Number(query.get('offset') ?? 0);
      const data = all.slice(offset, offset + 100);
      return { ok: { data, total: all.length, limit: 100, offset, platforms: PLATFORMS } };
    },
    'GET /v1/leads/held': { ok: { data: [] } },
  });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('are shown as the relay orders them, a page at a time, with where their calls can be started', async () => {
  let view: ListsView | undefined;
  const lists = new Lists({
    ...{ rest, scheduler, imports: { view: null }, phone: (raw) => ({ raw }), label: (platform) => platform },
    ...{ local: (instant) => Date.parse(instant), publish: (next) => (view = next) },
  });
  lists.watch(true);
  await until('the lists', () => view?.state === 'ready');
  expect([view?.rows[0]?.name, view?.rows.length, view?.more]).toEqual(['List 230', 100, true]);
  expect(view?.platforms).toEqual(PLATFORMS);
  await lists.more();
  await lists.more();
  expect([view?.rows.at(-1)?.name, view?.rows.length, view?.more]).toEqual(['List 1', 230, false]);
  lists.stop();
});

test('are worked as a supervisor says, and show it once the relay has it', async () => {
  let view: ListsView | undefined;
  const lists = new Lists({
    ...{ rest, scheduler, imports: { view: null }, phone: (raw) => ({ raw }), label: (platform) => platform },
    ...{ local: (instant) => Date.parse(instant), publish: (next) => (view = next) },
  });
  lists.watch(true);
  await until('the lists', () => view?.state === 'ready');
  const work = {
    ...{ queues: ['night'], script: 'scr_1', seller: null, priority: 3 },
    ...{ max_attempts: 4, retry_minutes: 90, may_skip: false },
  };
  rest.answers.set('POST /v1/leads/lists/230', { ok: { ...list(230), ...work } });
  expect(await lists.setWork('230', work)).toEqual({ ok: true });
  expect(rest.heard.at(-1)?.body).toEqual(work);
  const { seller, ...shown } = work;
  expect(seller).toBeNull();
  expect(view?.rows[0]).toMatchObject(shown);
  expect(view?.rows[0]).not.toHaveProperty('seller');
  lists.stop();
});

test('pause one segment at the relay, and show what it then tells; an older relay tells of none', async () => {
  let view: ListsView | undefined;
  const lists = new Lists({
    ...{ rest, scheduler, imports: { view: null }, phone: (raw) => ({ raw }), label: (platform) => platform },
    ...{ local: (instant) => Date.parse(instant), publish: (next) => (view = next) },
  });
  lists.watch(true);
  await until('the lists', () => view?.state === 'ready');
  expect(view?.rows[0]?.segments).toEqual([]);
  const segments = [{ name: 'Gold', paused: true, left: 1, total: 2 }];
  rest.answers.set('POST /v1/leads/lists/230/segments', { ok: { ...list(230), segments } });
  expect(await lists.setSegmentPaused('230', 'Gold', true)).toEqual({ ok: true });
  expect(rest.heard.at(-1)?.body).toEqual({ segment: 'Gold', paused: true });
  expect(view?.rows[0]?.segments).toEqual(segments);
  lists.stop();
});

test('made by an import get the platform that was chosen for them; those there are keep theirs', async () => {
  const file = path.join(folder, 'leads.csv');
  writeFileSync(file, 'Phone\n9876500001\n');
  const imports = new Imports({
    ...{ path: '/v1/leads/import', rest, scheduler, newId: () => 'k1', changed: () => undefined },
    ...{ chooseFile: () => Promise.resolve(file), chooseTarget: () => Promise.resolve(undefined) },
    failed: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
  const run = async (job: typeof checkedJob) => {
    rest.answers.set('POST /v1/leads/import', { ok: job });
    rest.answers.set(`POST /v1/leads/imports/${job.id}/run`, { ok: { ...job, state: 'done' } });
    await imports.begin({ list: 'March' }, { platform: 'voiceinfra' });
    expect(await imports.run()).toEqual({ ok: true });
    return rest.heard.at(-1)?.body;
  };
  expect(await run(checkedJob)).toEqual({ check: 'c1', list: { platform: 'voiceinfra' } });
  const known = { ...checkedJob, settings: { ...checkedJob.settings, list: { id: 'list_1' } } };
  expect(await run(known)).toEqual({ check: 'c1' });
  imports.stop();
});
