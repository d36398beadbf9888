// The floor and the adapters were written from the same documents, apart from each other: here they meet.
import { expect, test } from 'vitest';
import type { DecodedEvent } from '../../src/platforms/platform';
import { platforms } from '../../src/platforms/registry';
import { CAST } from '../../src/practice/cast';
import { until } from '../support/poll';
import { aFloorAndReceiver, ALL_PLATFORMS } from './support/floor';
import type { Received } from './support/receiver';

const CONFIGS: Record<string, unknown> = {
  vinfer: { secrets: [ALL_PLATFORMS.vinfer.secret] },
  voiceinfra: { secrets: [ALL_PLATFORMS.voiceinfra.secret] },
  infer: { path_secret: ALL_PLATFORMS.infer.path_secret },
  salpre: { header: ALL_PLATFORMS.salpre.header },
};

function read({ path, headers, body }: Received) {
  const [, , name = '', pathSecret] = path.split('/');
  const platform = platforms.get(name);
  if (platform === undefined) throw new Error(`No platform at ${path}`);
  const config = platform.configSchema.parse(CONFIGS[name]);
  const request = { headers, rawBody: body, ...(pathSecret === undefined ? {} : { pathSecret }) };
  return { authentic: platform.webhook.authenticate(request, config), events: platform.webhook.decode(body) };
}

const typesOf = (events: DecodedEvent[]) => [...new Set(events.map(({ type }) => type))].sort();

const EXPECTED: Record<string, string[]> = {
  vinfer: ['call.disposition', 'call.ended', 'call.escalated', 'call.transcript'],
  infer: ['call.ended', 'call.escalated', 'call.interrupted', 'call.tool', 'call.turn'],
  salpre: ['call.answered', 'call.ended', 'call.ringing', 'call.started', 'call.turn'],
  voiceinfra: ['call.ended'],
};

test.each(Object.keys(EXPECTED))('every webhook of a whole %s call is authentic and understood', async (platform) => {
  const { command, receiver, floor } = await aFloorAndReceiver({ platforms: ALL_PLATFORMS });
  const last = { vinfer: 'call.transcription_ready', infer: 'end-of-call-report', salpre: 'call_ended' };
  const { status, body } = await command('/call', { platform, caller: 'imran', outcome: 'escalated' });
  expect(status).toBe(200);
  const end = last[platform as keyof typeof last] as string | undefined;
  await until('the end', () => floor.journal.webhooks.find(({ event }) => event === (end ?? 'call.completed')));
  const seen = receiver.received.map(read);
  expect(seen.filter(({ authentic }) => !authentic.ok)).toEqual([]);
  const events = seen.flatMap(({ events: decoded }) => decoded);
  expect(typesOf(events).filter((type) => type !== 'call.stalled')).toEqual(EXPECTED[platform]);
  expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([body.call]));
  expect(events.every(({ istest }) => !istest)).toBe(true);
});

test('whoever escalates, the words of the cast arrive letter by letter', async () => {
  const { command, receiver } = await aFloorAndReceiver();
  for (const { slug } of CAST) await command('/escalate', { caller: slug });
  await until('all of them', () => receiver.received.length === CAST.length);
  const events = receiver.received.flatMap((received) => read(received).events);
  for (const { phone, name, summary, trigger } of CAST) {
    const event = events.find(
      ({ data }) => (data as { from?: string; contact?: { phone?: string } }).contact?.phone === phone,
    );
    expect(event?.data, name).toMatchObject({ contact: { name }, trigger, ...(summary === null ? {} : { summary }) });
    if (summary === null) expect(event?.data).not.toHaveProperty('summary');
  }
});

test.each(Object.keys(EXPECTED).filter((name) => name !== 'voiceinfra'))(
  'a forged %s escalation is refused',
  async (platform) => {
    const { command, receiver } = await aFloorAndReceiver({ platforms: ALL_PLATFORMS });
    await command('/escalate', { platform, wrong_signature: true });
    const event = { vinfer: 'call.escalated', infer: 'transfer-call', salpre: 'call_ringing' }[platform];
    const forged = await until('the forgery', () =>
      receiver.received.find(({ body }) => body.toString().includes(`"${event ?? ''}"`)),
    );
    expect(read(forged).authentic.ok).toBe(false);
  },
);

test.each(['salpre', 'voiceinfra'])('the test button of %s is understood', async (platform) => {
  const { command, receiver } = await aFloorAndReceiver({ platforms: ALL_PLATFORMS });
  await command('/test', { platform });
  const sent = await until('the test event', () => receiver.received[0]);
  const { authentic, events } = read(sent);
  expect(authentic.ok).toBe(true);
  expect(events.map(({ type }) => type)).not.toContain('platform.unknown');
  if (platform === 'salpre') expect(events.every(({ istest }) => istest)).toBe(true);
});

test('the adapters can start a call on every platform', async () => {
  const { floor } = await aFloorAndReceiver({ platforms: ALL_PLATFORMS });
  const api: Record<string, Record<string, unknown>> = {
    vinfer: { key: ALL_PLATFORMS.vinfer.api_key },
    voiceinfra: { key: ALL_PLATFORMS.voiceinfra.api_key, agent_id: 'agent_a', from_number: '+14155550100' },
    infer: { key: ALL_PLATFORMS.infer.api_key, voice_agent_id: 'va_1' },
    salpre: { key: ALL_PLATFORMS.salpre.api_key, from: 'salprebox:ONE', agent_id: 5 },
  };
  for (const [name, platform] of platforms) {
    const section = { ...(CONFIGS[name] as object), api: { ...api[name], base: `${floor.url}/${name}` } };
    const client = platform.api(platform.configSchema.parse(section), globalThis.fetch);
    const call = { phone: '+14155550132', name: 'Dolores', idempotencyKey: `key-${name}` };
    const answer = await client?.startCall?.(call, { signal: AbortSignal.timeout(5_000) });
    expect(answer?.value.id, name).toMatch(/\w/);
  }
});
