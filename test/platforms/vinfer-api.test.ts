import { describe, expect, test } from 'vitest';
import type { StartCall } from '../../src/platforms/api';
import { apiOf, KEY } from './support/apis';
import { fakePlatform, faultOf, options, type Asked, type Reply } from './support/fake-platform';

const call: StartCall = { phone: '+919876543210', name: 'Priya', idempotencyKey: 'k-1', variables: { due: 5 } };

/** Routes as `METHOD /path`; anything else is 404. */
async function vinfer(routes: Record<string, Reply | ((asked: Asked) => Reply)>, more: object = {}) {
  const { base, asked } = await fakePlatform((one) => {
    const route = routes[`${one.method} ${one.path}`] ?? { status: 404, body: { error: { code: 'not_found' } } };
    return typeof route === 'function' ? route(one) : route;
  });
  return { base, asked, api: apiOf('vinfer', base, more) };
}
const routesOf = (asked: Asked[]) => asked.map(({ method, path }) => `${method} ${path}`);

describe('starting one call', () => {
  const campaign = {
    'POST /v1/campaigns': { status: 201, body: { id: 'cmp_1', status: 'running' } },
    'GET /v1/campaigns/cmp_1/calls': { body: { data: [{ call_id: 'call_7', status: 'ringing' }], total: 1 } },
  };

  test.each([404, 405, 501])('falls back to a campaign of one after %d, and remembers', async (status) => {
    const { api, asked } = await vinfer({ 'POST /v1/calls': { status }, ...campaign }, { script_id: 'scr_1' });
    expect(api.capabilities?.().startCall).toBe('calls');
    const first = await api.startCall!(call, options());
    expect(first.value).toEqual({ id: 'call_7', campaign: 'cmp_1', status: 'ringing' });
    expect(api.capabilities?.().startCall).toBe('campaign');
    await api.startCall!({ ...call, idempotencyKey: 'k-2' }, options());
    expect(routesOf(asked).filter((route) => route === 'POST /v1/calls')).toHaveLength(1);
    const made = asked.find(({ path }) => path === '/v1/campaigns');
    expect(made?.headers['idempotency-key']).toBe('k-1:campaign');
    expect(made?.json).toEqual({
      name: 'Handover k-1',
      script_id: 'scr_1',
      contacts: [{ phone: '+919876543210', name: 'Priya', due: 5 }],
      max_attempts: 1,
    });
  });

  test('can be told to use campaigns from the start', async () => {
    const { api, asked } = await vinfer(campaign, { start_call: 'campaign' });
    await api.startCall!(call, options());
    expect(routesOf(asked)).toEqual(['POST /v1/campaigns', 'GET /v1/campaigns/cmp_1/calls']);
  });

  test('a campaign that has not dialled yet is a started call without an id', async () => {
    let dialled = false;
    const { api } = await vinfer(
      {
        ...campaign,
        'GET /v1/campaigns/cmp_1/calls': () => ({ body: { data: dialled ? [{ call_id: 'call_7' }] : [] } }),
      },
      { start_call: 'campaign' },
    );
    expect((await api.startCall!(call, options())).value).toEqual({ campaign: 'cmp_1' });
    dialled = true;
    expect((await api.findStartedCall!('cmp_1', options())).value).toEqual({ id: 'call_7', campaign: 'cmp_1' });
  });

  test('failing to read the id is not failing to start', async () => {
    const { api } = await vinfer(
      { ...campaign, 'GET /v1/campaigns/cmp_1/calls': { status: 500 } },
      { start_call: 'campaign' },
    );
    expect((await api.startCall!(call, options())).value).toEqual({ campaign: 'cmp_1' });
  });

  test.each([400, 401, 422, 429, 500, 503])('%d is no reason to try a campaign', async (status) => {
    const { api, asked } = await vinfer({ 'POST /v1/calls': { status }, ...campaign });
    await faultOf(api.startCall!(call, options()));
    expect(routesOf(asked)).toEqual(['POST /v1/calls']);
  });
});

describe('setting a disposition', () => {
  const write = { value: 'payment_promised', callback_time: '2024-01-16T04:30:00.000Z', notes: 'after 6' };

  test('patches the call', async () => {
    const { api, asked } = await vinfer({ 'PATCH /v1/calls/call_1': { body: {} } });
    await api.setDisposition!('call_1', write, options());
    expect(asked[0]?.json).toEqual({
      disposition: 'payment_promised',
      callback_time: '2024-01-16T04:30:00.000Z',
      notes: 'after 6',
    });
    expect(api.capabilities?.().disposition).toBe('written');
  });

  test('goes where the configuration says', async () => {
    const { api, asked } = await vinfer(
      { 'PUT /v1/calls/a%20b/outcome': { status: 204 } },
      { disposition: { method: 'PUT', path: '/calls/{id}/outcome' } },
    );
    await api.setDisposition!('a b', { value: 'dnc' }, options());
    expect(asked[0]?.json).toEqual({ disposition: 'dnc' });
  });

  test.each([405, 501])('%d means unsupported, and is not tried again', async (status) => {
    const { api, asked } = await vinfer({ 'PATCH /v1/calls/call_1': { status } });
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('unsupported');
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('unsupported');
    expect(asked).toHaveLength(1);
    expect(api.capabilities?.().disposition).toBe('unsupported');
  });

  test('404 for a call that is there means the route is missing', async () => {
    const { api } = await vinfer({ 'GET /v1/calls/call_1': { body: { call_id: 'call_1' } } });
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('unsupported');
    expect(api.capabilities?.().disposition).toBe('unsupported');
  });

  test('404 for a call nobody knows says nothing of the route', async () => {
    const { api } = await vinfer({ 'PATCH /v1/calls/call_2': { body: {} } });
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('not_found');
    expect(api.capabilities?.().disposition).toBe('unknown');
    await api.setDisposition!('call_2', write, options());
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('not_found');
    expect(api.capabilities?.().disposition).toBe('written');
  });

  test('404 while the call cannot be read either is left open', async () => {
    const { api } = await vinfer({ 'GET /v1/calls/call_1': { status: 503 } });
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('unavailable');
    expect(api.capabilities?.().disposition).toBe('unknown');
  });

  test('a failure may be repeated: the same value again does no harm', async () => {
    const { api } = await vinfer({ 'PATCH /v1/calls/call_1': { status: 502 } });
    expect((await faultOf(api.setDisposition!('call_1', write, options()))).fault).toBe('unavailable');
  });
});

describe('reading calls', () => {
  test('one call, with a fresh recording address', async () => {
    const record = {
      call_id: 'call_1',
      campaign_id: 'cmp_1',
      contact: { phone: '+911', name: 'Priya' },
      duration_seconds: '94',
      disposition: null,
      started_at: '2024-01-15T11:41:48+05:30',
      recording_url: 'https://r.test/a.mp3',
      neuronlens: { summary: 'Fine.' },
    };
    const { api } = await vinfer({ 'GET /v1/calls/call_1': { body: record } });
    expect((await api.getCall!('call_1', options())).value).toEqual({
      id: 'call_1',
      phone: '+911',
      name: 'Priya',
      campaign: 'cmp_1',
      started_at: '2024-01-15T06:11:48.000Z',
      duration_seconds: 94,
      recording_url: 'https://r.test/a.mp3',
      summary: 'Fine.',
      raw: record,
    });
  });

  test('one call that is not there', async () => {
    const { api } = await vinfer({});
    expect((await faultOf(api.getCall!('call_1', options()))).fault).toBe('not_found');
  });

  test.each(['.', '..', '', '\ud800'])('an id like %o never leaves', async (id) => {
    const { api, asked } = await vinfer({});
    expect((await faultOf(api.getCall!(id, options()))).fault).toBe('not_found');
    expect(asked).toEqual([]);
  });

  test('an id with a slash stays one segment', async () => {
    const { api, asked } = await vinfer({});
    await faultOf(api.getCall!('../campaigns?x=1', options()));
    expect(asked[0]?.path).toBe('/v1/calls/..%2Fcampaigns%3Fx%3D1');
  });

  test("a campaign's list is polled with after", async () => {
    const data = [{ call_id: 'call_1' }, { nonsense: 1 }, null, { id: 'call_2' }];
    const { api, asked } = await vinfer({ 'GET /v1/campaigns/cmp_1/calls': { body: { data, total: 9 } } });
    const query = { campaign: 'cmp_1', after: '2024-01-15T00:00:00.000Z', limit: 500 };
    const { value } = await api.listCalls!(query, options());
    expect(value.items.map(({ id }) => id)).toEqual(['call_1', 'call_2']);
    expect(value).toMatchObject({ total: 9, hasMore: true });
    expect(asked[0]?.query).toEqual({ after: '2024-01-15T00:00:00.000Z', limit: '100', offset: '0' });
  });

  test('all calls are listed by time range', async () => {
    const { api, asked } = await vinfer({
      'GET /v1/calls': { body: { data: [{ id: 'call_1' }], total: 1, limit: 50 } },
    });
    const { value } = await api.listCalls!({ from: '2024-01-15T00:00:00Z', limit: 50 }, options());
    expect(value.hasMore).toBe(false);
    expect(asked[0]?.query).toEqual({ from: '2024-01-15T00:00:00Z', limit: '50', offset: '0' });
  });

  test('an answer that is no list is a bad answer', async () => {
    const { api } = await vinfer({ 'GET /v1/calls': { body: { data: {} } } });
    expect((await faultOf(api.listCalls!({}, options()))).fault).toBe('bad_answer');
  });
});

describe('contacts', () => {
  test.each<[object, boolean | null]>([
    [{ dnc: true }, true],
    [{ dnc: false }, false],
    [{ dnc_status: 'listed' }, true],
    [{ dnc_status: 'none' }, false],
    [{ dnc: { listed: true } }, true],
    [{ dnc: 'who knows' }, null],
    [{ dnc: null }, null],
    [{}, null],
  ])('%o says do-not-call: %o', async (said, dnc) => {
    const { api } = await vinfer({ 'GET /v1/contacts/%2B911': { body: { phone: '+911', ...said } } });
    expect((await api.getContact!('+911', options())).value.dnc).toBe(dnc);
  });

  test('history comes with ids, times and dispositions as far as they are there', async () => {
    const calls = [{ call_id: 'c1', started_at: '2024-01-15T10:00:00Z', disposition: 'dispute' }, { id: 2 }, null];
    const { api } = await vinfer({ 'GET /v1/contacts/%2B911': { body: { data: { name: 'Amit', calls } } } });
    expect((await api.getContact!('+911', options())).value).toMatchObject({
      phone: '+911',
      name: 'Amit',
      dnc: null,
      calls: [{ id: 'c1', at: '2024-01-15T10:00:00.000Z', disposition: 'dispute' }, { id: '2' }, {}],
    });
  });
});

describe('transcripts', () => {
  test('are fetched with the key, and become turns', async () => {
    const segments = [
      { speaker: 'agent', start: 0, end: 1.5, text: 'Namaste', confidence: 0.9 },
      { speaker: 'customer', start: 2, end: 3, text: 'नमस्ते' },
    ];
    const { api, base, asked } = await vinfer({ 'GET /v1/transcription/job_1/transcript': { body: { segments } } });
    const { value } = await api.fetchTranscript!(`${base}/v1/transcription/job_1/transcript`, options());
    expect(value).toEqual([
      { speaker: 'ai', text: 'Namaste', start: 0, end: 1.5, confidence: 0.9 },
      { speaker: 'customer', text: 'नमस्ते', start: 2, end: 3 },
    ]);
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('the key goes to no other host, whatever a webhook says', async () => {
    const elsewhere = await fakePlatform(() => ({ body: { segments: [] } }));
    const { api } = await vinfer({});
    const urls = [`${elsewhere.base}/transcript`, 'file:///etc/passwd', 'not an address', 'http://169.254.169.254/'];
    for (const url of urls) expect((await faultOf(api.fetchTranscript!(url, options()))).fault).toBe('rejected');
    expect(elsewhere.asked).toEqual([]);
  });

  test('one that is still being made is worth another try, one that makes no sense is not', async () => {
    let body: unknown = { job_id: 'job_1', status: 'processing' };
    const { api, base } = await vinfer({ 'GET /v1/t': () => ({ body }) });
    expect((await faultOf(api.fetchTranscript!(`${base}/v1/t`, options()))).fault).toBe('unavailable');
    body = { hello: 1 };
    expect((await faultOf(api.fetchTranscript!(`${base}/v1/t`, options()))).fault).toBe('bad_answer');
  });

  test('an endless answer is cut off', async () => {
    const { base } = await fakePlatform((_asked, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
      return 'handled';
    });
    expect((await faultOf(apiOf('vinfer', base).fetchTranscript!(`${base}/v1/t`, options()))).fault).toBe('bad_answer');
  });
});

describe('campaigns', () => {
  test('are created once per key, listed, read, paused and resumed', async () => {
    const record = { campaign_id: 'cmp_1', name: 'January', status: 'running', progress: { total: 2 } };
    const { api, asked } = await vinfer({
      'POST /v1/campaigns': { status: 201, body: record },
      'GET /v1/campaigns': { body: { data: [record, {}], total: 2 } },
      'GET /v1/campaigns/cmp_1': { body: record },
      'POST /v1/campaigns/cmp_1/pause': { status: 204 },
      'POST /v1/campaigns/cmp_1/resume': { body: record },
    });
    const made = await api.createCampaign!({ name: 'January', contacts: [{ phone: '+911' }] }, 'k-9', options());
    expect(made.value).toMatchObject({ id: 'cmp_1', name: 'January', status: 'running', totals: { total: 2 } });
    expect(asked[0]?.headers['idempotency-key']).toBe('k-9');
    expect((await api.listCampaigns!(options())).value.items.map(({ id }) => id)).toEqual(['cmp_1']);
    expect((await api.getCampaign!('cmp_1', options())).value.id).toBe('cmp_1');
    expect((await api.setCampaignRunning!('cmp_1', false, options())).value).toBeUndefined();
    expect((await api.setCampaignRunning!('cmp_1', true, options())).value?.id).toBe('cmp_1');
  });

  test('a lost answer to creating one is unclear, to pausing one is not', async () => {
    const { api } = await vinfer({
      'POST /v1/campaigns': { status: 504 },
      'POST /v1/campaigns/cmp_1/pause': { status: 504 },
    });
    expect((await faultOf(api.createCampaign!({ name: 'x', contacts: [] }, 'k', options()))).fault).toBe('unclear');
    expect((await faultOf(api.setCampaignRunning!('cmp_1', false, options()))).fault).toBe('unavailable');
  });
});

test('webhooks are registered, listed and removed', async () => {
  const record = { id: 'wh_1', url: 'https://relay.test/hooks/vinfer', events: ['call.escalated', 7] };
  const { api, asked } = await vinfer({
    'POST /v1/webhooks': { status: 201, body: { id: 'wh_1' } },
    'GET /v1/webhooks': { body: [record] },
    'DELETE /v1/webhooks/wh_1': { status: 204 },
  });
  const webhook = { url: record.url, events: ['call.escalated'], secret: 's' };
  expect((await api.registerWebhook!(webhook, 'k', options())).value).toEqual({
    id: 'wh_1',
    url: record.url,
    events: ['call.escalated'],
  });
  expect(asked[0]?.json).toEqual(webhook);
  expect((await api.listWebhooks!(options())).value).toEqual([{ ...record, events: ['call.escalated'] }]);
  await api.removeWebhook!('wh_1', options());
  expect(asked[2]?.text).toBe('');
});

describe('rates', () => {
  test('are read from any answer', async () => {
    const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1760084505' };
    const rate = { limit: 1000, remaining: 0, resetAt: 1760084505 };
    let status = 200;
    const { api } = await vinfer({ 'GET /v1/campaigns': () => ({ status, headers, body: { data: [] } }) });
    expect((await api.listCampaigns!(options())).rate).toEqual(rate);
    status = 429;
    expect((await faultOf(api.listCampaigns!(options()))).details.rate).toEqual(rate);
  });

  test.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '30' }, 30],
    ['a date', { 'retry-after': 'Mon, 15 Jan 2024 10:00:30 GMT', date: 'Mon, 15 Jan 2024 10:00:00 GMT' }, 30],
    [
      'a date that has passed',
      { 'retry-after': 'Mon, 15 Jan 2024 09:00:00 GMT', date: 'Mon, 15 Jan 2024 10:00:00 GMT' },
      0,
    ],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
  ])('Retry-After may be %s', async (_name, headers, seconds) => {
    const { api } = await vinfer({ 'GET /v1/campaigns': { status: 429, headers } });
    const fault = await faultOf(api.listCampaigns!(options()));
    expect(fault.fault).toBe('rate_limited');
    expect(fault.details.retryAfterS).toBe(seconds);
  });

  test('nonsense in rate headers is no rate', async () => {
    const headers = { 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '12' };
    const { api } = await vinfer({ 'GET /v1/campaigns': { headers, body: { data: [] } } });
    expect(await api.listCampaigns!(options())).not.toHaveProperty('rate');
  });
});
