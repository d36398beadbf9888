/** A campaign from a CSV file: a dry run that accounts for every row, then exactly those contacts, once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaignSchema, campaignsAnswerSchema } from '../../../src/shared/contract/campaigns';
import { importJobSchema, type ImportJob } from '../../../src/shared/contract/lead-imports';
import type { ConfiguredPlatform } from '../../../src/relay/config/schema';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const QUERY = 'name=Diwali&purpose=service&country=IN&file=people.csv';
const PRIYA = '+919876500001';
const ARJUN = '+919876500002';
/** Somebody in the United States, where an AI needs a consent on record, and somebody who gave one. */
const FILE = `Phone;Name;Loan;Consent;Consent date
9876500001;Priya;50000;;
9876500002;Arjun;;;
9,87E+09;Broken;;;
9876500001;Twice;;;
+14155550132;Dolores;;;
+14155550133;Ines;;written;2026-01-05
`;

let stub: StubPlatform;
let harness: Harness;

/** VInfer as it is, but that it takes little: a file of ten thousand people would be a long test. */
function small(configured: ConfiguredPlatform): ConfiguredPlatform {
  const { platform } = configured;
  const api: typeof platform.api = (config, fetch) => {
    const real = platform.api(config, fetch);
    return real === undefined ? undefined : { ...real, campaignLimits: { contacts: 3, nameChars: 10 } };
  };
  return { ...configured, platform: { ...platform, api } };
}

beforeEach(async () => {
  stub = await StubPlatform.start();
  const sections = sectionsFor(stub.base, 'vinfer', 'infer');
  harness = await Harness.open(
    new Map([...sections].map(([name, section]) => [name, name === 'vinfer' ? small(section) : section])),
  );
  harness.gateway.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function upload(text: string, query = QUERY, key?: string) {
  const answer = await harness.app.inject({
    method: 'POST',
    url: `/v1/campaigns/contacts?${query}`,
    headers: {
      authorization: 'Bearer token-of-sup',
      'content-type': 'text/csv',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload: text,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}
const show = async (id: string): Promise<ImportJob> =>
  importJobSchema.parse((await harness.ask('sup', 'GET', `/v1/leads/imports/${id}`)).body);
async function checked(text = FILE, query = QUERY): Promise<{ id: string; check: string; job: ImportJob }> {
  const { status, body } = await upload(text, query);
  expect(status).toBe(202);
  const { id } = importJobSchema.parse(body);
  const job = await until('the file is checked', async () => {
    const now = await show(id);
    return now.state === 'checked' ? now : undefined;
  });
  return { id, check: job.report?.check ?? '', job };
}
const create = ({ id, check }: { id: string; check: string }, key = 'k1', more: object = {}) =>
  harness.ask('sup', 'POST', '/v1/campaigns', {
    key,
    body: { platform: 'vinfer', name: 'Diwali', file: { import: id, check }, ...more },
  });
/** What the platform was sent, last. */
const sent = () =>
  JSON.parse(
    stub.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/campaigns').at(-1)?.body ?? '{}',
  ) as {
    name: string;
    contacts: { phone: string }[];
  };
const never = (phone: string) =>
  harness.ask('asha', 'POST', '/v1/dnc', { body: { phone, scope: 'all', channel: 'call' } });

describe('a campaign from a file', () => {
  it('is a dry run first, in which every row has its place and its reason', async () => {
    await never(ARJUN);
    const { job, id } = await checked();
    expect(job.report).toMatchObject({ rows: 6, imported: 2, duplicates: 1, refused: 3 });
    expect(job.report?.problems.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'do_not_call'],
      [3, 'phone_scientific'],
      [4, 'in_file'],
      [5, 'not_allowed'],
    ]);
    const { allowed, later, blocked, rules } = job.report?.dial ?? { rules: [] };
    expect([(allowed ?? 0) + (later ?? 0), blocked]).toEqual([2, 2]);
    expect(rules.map(({ reason }) => reason)).toContain('consent_missing');
    const { body } = await harness.app.inject({
      url: `/v1/leads/imports/${id}/refused`,
      headers: { authorization: 'Bearer token-of-sup' },
    });
    expect(body).toContain('2,3,do_not_call');
    expect(stub.count('POST', '/v1/campaigns')).toBe(0);
    expect((await harness.ask('sup', 'GET', '/v1/leads/lists')).body).toMatchObject({ total: 0 });
  });

  it('holds who was accepted with their own columns, and its file is gone', async () => {
    const file = await checked();
    const schedule = { start: '2026-11-23T09:00:00Z', end: '2026-11-27T12:30:00Z', timezone: 'Asia/Kolkata' };
    const made = await create(file, 'k1', { schedule, max_attempts: 3, language: 'hi-IN' });
    expect(made.status).toBe(201);
    // California, where Ines lives, sleeps at nine; its evening is India's morning.
    const starts = '2026-11-24T04:30:00.000Z';
    expect(campaignSchema.parse(made.body)).toMatchObject({
      ...{ id: 'vinfer:cmp_1', contacts: { sent: 3, left_out: 0 }, starts_at: starts },
    });
    expect(sent()).toEqual({
      ...{ name: 'Diwali', schedule: { ...schedule, start: starts }, max_attempts: 3, language: 'hi-IN' },
      contacts: [
        { phone: PRIYA, name: 'Priya', Loan: '50000' },
        { phone: ARJUN, name: 'Arjun' },
        { phone: '+14155550133', name: 'Ines' },
      ],
    });
    expect(await show(file.id)).toMatchObject({ state: 'done', list: null, file_until: null });
    const again = await create(file, 'k1');
    expect(again.status).toBe(422);
    const replayed = await create(file, 'k1', { schedule, max_attempts: 3, language: 'hi-IN' });
    expect([replayed.status, replayed.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect((await create(file, 'k2')).body).toMatchObject({ code: 'conflict' });
    expect(stub.campaigns.size).toBe(1);
  });

  it('leaves out who asked not to be called after the dry run, and says so', async () => {
    const file = await checked();
    await never(ARJUN);
    expect((await create(file)).body).toMatchObject({ contacts: { sent: 2, left_out: 1 } });
    expect(sent().contacts.map(({ phone }) => phone)).toEqual([PRIYA, '+14155550133']);
  });

  it('keeps the consents that the file states on record', async () => {
    await create(await checked());
    const { body } = await harness.ask('sup', 'GET', '/v1/consents?phone=%2B14155550133');
    expect(body.data).toMatchObject([{ written: true, given_at: '2026-01-05T00:00:00.000Z' }]);
  });

  it('is made once when the answer is lost: again with the same key nobody knows, and a person decides', async () => {
    const file = await checked();
    stub.fault = ({ path }) => (path === '/v1/campaigns' ? 'silent-after' : undefined);
    expect((await create(file, 'k1')).body).toMatchObject({ code: 'unclear' });
    stub.fault = () => undefined;
    expect((await create(file, 'k1')).body).toMatchObject({ code: 'unclear' });
    expect(stub.campaigns.size).toBe(1);
    expect((await create(file, 'k2')).status).toBe(201);
    expect(stub.campaigns.size).toBe(2);
  });

  it('can be tried again with the same key when the platform certainly did nothing', async () => {
    const file = await checked();
    stub.fault = ({ path }) => (path === '/v1/campaigns' ? { status: 401 } : undefined);
    expect((await create(file, 'k1')).body).toMatchObject({ code: 'platform_unauthorized' });
    stub.fault = () => undefined;
    await until('the platform is asked again', async () =>
      (await create(file, 'k1')).status === 201 ? true : undefined,
    );
    expect(stub.campaigns.size).toBe(1);
  });

  it('is made from what was looked at only', async () => {
    const file = await checked();
    expect((await create({ ...file, check: 'another' })).body).toMatchObject({ code: 'conflict' });
    expect((await create({ ...file, id: '99' })).body).toMatchObject({ code: 'not_found' });
    expect(
      (await harness.ask('sup', 'POST', `/v1/leads/imports/${file.id}/run`, { body: { check: file.check } })).body,
    ).toMatchObject({ code: 'conflict' });
    await harness.ask('sup', 'POST', `/v1/leads/imports/${file.id}/cancel`, { body: {} });
    expect((await create(file)).body).toMatchObject({ code: 'conflict' });
    expect(stub.campaigns.size).toBe(0);
  });

  it('is not made when nobody in it may be called, or when it holds more than the platform takes', async () => {
    const nobody = await checked('Phone\n+14155550132\n');
    expect((await create(nobody)).body).toMatchObject({ code: 'conflict' });
    const file = await checked();
    expect((await create(file, 'k2', { name: 'A name of more than ten letters' })).body).toMatchObject({
      code: 'bad_request',
    });
    const many = await checked(`${FILE}9876500003;;;;\n`);
    const detail = expect.stringContaining('at most 3') as string;
    expect((await create(many, 'k3')).body).toMatchObject({ code: 'conflict', detail });
    expect(stub.campaigns.size).toBe(0);
  });

  it('begins when its places are awake, and is resumed only then', async () => {
    const night = '2026-11-24T23:30:00+05:30';
    const file = await checked('Phone\n9876500001\n', `${QUERY}&start=${encodeURIComponent(night)}`);
    const starts = '2026-11-25T04:30:00.000Z';
    expect((await create(file, 'k1', { schedule: { start: night } })).body).toMatchObject({ starts_at: starts });
    harness.clock.offset = Date.parse(night) - Date.now();
    const resumed = await harness.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_1/resume');
    expect(resumed.body).toMatchObject({ code: 'dial_blocked', next_at: starts });
  });

  it('begins by what the request says, whatever the file was checked for', async () => {
    const day = await checked(
      'Phone\n9876500001\n',
      `${QUERY}&start=${encodeURIComponent('2026-11-24T12:00:00+05:30')}`,
    );
    harness.clock.offset = Date.parse('2026-11-23T22:30:00+05:30') - Date.now();
    expect((await create(day)).body).toMatchObject({ starts_at: '2026-11-24T04:30:00.000Z' });
  });

  it('has its rules asked for when it begins', async () => {
    const at = (start: string) => `${QUERY}&start=${encodeURIComponent(start)}`;
    const day = await checked('Phone\n9876500001\n', at('2026-11-24T12:00:00+05:30'));
    const night = await checked('Phone\n9876500001\n', at('2026-11-24T23:30:00+05:30'));
    expect(day.job.report?.dial).toMatchObject({ allowed: 1, later: 0 });
    expect(night.job.report?.dial).toMatchObject({ allowed: 0, later: 1 });
  });

  it('is uploaded once per key, and only where campaigns can be made', async () => {
    const first = await upload(FILE, QUERY, 'u1');
    expect((await upload(FILE, QUERY, 'u1')).body.id).toBe(first.body.id);
    expect((await upload(FILE, `${QUERY}&platform=infer`)).body).toMatchObject({ code: 'unsupported' });
    const { makers } = campaignsAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/campaigns')).body);
    expect(makers).toEqual([{ platform: 'vinfer', max_contacts: 3, max_name_chars: 10 }]);
  });
});
