import { expect, test } from 'vitest';
import { apiOf, KEY } from './support/apis';
import { fakePlatform, faultOf, options } from './support/fake-platform';

const calls = [
  {
    call_id: 2,
    status: 'ended',
    from: '+901',
    to: '+902',
    direction: 'outbound',
    started_at: '2025-10-10T08:00:00Z',
    duration_sec: 5,
  },
  { call_id: 1, status: 'ended', from: '+901', to: '+902', direction: 'inbound', started_at: 1760000000 },
  { status: 'no id' },
];

test('calls are listed in pages, each with the customer as its phone', async () => {
  const { base, asked } = await fakePlatform(() => ({
    body: { status: 'success', data: calls, meta: { per_page: 20, page: 3, has_next: true } },
  }));
  const { value } = await apiOf('salpre', base).listCalls!({ limit: 20, offset: 40 }, options());
  expect(asked[0]).toMatchObject({ path: '/api/gateway/v1/call/list', query: { per_page: '20', page: '3' } });
  expect(asked[0]?.headers['account-secret-key']).toBe(KEY);
  expect(value.hasMore).toBe(true);
  expect(value.items).toMatchObject([
    { id: '2', phone: '+902', started_at: '2025-10-10T08:00:00.000Z', duration_seconds: 5 },
    { id: '1', phone: '+901', started_at: '2025-10-09T08:53:20.000Z' },
  ]);
});

test('a time range is applied here, as the platform has no such filter', async () => {
  const { base } = await fakePlatform(() => ({ body: { status: 'success', data: calls } }));
  const { value } = await apiOf('salpre', base).listCalls!({ from: '2025-10-10T00:00:00Z' }, options());
  expect(value.items.map(({ id }) => id)).toEqual(['2']);
});

test('a call that began before the range and ended in it is in the range, and the page says how many it held', async () => {
  const long = { ...calls[0], started_at: '2025-10-09T23:50:00Z', ended_at: '2025-10-10T00:05:00Z' };
  const { base } = await fakePlatform(() => ({ body: { status: 'success', data: [long, calls[1]] } }));
  const { value } = await apiOf('salpre', base).listCalls!({ from: '2025-10-10T00:00:00Z' }, options());
  expect(value.items.map(({ id }) => id)).toEqual(['2']);
  expect(value.rows).toBe(2);
});

test('an error that comes as a success is an error', async () => {
  const { base } = await fakePlatform(() => ({ body: { status: 'error', message: 'bad key' } }));
  expect(await faultOf(apiOf('salpre', base).listCalls!({}, options()))).toMatchObject({
    fault: 'rejected',
    details: { said: 'bad key' },
  });
});
