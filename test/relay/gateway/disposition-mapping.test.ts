/** What agents read, what is stored, and what a platform is told are three things: none changes another. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispositionsAnswerSchema, relayDispositionSchema } from '../../../src/shared/contract/dispositions';
import { dialSettingsSchema } from '../../../src/relay/dialling/config';
import type { CallingSettings } from '../../../src/relay/gateway/gateway';
import { createMapping } from '../../../src/relay/gateway/dispositions/mapping';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const dispositions = [
  {
    id: 'interested',
    labels: { en: 'Keen', tr: 'İlgileniyor' },
    platform: { vinfer: 'hot_lead' },
    crm: { sales: 'OPEN' },
  },
  { id: 'stop', platform: { vinfer: 'Take me off' }, dnc: 'automated', final: true },
  { id: 'hot_lead', platform: { infer: 'interested' } },
  { id: 'promised', platform: { vinfer: 'ptp' }, needs_amount: true, currency: 'INR' },
].map((one) => relayDispositionSchema.parse(one));

let stub: StubPlatform;
let harness: Harness;
let settings: CallingSettings;

beforeEach(async () => {
  stub = await StubPlatform.start();
  settings = { dialling: dialSettingsSchema.parse({}), dispositions, crm: [] };
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer', 'voiceinfra'), { settings });
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function decide(call: string, value: string, more: object = {}, key?: string) {
  await harness.callOf('asha', call, { to: '+919876500001' });
  return harness.ask('asha', 'PUT', `/v1/calls/${encodeURIComponent(call)}/disposition`, {
    body: { value, ...more },
    ...(key === undefined ? {} : { key }),
  });
}

describe('a decision that needs an amount', () => {
  const amount = { value: '1500', currency: 'INR' };

  it.each(['promised', 'ptp'])('is refused without one, whichever word names it (%s)', async (value) => {
    expect(await decide('vinfer:a', value)).toMatchObject({ status: 422, body: { code: 'amount_needed' } });
    expect((await harness.log()).some(({ type }) => type === 'call.disposition')).toBe(false);
    expect((await decide('vinfer:a', value, { amount })).status).toBe(200);
  });

  it('is still the one decision when it was taken before the configuration asked for an amount', async () => {
    settings.dispositions = [];
    harness.kill();
    await harness.up();
    const taken = await decide('vinfer:a', 'promised', {}, 'k1');
    settings.dispositions = dispositions;
    harness.kill();
    await harness.up();
    expect(await decide('vinfer:a', 'promised', {}, 'k1')).toMatchObject({
      status: 200,
      body: { event: taken.body.event },
    });
    expect(await decide('vinfer:a', 'promised', {}, 'k2')).toMatchObject({ status: 422 });
  });
});

describe('a decision', () => {
  it('is told to the platform in its own word, and kept as it was decided', async () => {
    const { body } = await decide('vinfer:a', 'interested');
    expect(body).toMatchObject({
      ...{ value: 'interested', disposition: 'interested', platform: 'written', platform_value: 'hot_lead' },
    });
    // A slow answer may have been asked for again: the same word sets the same state.
    expect(new Set(stub.outcomes)).toEqual(new Set(['a=hot_lead']));
    const log = await harness.log();
    expect(log.at(-1)).toMatchObject({ type: 'call.disposition', data: { value: 'interested', by: 'agent' } });
    expect((await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Aa')).body.disposition).toMatchObject({
      ...{ value: 'interested', platform_value: 'hot_lead' },
    });
  });

  it('in the platform’s own word is understood, also where another outcome has that id', async () => {
    expect((await decide('vinfer:a', 'HOT_LEAD')).body).toMatchObject({
      disposition: 'interested',
      platform_value: 'hot_lead',
    });
  });

  it('that nobody configured is passed on as it is, and says so by naming none', async () => {
    const { body } = await decide('vinfer:a', 'bought_a_boat');
    expect(body).toMatchObject({ platform: 'written', platform_value: 'bought_a_boat' });
    expect(body).not.toHaveProperty('disposition');
  });

  it('at a platform that takes none is kept, and that is told', async () => {
    expect((await decide('voiceinfra:a', 'interested')).body).toMatchObject({
      ...{ platform: 'unsupported', disposition: 'interested', platform_value: 'interested' },
    });
  });

  it('that means a stop is one, whether the desk marked it or not, and whoever says it', async () => {
    await decide('vinfer:a', 'stop');
    const own = async (phone: string) => (await harness.ask('asha', 'GET', `/v1/dnc?phone=%2B${phone}`)).body.data;
    harness.gateway.start();
    await harness.ask('asha', 'GET', '/v1/contacts/%2B919876500001');
    expect(await own('919876500001')).toMatchObject([{ scope: 'automated', origin: 'agent', agent: 'asha' }]);
  });

  it('is listed with its labels and what it asks for', async () => {
    const { data } = dispositionsAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/dispositions')).body);
    expect(data).toEqual(dispositions);
  });
});

it('has a word for each CRM or none', () => {
  const mapping = createMapping(dispositions);
  expect(mapping.crmValue('sales', 'vinfer', 'hot_lead')).toBe('OPEN');
  expect(mapping.crmValue('other', 'vinfer', 'hot_lead')).toBeUndefined();
  expect(mapping.crmValue('sales', 'infer', 'unknown')).toBeUndefined();
});
