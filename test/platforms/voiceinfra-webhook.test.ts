import { expect, test } from 'vitest';
import { configOf, hmac, platformOf } from './support/configs';
import { dataOf, decoded } from './support/expect';
import { fixture, json } from './support/fixtures';

const record = JSON.parse(fixture('voiceinfra', 'call.json').toString()) as Record<string, unknown>;
const { webhook, configSchema } = platformOf('voiceinfra');

test('a record becomes the end of a call', () => {
  expect(decoded('voiceinfra', record)).toEqual({
    type: 'call.ended',
    subject: 'voiceinfra:call_01HXYZ123456',
    time: '2025-01-15T14:25:27.000Z',
    istest: false,
    data: {
      agent_id: 'agent_abc123',
      from: '+14155550100',
      to: '+18005551234',
      outcome: 'answered',
      duration_seconds: 147,
      start_time: '2025-01-15T14:23:00.000Z',
      end_time: '2025-01-15T14:25:27.000Z',
      recording_url: 'https://recordings.voiceinfra.ai/call_01HXYZ123456.mp3',
      summary:
        'Customer called to inquire about January 15 appointment. Confirmed appointment at 2pm. No changes requested.',
    },
  });
});

test('a transcript with speaker labels becomes turns', () => {
  const data = dataOf('voiceinfra', 'call.ended', { ...record, transcript: 'Agent: Hello.\nCaller: Hi, it is नमस्ते.' });
  expect(data.turns).toEqual([
    { speaker: 'ai', text: 'Hello.' },
    { speaker: 'customer', text: 'Hi, it is नमस्ते.' },
  ]);
  expect(data).not.toHaveProperty('transcript');
});

test('a transcript without labels stays text: nobody is quoted with words that may not be theirs', () => {
  const data = dataOf('voiceinfra', 'call.ended', { ...record, transcript: 'Hello. Hi, how can I help?' });
  expect(data.transcript).toBe('Hello. Hi, how can I help?');
  expect(data).not.toHaveProperty('turns');
});

test('a transcript of one megabyte is read in full', () => {
  const transcript = Array.from(
    { length: 20_000 },
    (_, n) => `${n % 2 ? 'Caller' : 'Agent'}: line ${n} of the talk, which goes on`,
  );
  const data = dataOf('voiceinfra', 'call.ended', { ...record, transcript: transcript.join('\n') });
  expect(data.turns).toHaveLength(20_000);
});

test('a record of something that is not an ended call is not taken for one', () => {
  expect(decoded('voiceinfra', { ...record, event: 'call.started' }).type).toBe('platform.unknown');
  expect(decoded('voiceinfra', { ...record, event: 'call.completed' }).type).toBe('call.ended');
});

test('without a secret nothing is accepted, unless the configuration says unsigned in so many words', () => {
  expect(configSchema.safeParse({}).success).toBe(false);
  expect(configSchema.safeParse({ secrets: [] }).success).toBe(false);
  expect(configSchema.safeParse({ secrets: [''] }).success).toBe(false);
  expect(configSchema.safeParse({ unsigned: false }).success).toBe(false);
  expect(configSchema.safeParse({ secrets: ['x'], unsigned: true }).success).toBe(false);
  const rawBody = json(record);
  const open = configSchema.parse({ unsigned: true });
  expect(webhook.authenticate({ headers: {}, rawBody }, open)).toEqual({ ok: true, trust: 'open' });
});

test('the signature is only read from its own header', () => {
  const rawBody = json(record);
  const headers = { 'x-vinfer-signature': hmac(rawBody), 'x-signature': hmac(rawBody) };
  expect(webhook.authenticate({ headers, rawBody }, configOf('voiceinfra')).ok).toBe(false);
});
