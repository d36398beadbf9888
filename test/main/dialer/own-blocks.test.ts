/** A number that this desk blocks by itself is let go when the relay says that every request was a mistake, and only then. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { standingBlock } from '../../../src/main/dialer/own-blocks';
import type { DncEntry } from '../../../src/shared/contract/dnc';
import { temporaryFolder, testJournal } from '../journal/built';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { AT, MOBILE } from './samples';

const DNC = 'GET /v1/dnc';
const DIGITS = MOBILE.slice(1);
const ASKED = Date.parse(AT);

let rest: FakeRest;
let journal: Awaited<ReturnType<typeof testJournal>>;

beforeEach(async () => {
  journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db') });
});
afterEach(() => journal.close());

const entry = (corrected?: string): DncEntry => ({
  ...{ id: randomUUID(), phone: MOBILE, scope: 'all', channel: 'call', origin: 'agent', platforms: [] },
  ...{ requested_at: AT, recorded_at: AT },
  ...(corrected === undefined ? {} : { corrected: { at: corrected, by: 'sup', reason: 'another number was meant' } }),
});
const says = (...data: DncEntry[]) => {
  rest = fakeRest({ [DNC]: { ok: { data, total: data.length, limit: 100, offset: 0 } } });
};
/** Never call, said over a lead. */
async function asked(at = ASKED, sent = true): Promise<void> {
  const id = randomUUID();
  const said = { lead: 'lead_1', hold: 'hold_1', scope: 'all', seller: null, verbatim: null } as const;
  const request = { ...said, id, at, owner: null };
  await journal.ask('putNeverCall', { ...request, phones: [MOBILE] }, [DIGITS]);
  if (sent) await journal.ask('settleNeverCall', id, at);
}
const block = () =>
  standingBlock(MOBILE, {
    rest,
    journal,
    local: (instant) => Date.parse(instant),
    blocked: () => journal.ask('blocked', DIGITS),
  });
const LATER = '2026-03-02T11:00:00.000Z';

test('a number that nobody spoke of is not asked about', async () => {
  says();
  expect(await block()).toBeNull();
  expect(rest.heard).toEqual([]);
});

test('a corrected one is let go, and stays so without the relay', async () => {
  await asked();
  says(entry(LATER));
  expect(await block()).toBeNull();
  rest = fakeRest();
  expect(await block()).toBeNull();
});

test.each([
  ['does not answer', () => (rest = fakeRest())],
  ['knows of no request', () => says()],
  ['has one that stands', () => says(entry(LATER), entry())],
  ['corrected only what was said before', () => says(entry('2026-03-02T09:00:00.000Z'))],
])('it stays blocked when the relay %s', async (_, answer) => {
  await asked();
  answer();
  expect(await block()).toBe('all');
});

test('it stays blocked while the request has not reached the relay', async () => {
  await asked(ASKED, false);
  says(entry(LATER));
  expect(await block()).toBe('all');
});

test('what was asked again since stays', async () => {
  await asked();
  await asked(Date.parse(LATER) + 1);
  says(entry(LATER));
  expect(await block()).toBe('all');
});
