import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NeverCalls } from '../../../src/main/dialer/never-call';
import { until } from '../../support/poll';
import { temporaryFolder, testJournal } from '../journal/built';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler } from '../support/manual-scheduler';
import { AT, MOBILE } from './samples';

let rest: FakeRest;
let journal: Awaited<ReturnType<typeof testJournal>>;
let calls: NeverCalls;

beforeEach(async () => {
  rest = fakeRest();
  journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db') });
  calls = new NeverCalls({
    ...{ rest, journal, scheduler: new ManualScheduler(Date.parse(AT)), newId: () => crypto.randomUUID() },
    owner: () => 'team/asha',
    ...{ relayTime: (local) => local, changed: () => undefined, failed: () => undefined },
  });
});
afterEach(async () => {
  calls.stop();
  await journal.close();
});

const never = (lead: string) =>
  calls.put({
    ...{ lead, hold: 'h', scope: 'automated', seller: null, verbatim: null, owner: 'team/asha' },
    phones: [MOBILE],
  });
const asked = (lead: string) => rest.heard.filter(({ to }) => to === `POST /v1/leads/${lead}/dnc`).length;
const done = (lead: string) => ({ ok: { lead, state: 'dnc', repeated: false, not_before: null } });

test('one that the relay refuses does not hold up those that were said later', async () => {
  rest.answers.set('POST /v1/leads/lead_1/dnc', { no: 'bad_request' });
  rest.answers.set('POST /v1/leads/lead_2/dnc', done('lead_2'));
  rest.answers.set('POST /v1/leads/lead_3/dnc', done('lead_3'));
  for (const lead of ['lead_1', 'lead_2', 'lead_3']) await never(lead);
  await until('the later ones to be sent', () => calls.unsent === 1);
  expect([asked('lead_2'), asked('lead_3')]).toEqual([1, 1]);
  rest.answers.set('POST /v1/leads/lead_1/dnc', done('lead_1'));
  calls.kick();
  await until('the refused one to be sent', () => calls.unsent === 0);
});

test('while the relay cannot be reached the later ones do not knock in vain', async () => {
  await never('lead_1');
  await until('it was tried', () => asked('lead_1') === 1);
  await never('lead_2');
  await until('the first is tried again', () => asked('lead_1') === 2);
  expect([asked('lead_2'), calls.unsent]).toEqual([0, 2]);
});
