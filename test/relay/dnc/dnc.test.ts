/** Do-not-call on the real gateway: what was said stays said, and registers open and close the way for calls. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialAnswerSchema, type DialAnswer } from '../../../src/shared/contract/dialling';
import {
  dncAnswerListSchema,
  dncEntrySchema,
  dncListsAnswerSchema,
  type DncEntry,
} from '../../../src/shared/contract/dnc';
import { platforms as registry } from '../../../src/platforms/registry';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PHONE = '+919876500001';
let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function check(query: Record<string, string> = {}): Promise<DialAnswer> {
  const asked = new URLSearchParams({ phone: PHONE, kind: 'ai_voice', purpose: 'sales', ...query });
  const { status, body } = await harness.ask('asha', 'GET', `/v1/dial-check?${asked.toString()}`);
  expect(status).toBe(200);
  return dialAnswerSchema.parse(body);
}
const blockedBy = ({ findings }: DialAnswer) =>
  findings.filter(({ effect }) => effect === 'block').map(({ rule, reason }) => `${rule}: ${reason}`);
const entries = async (phone = PHONE): Promise<DncEntry[]> =>
  dncAnswerListSchema.parse((await harness.ask('asha', 'GET', `/v1/dnc?phone=${encodeURIComponent(phone)}`)).body).data;
const outcome = (call: string, body: object, agent = 'asha') =>
  harness.ask(agent, 'PUT', `/v1/calls/${encodeURIComponent(call)}/disposition`, { body });
const now = () => harness.clock.now();

describe('a stop', () => {
  it('said to an agent blocks the next call at once, with the words they used as evidence', async () => {
    await harness.callOf('asha', 'vinfer:a', { to: PHONE });
    await outcome('vinfer:a', { value: 'not_interested', dnc: { scope: 'all', verbatim: 'never again' } });
    expect(blockedBy(await check())).toEqual(['house.own_dnc: dnc_listed']);
    expect(await entries()).toMatchObject([
      { phone: PHONE, scope: 'all', verbatim: 'never again', channel: 'call', origin: 'agent', agent: 'asha' },
    ]);
  });

  it.each([
    ['call.disposition', { value: 'dnc', by: 'ai' }],
    ['call.disposition', { value: 'DND', by: 'platform' }],
    ['call.ended', { disposition: 'do_not_call', contact: { phone: PHONE } }],
  ] as const)('heard by the AI (%s %o) lands in the same list', async (type, data) => {
    await harness.append(event('call.answered', 'vinfer:a', { direction: 'outbound', to: PHONE }, now()));
    await harness.append(event(type, 'vinfer:a', data, now()));
    expect(blockedBy(await check())).toEqual(['house.own_dnc: dnc_listed']);
    expect(await entries()).toMatchObject([{ scope: 'automated', channel: 'call', call: 'vinfer:a' }]);
  });

  it('is no stop in a test event, and an agent’s outcome is one only by its mark', async () => {
    await harness.append(event('call.answered', 'vinfer:a', { direction: 'outbound', to: PHONE }, now()));
    const test = event('call.disposition', 'vinfer:a', { value: 'dnc', by: 'ai' }, now());
    await harness.append({ ...test, istest: true });
    expect((await check()).verdict).toBe('allowed');
  });

  it('said before the number is known holds from the moment it is', async () => {
    await harness.append(event('call.disposition', 'vinfer:a', { value: 'dnc', by: 'ai' }, now()));
    expect((await check()).verdict).toBe('allowed');
    await harness.append(event('call.ended', 'vinfer:a', { contact: { phone: PHONE } }, now()));
    harness.gateway.start();
    await until('the stop to find its number', async () => blockedBy(await check()).length > 0);
  });

  it('survives a kill right after it was answered, and is there once', async () => {
    await harness.callOf('asha', 'vinfer:a', { to: PHONE });
    const { status } = await outcome('vinfer:a', { value: 'dnc', dnc: { scope: 'automated' } });
    expect(status).toBeLessThan(300);
    harness.kill();
    await harness.up();
    harness.gateway.start();
    expect(blockedBy(await check())).toContain('house.own_dnc: dnc_listed');
    expect(await entries()).toHaveLength(1);
  });

  it('is not taken back by an agent, nor by a later outcome; a supervisor corrects it, with the reason beside it', async () => {
    await harness.callOf('asha', 'vinfer:a', { to: PHONE });
    await outcome('vinfer:a', { value: 'dnc', dnc: { scope: 'automated' } });
    await outcome('vinfer:a', { value: 'interested' });
    expect((await check()).verdict).toBe('blocked');
    const [entry] = await entries();
    const correct = (agent: string) =>
      harness.ask(agent, 'POST', `/v1/dnc/${entry?.id ?? ''}/correct`, { body: { reason: 'the wrong call was open' } });
    expect((await correct('asha')).status).toBe(403);
    expect(dncEntrySchema.parse((await correct('sup')).body).corrected).toMatchObject({ by: 'sup' });
    expect((await check()).verdict).toBe('allowed');
    expect(await entries()).toMatchObject([{ corrected: { reason: 'the wrong call was open' } }]);
    expect((await correct('root')).status).toBe(404);
  });

  it('of one campaign or seller concerns no other; where either is unknown it concerns every call', async () => {
    const stop = (body: object) =>
      harness.ask('asha', 'POST', '/v1/dnc', { body: { phone: PHONE, channel: 'web', ...body } });
    await stop({ scope: 'campaign', campaign: 'march' });
    await stop({ scope: 'seller', seller: 'Acme  Loans' });
    expect(blockedBy(await check({ list: 'april', seller: 'Other' }))).toEqual([]);
    expect(blockedBy(await check({ list: 'march', seller: 'Other' }))).toEqual(['house.own_dnc: dnc_listed']);
    expect(blockedBy(await check({ list: 'april', seller: 'acme loans' }))).toEqual(['house.own_dnc: dnc_listed']);
    expect(blockedBy(await check({ seller: 'Other' }))).toEqual(['house.own_dnc: dnc_listed']);
  });

  it('of a platform’s campaign concerns a call that is known by its list only, and the reverse', async () => {
    const stop = (campaign: string) =>
      harness.ask('asha', 'POST', '/v1/dnc', { body: { phone: PHONE, channel: 'web', scope: 'campaign', campaign } });
    await stop('vinfer:cmp_1');
    expect(blockedBy(await check({ list: 'april' }))).toEqual(['house.own_dnc: dnc_listed']);
    expect(blockedBy(await check({ list: 'april', campaign: 'vinfer:cmp_2' }))).toEqual([]);
    await stop('march');
    expect(blockedBy(await check({ campaign: 'vinfer:cmp_2' }))).toEqual(['house.own_dnc: dnc_listed']);
    expect(blockedBy(await check({ list: 'april', campaign: 'vinfer:cmp_2' }))).toEqual([]);
  });

  it('of one campaign ends every automated call where the law counts any stop', async () => {
    const phone = '+12125550100';
    harness.clock.offset = Date.parse('2026-11-23T12:00:00-05:00') - Date.now();
    const body = { phone, channel: 'web', scope: 'campaign', campaign: 'march' };
    await harness.ask('asha', 'POST', '/v1/dnc', { body });
    const asked = { phone, list: 'april', purpose: 'service', consent: 'written' };
    expect(blockedBy(await check(asked))).toEqual(['us.revoke_scope: dnc_listed']);
    expect(blockedBy(await check({ ...asked, kind: 'live_human' }))).toEqual([]);
  });

  it('with a key is recorded once however often it is sent', async () => {
    const body = { phone: PHONE, scope: 'all', channel: 'email' };
    const ids = [1, 2, 3].map(async () => (await harness.ask('asha', 'POST', '/v1/dnc', { body, key: 'k' })).body.id);
    expect(new Set(await Promise.all(ids)).size).toBe(1);
    expect(await entries()).toHaveLength(1);
  });

  it('goes to a platform that keeps such a list, until it has acknowledged', async () => {
    await harness.close();
    const vinfer = registry.get('vinfer');
    if (vinfer === undefined) throw new Error('no adapter');
    const api = { base: stub.base, key: 'k', dnc: { path: '/contacts/{phone}/dnc' } };
    const config = vinfer.configSchema.parse({ secrets: ['a-webhook-secret-of-32-characters'], api });
    harness = await Harness.open(new Map([['vinfer', { platform: vinfer, config }]]));
    let up = false;
    stub.fault = () => (up ? { status: 200, body: {} } : { status: 500 });
    await harness.ask('asha', 'POST', '/v1/dnc', { body: { phone: PHONE, scope: 'all', channel: 'post' } });
    await until('a failed attempt', async () => ((await entries())[0]?.platforms[0]?.attempts ?? 0) > 0);
    expect((await entries())[0]?.platforms).toMatchObject([{ platform: 'vinfer', state: 'pending' }]);
    harness.kill();
    up = true;
    await harness.up();
    harness.clock.offset += 4_000_000;
    harness.gateway.start();
    await until('the acknowledgement', async () => (await entries())[0]?.platforms[0]?.state === 'written');
    expect(stub.seen.at(-1)).toMatchObject({ method: 'POST', path: '/v1/contacts/%2B919876500001/dnc' });
  });
});

describe('a register', () => {
  const upload = (list: string, date: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    harness.app.inject({
      method: 'POST',
      url: `/v1/dnc/lists/${list}?date=${date}`,
      headers: { authorization: 'Bearer token-of-sup', 'content-type': 'text/csv', ...headers },
      payload: body,
    });
  const US = { phone: '+12125550100', consent: 'express', purpose: 'sales' };

  beforeEach(() => {
    harness.clock.offset = Date.parse('2026-11-23T12:00:00-05:00') - Date.now();
  });

  it('that was imported lets those be called who are not in it, while it is fresh', async () => {
    const asked = { ...US, consent: 'written' };
    expect(blockedBy(await check(asked))).toEqual(['us.dnc_national: dnc_list_missing']);
    const answer = await upload('us.national', '2026-11-20', 'number\n212,5550199\n2125550198\n');
    expect(answer.json()).toMatchObject({ numbers: 2, refused: 1, refused_lines: [1] });
    const allowed = await check(asked);
    expect(allowed.verdict).toBe('allowed');
    expect(allowed.receipt.lists).toContainEqual({ list: 'us.national', date: '2026-11-20T00:00:00.000Z' });
    const listed = { phone: '+12125550199', kind: 'live_human' };
    expect(blockedBy(await check({ ...US, ...listed }))).toEqual(['us.dnc_national: dnc_listed']);
    harness.clock.offset += 32 * 24 * 3600_000;
    expect(blockedBy(await check(asked))).toEqual(['us.dnc_national: dnc_list_stale']);
  });

  it.each([
    ['uk.tps', '+442079460000', 'uk.tps'],
    ['ca.national', '+16045550100', 'ca.dnc_national'],
    ['au.dncr', '+61298765432', 'au.dncr'],
    ['tr.iys', '+902123456789', 'tr.iys'],
  ])('%s blocks whom it names, and is told by its own name', async (list, phone, rule) => {
    const findings = async () => (await check({ phone })).findings.filter((one) => one.rule === rule);
    expect(await findings()).toMatchObject([{ effect: 'block', reason: 'dnc_list_missing' }]);
    await upload(list, '2026-11-22', `${phone}\n`);
    expect(await findings()).toMatchObject([{ effect: 'block', reason: 'dnc_listed', list, data_age_days: 1 }]);
    await upload(list, '2026-11-23', '+442079460999\n');
    expect(await findings()).toMatchObject([{ effect: 'pass', reason: 'dnc_not_listed' }]);
  });

  it('is shown with its age, and those that rules ask for and nobody imported are named', async () => {
    await upload('us.national', '2026-10-01', '2125550199\n');
    const { body } = await harness.ask('asha', 'GET', '/v1/dnc/lists');
    const lists = dncListsAnswerSchema.parse(body);
    expect(lists.data).toMatchObject([
      { list: 'us.national', age_days: 53, max_age_days: 31, stale: true, numbers: 1 },
    ]);
    expect(lists.missing).toContain('uk.tps');
    // India's preferences are asked for but do not block while nobody has them.
    expect(lists.missing).not.toContain('in.preference');
  });

  it('that is older, empty or broken leaves the copy in use alone', async () => {
    await upload('us.national', '2026-11-20', '2125550199\n');
    const refusals = [
      await upload('us.national', '2026-11-01', '2125550100\n'),
      await upload('us.national', '2026-11-21', 'nothing here\n'),
      await upload('us.national', '2026-11-21', 'not gzip', { 'content-encoding': 'gzip' }),
      await upload('us.national', '2027-01-01', '2125550100\n'),
      await upload('nonsense', '2026-11-21', '2125550100\n'),
      await upload('us.national', '2026-11-21', '{}', { 'content-type': 'application/json' }),
    ];
    expect(refusals.map(({ statusCode }) => statusCode)).toEqual([409, 400, 400, 400, 400, 400]);
    const phone = { phone: '+12125550199', kind: 'live_human' };
    expect(blockedBy(await check({ ...US, ...phone }))).toEqual(['us.dnc_national: dnc_listed']);
    expect(await harness.store.dnc.copies()).toHaveLength(1);
  });

  it('may come packed, and of any size: a hundred thousand numbers in no order', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, n) => String(2_120_000_000 + ((n * 7_919) % 9_999_991)));
    const { statusCode } = await upload('us.national', '2026-11-20', gzipSync(numbers.join('\n')), {
      'content-encoding': 'gzip',
    });
    expect(statusCode).toBe(201);
    const [copy] = await harness.store.dnc.copies();
    expect(copy?.numbers).toBe(new Set(numbers).size);
    const listed = async (phone: string) =>
      (await harness.store.dialling.dialFacts('', phone, 0)).registers.some((one) => one.listed);
    for (const number of numbers.filter((_, n) => n % 9_000 === 0)) expect(await listed(`1${number}`)).toBe(true);
    expect(await listed('12129999999')).toBe(false);
  });

  it('is for supervisors to bring', async () => {
    const { status } = await harness.ask('asha', 'POST', '/v1/dnc/lists/us.national?date=2026-11-20', { body: {} });
    expect(status).toBe(403);
  });
});
