/** Imports over REST: a dry run that accounts for every row, then exactly that, also across a kill. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importJobSchema, type ImportJob } from '../../../src/shared/contract/lead-imports';
import { nextAnswerSchema } from '../../../src/shared/contract/leads';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/csv');
const QUERY = 'list=March&purpose=service&kind=ai_voice&country=IN';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
  harness.gateway.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function upload(bytes: Buffer | string, query = QUERY, key?: string) {
  const answer = await harness.app.inject({
    method: 'POST',
    url: `/v1/leads/import?${query}`,
    headers: {
      authorization: 'Bearer token-of-sup',
      'content-type': 'text/csv',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload: bytes,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}
const show = async (id: string): Promise<ImportJob> =>
  importJobSchema.parse((await harness.ask('sup', 'GET', `/v1/leads/imports/${id}`)).body);
const ended = (id: string, state: ImportJob['state']) =>
  until(`the import is ${state}`, async () => {
    const job = await show(id);
    return job.state === state ? job : undefined;
  });
const step = (id: string, verb: string, body: unknown = {}) =>
  harness.ask('sup', 'POST', `/v1/leads/imports/${id}/${verb}`, { body });
async function checked(bytes: Buffer | string, query = QUERY): Promise<ImportJob> {
  const { status, body } = await upload(bytes, query);
  expect(status).toBe(202);
  return ended(importJobSchema.parse(body).id, 'checked');
}
async function run(job: ImportJob): Promise<ImportJob> {
  const begun = await step(job.id, 'run', { check: job.report?.check });
  expect(begun.status).toBe(200);
  return ended(job.id, 'done');
}
const rows = (n: number) =>
  Array.from({ length: n }, (_, index) => `98765${String(index).padStart(5, '0')},Name ${index}`);

describe('an import', () => {
  it('is a dry run first, then exactly what was checked, then leads', async () => {
    const job = await checked(readFileSync(path.join(FOLDER, 'duplicates.csv')));
    expect(job.report).toMatchObject({ rows: 6, imported: 3, duplicates: 2, refused: 1, numbers_left_out: 1 });
    expect(nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next')).body).next).toBeNull();
    const done = await run(job);
    expect(done).toMatchObject({ report: { rows: 6, imported: 3, duplicates: 2, refused: 1 } });
    await until('the file is deleted', async () => (await show(job.id)).file_until === null);
    expect(nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next')).body).next).not.toBeNull();
    expect((await step(job.id, 'run', { check: job.report?.check })).body).toMatchObject({ state: 'done' });
  });

  it('of the same file again finds every number in the list', async () => {
    await run(await checked(readFileSync(path.join(FOLDER, 'plain.csv'))));
    const again = await checked(readFileSync(path.join(FOLDER, 'plain.csv')));
    expect(again.report).toMatchObject({
      rows: 2,
      imported: 0,
      duplicates: 2,
      by_reason: [{ reason: 'in_list', rows: 2 }],
    });
    expect((await run(again)).report).toMatchObject({ imported: 0, duplicates: 2 });
  });

  it('is made once per key, and checked again with other settings', async () => {
    const file = readFileSync(path.join(FOLDER, 'no-header.csv'));
    const first = await upload(file, QUERY, 'k1');
    const again = await upload(file, QUERY, 'k1');
    expect(again.body.id).toBe(first.body.id);
    const id = String(first.body.id);
    expect(await ended(id, 'failed')).toMatchObject({ fault: 'no_phone_column' });
    const mapping = [
      { column: 0, to: 'phone' },
      { column: 1, to: 'name' },
    ];
    const list = { name: 'March', purpose: 'service', kind: 'ai_voice' };
    expect((await step(id, 'check', { list, mapping, country: 'IN', header: false })).status).toBe(200);
    expect((await ended(id, 'checked')).report).toMatchObject({ rows: 2, imported: 2 });
  });

  it('that is cancelled leaves nothing behind', async () => {
    const job = await checked(readFileSync(path.join(FOLDER, 'plain.csv')));
    expect((await step(job.id, 'cancel')).status).toBe(200);
    expect(await ended(job.id, 'cancelled')).toMatchObject({ list: null });
    expect((await harness.ask('sup', 'GET', '/v1/leads/lists')).body).toMatchObject({ total: 0 });
  });

  it('tells every refused row in a file that is safe to open', async () => {
    const job = await checked(readFileSync(path.join(FOLDER, 'formulas.csv')));
    const answer = await harness.app.inject({
      url: `/v1/leads/imports/${job.id}/refused`,
      headers: { authorization: 'Bearer token-of-sup' },
    });
    expect(answer.body.split('\r\n')).toEqual([
      '\ufeffrow,line,reason,field,earlier row,Phone,Name,Note',
      "2,3,phone_too_short,Phone,,123,'+Priya,'-1",
      '',
    ]);
  });

  it('records the consents that the file states', async () => {
    await run(await checked('Phone,Consent,Consent date,Consent source\n9876500001,written,2026-01-05,form 7\n'));
    const { body } = await harness.ask('sup', 'GET', '/v1/consents?phone=%2B919876500001');
    expect(body.data).toMatchObject([{ written: true, given_at: '2026-01-05T00:00:00.000Z', source: 'form 7' }]);
  });

  it('goes on after a kill, and no row is there twice', async () => {
    const job = await checked(`Phone,Name\n${rows(3_000).join('\n')}\n`);
    await step(job.id, 'run', { check: job.report?.check });
    await until(
      'rows are stored',
      async () => ((await harness.store.leadImports.job(Number(job.id)))?.stored ?? 0) > 0,
    );
    harness.kill();
    await harness.up();
    harness.gateway.start();
    const done = await ended(job.id, 'done');
    expect(done.report).toMatchObject({ rows: 3_000, imported: 3_000, duplicates: 0, refused: 0 });
    const lists = await harness.ask('sup', 'GET', '/v1/leads/lists');
    expect(lists.body).toMatchObject({ data: [{ counts: { total: 3_000, ready: 3_000 } }] });
  });

  it('puts leads into the segments that a column says, and tells desks of any version which column that is', async () => {
    const job = await checked('Phone,Segment,City\n9876500001,  Gold ,Pune\n9876500002,,Delhi\n');
    expect(job.report?.columns).toMatchObject([
      { to: 'phone' },
      { to: 'field', name: null, segment: true, header: 'Segment' },
      { to: 'field', name: 'City' },
    ]);
    await run(job);
    const lists = await harness.ask('sup', 'GET', '/v1/leads/lists');
    expect(lists.body).toMatchObject({
      data: [{ counts: { ready: 2 }, segments: [{ name: 'Gold', paused: false, left: 1, total: 1 }] }],
    });
    const { next } = nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next')).body);
    expect(next?.lead).toMatchObject({ segment: 'Gold', fields: { City: 'Pune' } });
  });

  it('takes any column for the segments when it is told to, and keeps the one of that name as it is', async () => {
    const job = await checked('Phone,Segment,City\n9876500001,Gold,Pune\n');
    const settings = { list: job.settings.list, country: 'IN', mapping: [{ column: 2, to: 'segment' }] };
    expect((await step(job.id, 'check', settings)).status).toBe(200);
    await run(await ended(job.id, 'checked'));
    const { next } = nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next')).body);
    expect(next?.lead).toMatchObject({ segment: 'Pune', fields: { Segment: 'Gold' } });
  });

  it('refuses rows of more segments than a list may have, the same ones before and after a kill', async () => {
    const inMany = (n: number, of: number, from = 0) =>
      `Phone,Segment\n${Array.from({ length: n }, (_, index) => `98765${String(from + index).padStart(5, '0')},s${(from + index) % of}`).join('\n')}\n`;
    await run(await checked(inMany(20, 1_000)));
    const job = await checked(inMany(2_000, 125, 20));
    const expected = {
      rows: 2_000,
      imported: 1_600,
      refused: 400,
      by_reason: [{ reason: 'too_many_segments', rows: 400 }],
    };
    expect(job.report).toMatchObject({
      ...expected,
      problems: [{ row: 81, field: 'Segment' }, ...Array<object>(99).fill({})],
    });
    await step(job.id, 'run', { check: job.report?.check });
    await until(
      'rows are stored',
      async () => ((await harness.store.leadImports.job(Number(job.id)))?.stored ?? 0) > 0,
    );
    harness.kill();
    await harness.up();
    harness.gateway.start();
    expect((await ended(job.id, 'done')).report).toMatchObject(expected);
    const lists = await harness.ask('sup', 'GET', '/v1/leads/lists');
    const [list] = lists.body.data as { segments: { name: string; total: number }[] }[];
    expect(list?.segments.map(({ name }) => name)).toEqual(Array.from({ length: 100 }, (_, n) => `s${n}`));
    expect(list?.segments.reduce((sum, { total }) => sum + total, 0)).toBe(1_620);
  });

  it.each([
    ['agents', 'asha', 403],
    ['a stranger', 'nobody', 401],
  ])('is not for %s', async (_who, agent, status) => {
    expect((await harness.ask(agent, 'POST', `/v1/leads/import?${QUERY}`, { body: {} })).status).toBe(status);
  });
});
