import { expect, test } from 'vitest';
import { until } from '../support/poll';
import { aFloor, aFloorAndReceiver } from './support/floor';
import { manualClock } from './support/manual-clock';

const AMIT = encodeURIComponent('+919123456789');
type Json = Record<string, unknown>;

test('a request without the right key is 401, an unknown thing 404', async () => {
  const { call, vinfer } = await aFloor();
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'vinfer-key' }] as Record<
    string,
    string
  >[]) {
    const { status, body } = await call('GET', '/vinfer/v1/calls', undefined, headers);
    expect([status, body]).toEqual([401, { error: expect.objectContaining({ code: 'unauthorized' }) as unknown }]);
  }
  for (const path of [
    '/v1/calls/nope',
    '/v1/campaigns/nope',
    '/v1/campaigns/nope/calls',
    '/v1/contacts/%2B15',
    '/v2',
  ]) {
    expect((await vinfer('GET', path)).status, path).toBe(404);
  }
});

test('every answer tells of the rate limit, and above it comes 429 with Retry-After until the window is over', async () => {
  const clock = manualClock();
  const platforms = { vinfer: { secret: 's', api_key: 'vinfer-key', requests_per_minute: 3 } };
  const { vinfer } = await aFloor({ platforms }, clock);
  const first = await vinfer('GET', '/v1/webhooks');
  expect(first.headers.get('x-ratelimit-limit')).toBe('3');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
  expect(Number(first.headers.get('x-ratelimit-reset'))).toBe(clock.now() / 1000 + 60);
  for (let n = 0; n < 2; n += 1) expect((await vinfer('GET', '/v1/webhooks')).status).toBe(200);
  const refused = await vinfer('GET', '/v1/webhooks');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  clock.advance(60_000);
  expect((await vinfer('GET', '/v1/webhooks')).status).toBe(200);
});

test('a throttle is 429 and an outage 503, each only for its time', async () => {
  const clock = manualClock();
  const { vinfer, command } = await aFloor({}, clock);
  await command('/throttle', { platform: 'vinfer', seconds: 10 });
  expect((await vinfer('GET', '/v1/calls')).status).toBe(429);
  clock.advance(10_000);
  expect((await vinfer('GET', '/v1/calls')).status).toBe(200);
  await command('/outage', { seconds: 5 });
  expect((await vinfer('GET', '/v1/calls')).status).toBe(503);
  clock.advance(5_000);
  expect((await vinfer('GET', '/v1/calls')).status).toBe(200);
});

test('webhooks are held back during an outage and sent when it is over', async () => {
  const clock = manualClock();
  const { command, receiver, floor } = await aFloorAndReceiver({}, clock);
  await command('/outage', { platform: 'vinfer', seconds: 30 });
  await command('/escalate', {});
  clock.advance(29_999);
  expect(floor.journal.webhooks).toHaveLength(0);
  clock.advance(1);
  await until('the held webhook', () => receiver.received.length === 1);
});

test('a contact has its history, newest first, and its do-not-call state', async () => {
  const { vinfer, command } = await aFloor();
  const { body: played } = await command('/escalate', { caller: 'amit' });
  const { body: amit } = await vinfer('GET', `/v1/contacts/${AMIT}`);
  expect(amit).toMatchObject({ phone: '+919123456789', name: 'Amit Patel', dnc: false, total_calls: 4 });
  expect((amit.calls as Json[])[0]).toMatchObject({ id: String(played.call).slice(7), status: 'in_progress' });
  expect((amit.calls as Json[])[1]).toMatchObject({ disposition: 'dispute', duration_seconds: 118 });
  const { body: ray } = await vinfer('GET', `/v1/contacts/${encodeURIComponent('+17025550109')}`);
  expect(ray).toMatchObject({ dnc: true });
});

test('a call started over the API rings, is answered, escalates, ends and is transcribed', async () => {
  const { vinfer, command, receiver, floor } = await aFloorAndReceiver();
  await command('/plot', { outcome: 'escalated' });
  const started = await vinfer('POST', '/v1/calls', { phone: '+14155550132', name: 'Dolores', loan_amount: 5 });
  expect(started.status).toBe(201);
  expect(started.body).toMatchObject({ status: 'queued', phone: '+14155550132', custom_fields: { loan_amount: 5 } });
  const id = started.body.id as string;
  await until('the transcription', () =>
    floor.journal.webhooks.find(({ event }) => event === 'call.transcription_ready'),
  );
  const events = receiver.received.map((_, index) => receiver.json(index)).map(({ event }) => event);
  expect(events).toEqual(['call.escalated', 'call.completed', 'call.disposition_set', 'call.transcription_ready']);
  const { body: record } = await vinfer('GET', `/v1/calls/${id}`);
  expect(record).toMatchObject({ status: 'completed', escalated: true, disposition: 'dispute' });
  const { pathname } = new URL(record.transcript_url as string);
  const transcript = await vinfer('GET', pathname.replace('/vinfer', ''));
  expect(transcript.body).toMatchObject({ call_id: id, status: 'completed' });
  expect((transcript.body.segments as Json[])[1]).toMatchObject({
    speaker: 'customer',
    start: expect.any(Number) as unknown,
  });
});

test('the same idempotency key starts one call; with another body it is a conflict; after 24 h it is forgotten', async () => {
  const clock = manualClock();
  const { vinfer } = await aFloor({}, clock);
  const start = (phone: string) => vinfer('POST', '/v1/calls', { phone }, { 'idempotency-key': 'one' });
  const [first, again] = [await start('+14155550132'), await start('+14155550132')];
  expect(again.body.id).toBe(first.body.id);
  expect((await start('+14155550133')).status).toBe(409);
  clock.advance(24 * 3_600_000);
  expect((await start('+14155550132')).body.id).not.toBe(first.body.id);
  const { body: list } = await vinfer('GET', '/v1/calls');
  expect(list.total).toBe(2);
});

test('what cannot be dialled is refused with the reason', async () => {
  const { vinfer } = await aFloor();
  expect((await vinfer('POST', '/v1/calls', { phone: '415 555 0132' })).status).toBe(422);
  expect((await vinfer('POST', '/v1/calls', { phone: '+17025550109' })).body).toMatchObject({
    error: { code: 'contact_dnc' },
  });
  expect((await vinfer('POST', '/v1/calls', {})).status).toBe(400);
});

test('an account without the unlisted routes answers 404 and 405 to them', async () => {
  const offers = { start_call: false, set_disposition: false };
  const { vinfer, command } = await aFloor({ platforms: { vinfer: { secret: 's', api_key: 'vinfer-key', offers } } });
  const { body } = await command('/escalate', {});
  expect((await vinfer('POST', '/v1/calls', { phone: '+14155550132' })).status).toBe(404);
  const id = String(body.call).slice(7);
  expect((await vinfer('PATCH', `/v1/calls/${id}`, { disposition: 'interested' })).status).toBe(405);
});

test('a disposition written over the API stands, is told to subscribers, and survives the end of the call', async () => {
  const { vinfer, command, floor } = await aFloorAndReceiver();
  const { body } = await command('/escalate', { caller: 'amit', follow_up: true });
  const id = String(body.call).slice(7);
  const write = { disposition: 'payment_promised', notes: 'Pays on Friday.' };
  expect((await vinfer('PATCH', `/v1/calls/${id}`, write)).body).toMatchObject(write);
  await until('the end of the call', () => floor.journal.webhooks.find(({ event }) => event === 'call.completed'));
  expect((await vinfer('GET', `/v1/calls/${id}`)).body).toMatchObject({ ...write, status: 'completed' });
  const set = await until('the echo', () =>
    floor.journal.webhooks.find(({ event }) => event === 'call.disposition_set'),
  );
  expect(JSON.parse(set.body)).toMatchObject({ call: { call_id: id, disposition: 'payment_promised' } });
});

test('calls are listed in pages, and by campaign since an instant', async () => {
  const clock = manualClock();
  const { vinfer, command } = await aFloorAndReceiver({}, clock);
  for (let n = 0; n < 5; n += 1) await command('/escalate', { caller: 'amit', follow_up: n === 0 });
  const page = await vinfer('GET', '/v1/calls?limit=2&offset=4');
  expect(page.body).toMatchObject({ total: 5, limit: 2, offset: 4 });
  expect(page.body.data).toHaveLength(1);
  expect((await vinfer('GET', '/v1/calls?limit=101')).status).toBe(400);
  const before = new Date(clock.now()).toISOString();
  clock.advance(300_000);
  const path = '/v1/campaigns/cmp_8f3a2b1c9d4e/calls?after=';
  expect((await vinfer('GET', path + before)).body.total).toBe(1);
  expect((await vinfer('GET', path + new Date(clock.now()).toISOString())).body.total).toBe(0);
});

test('a campaign dials its contacts, can be paused and resumed, and tells when it is done', async () => {
  const { vinfer, command, floor } = await aFloorAndReceiver();
  await command('/plot', { outcome: 'completed' });
  const contacts = [
    { phone: '+14155550132', name: 'A' },
    { phone: '+14155550133', name: 'B', ticket: 7 },
  ];
  const created = await vinfer('POST', '/v1/campaigns', { name: 'Two', script_id: 's', language: 'en-US', contacts });
  expect([created.status, created.body.status]).toEqual([201, 'scheduled']);
  const id = created.body.id as string;
  await until(
    'its first call',
    async () => ((await vinfer('GET', `/v1/campaigns/${id}/calls`)).body.total as number) > 0,
  );
  await until('its end', () => floor.journal.webhooks.find(({ event }) => event === 'campaign.completed'));
  const calls = await vinfer('GET', `/v1/campaigns/${id}/calls`);
  expect((calls.body.data as Json[]).map(({ contact_name }) => contact_name)).toEqual(['A', 'B']);
  expect((await vinfer('POST', `/v1/campaigns/${id}/pause`)).status).toBe(409);
  const standing = '/v1/campaigns/cmp_8f3a2b1c9d4e';
  expect((await vinfer('POST', `${standing}/pause`)).body.status).toBe('paused');
  expect((await vinfer('POST', `${standing}/resume`)).body.status).toBe('running');
  expect(((await vinfer('GET', '/v1/campaigns')).body.data as Json[]).length).toBeGreaterThan(7);
});

test('a registered webhook gets the events it asked for under its own secret, until it is removed', async () => {
  const { vinfer, command, receiver } = await aFloorAndReceiver();
  const url = `${receiver.url}/elsewhere`;
  expect((await vinfer('POST', '/v1/webhooks', { url: 'http://example.com/x', events: ['*'] })).status).toBe(400);
  const webhook = { url, events: ['call.escalated'], secret: 'another' };
  const { status, body } = await vinfer('POST', '/v1/webhooks', webhook);
  expect(status).toBe(201);
  expect(JSON.stringify(body)).not.toContain('another');
  await command('/escalate', {});
  await until('both deliveries', () => receiver.received.length === 2);
  expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/elsewhere', '/hooks/vinfer']);
  const signatures = receiver.received.map(({ headers }) => headers['x-vinfer-signature']);
  expect(new Set(signatures).size).toBe(2);
  expect((await vinfer('GET', '/v1/webhooks')).body).toMatchObject({ data: [{ id: body.id, url }] });
  expect((await vinfer('DELETE', `/v1/webhooks/${String(body.id)}`)).status).toBe(204);
  await command('/escalate', {});
  await until('the third', () => receiver.received.length === 3);
});
