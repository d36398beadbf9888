import { describe, expect, test } from 'vitest';
import { configOf, PATH_SECRET, platformOf } from './support/configs';
import { dataOf, decoded } from './support/expect';
import { json } from './support/fixtures';

const { webhook, configSchema } = platformOf('infer');
const event = (type: string, metadata: unknown, more: object = {}) => ({
  type,
  call_id: 'abc123',
  timestamp: '2025-04-12T14:32:30Z',
  metadata,
  ...more,
});

describe('turns', () => {
  const turn = (metadata: object) => dataOf('infer', 'call.turn', event('conversation-update', metadata));

  test('their agent is our AI, their user our customer', () => {
    expect(turn({ role: 'agent', message: 'Hello' }).speaker).toBe('ai');
    expect(turn({ role: 'user', message: 'Hi' }).speaker).toBe('customer');
  });

  test('a later version of an utterance has the key of the earlier one, another utterance has not', () => {
    const at = { role: 'user', time: 1744364970174, secondsFromStart: 1.4 };
    const first = turn({ ...at, message: 'I want' });
    expect(turn({ ...at, message: 'I want my money back' }).key).toBe(first.key);
    expect(turn({ ...at, role: 'agent', message: 'I want' }).key).not.toBe(first.key);
    expect(turn({ ...at, time: 1744364971174, message: 'I want' }).key).not.toBe(first.key);
  });

  test('without times the words are the key, so that none overwrites another', () => {
    const keys = ['one', 'two'].map((message) => turn({ role: 'user', message }).key);
    expect(new Set(keys).size).toBe(2);
    expect(turn({ role: 'user', message: 'one', secondsFromStart: 3 }).key).toBe('customer+3');
  });

  test.each([
    { role: 'system', message: 'You are an agent' },
    { role: 'tool', message: '{}' },
    { message: 'who said this?' },
    { role: 'user' },
    null,
  ])('%o is not an utterance', (metadata) => {
    expect(decoded('infer', event('conversation-update', metadata)).type).toBe('platform.unknown');
  });
});

describe('transfers', () => {
  test.each([
    ['warm', 'warm'],
    ['Cold', 'cold'],
    ['blind', 'unknown'],
    [undefined, 'unknown'],
    [7, 'unknown'],
  ])('transfer_type %o is %s', (transfer_type, transfer) => {
    expect(dataOf('infer', 'call.escalated', event('transfer-call', { transfer_type })).transfer).toBe(transfer);
  });

  test('a kind of transfer we have no word for keeps its own', () => {
    const data = dataOf('infer', 'call.escalated', event('transfer-call', { transfer_type: 'blind' }));
    expect(data.transfer_type).toBe('blind');
  });

  test('the target may be an agent instead of a number', () => {
    const data = dataOf(
      'infer',
      'call.escalated',
      event('transfer-call', { transferred_to: 'billing-agent', label: 'Billing' }),
    );
    expect(data).toEqual({ transfer: 'unknown', to: 'billing-agent', label: 'Billing' });
  });

  test('the fields may stand at the top instead of under metadata', () => {
    const flat = event('transfer-call', undefined, { transfer_type: 'cold', transferred_to: 18885551234 });
    expect(dataOf('infer', 'call.escalated', flat)).toEqual({ transfer: 'cold', to: '18885551234' });
  });
});

test.each([
  { function_name: 'lookup', arguments: { id: 1 }, response: 'found' },
  { name: 'lookup', args: { id: 1 }, result: 'found' },
  { function: 'lookup', parameters: { id: 1 }, output: 'found' },
  { tool: 'lookup', input: { id: 1 }, output: 'found' },
  { function: { name: 'lookup', arguments: { id: 1 } }, response: 'found' },
  { tool: { name: 'lookup', params: { id: 1 }, result: 'found' } },
])('a tool call is read from %o', (metadata) => {
  expect(dataOf('infer', 'call.tool', event('tool-call', metadata))).toEqual({
    name: 'lookup',
    arguments: { id: 1 },
    result: 'found',
  });
});

test('a tool call without a name is a delivery to look at', () => {
  expect(decoded('infer', event('tool-call', { arguments: {} }))).toEqual({
    type: 'platform.unknown',
    istest: false,
    data: { type: 'tool-call', reason: 'no function name' },
  });
});

test('an interruption carries how far the sentence got', () => {
  const metadata = { interruption_timestamp: 1744364970174, interruption_text: 'Your balance is' };
  expect(dataOf('infer', 'call.interrupted', event('user-interrupted', metadata))).toEqual({
    text: 'Your balance is',
    at: '2025-04-11T09:49:30.174Z',
  });
});

test.each([{ ended_by: 'user' }, { endedBy: 'user' }, { by: 'user' }, { reason: 'user' }])(
  'the end of a call says who ended it: %o',
  (metadata) => {
    expect(dataOf('infer', 'call.ended', event('end-call', metadata)).reason).toBe('user');
  },
);

describe('the end-of-call report', () => {
  const report = {
    call_id: 'abc123',
    type: 'phone_call',
    summary: 'Asked for a refund.',
    transcript: 'AI: Hello\nUser: Refund, please',
    recordingUrl: 'https://example.test/a.mp3',
    stereoRecordingUrl: 'https://example.test/b.mp3',
    durationMs: 12_500,
    durationSeconds: 12.5,
    durationMinutes: 0.21,
    cost: 0.04,
    startedAt: '2025-04-12T14:30:00.000Z',
    endedAt: '2025-04-12T14:30:12.500Z',
    endedReason: 'customer-ended-call',
    messages: [
      { role: 'system', message: 'You are an agent', time: 1744468199000, secondsFromStart: 0 },
      {
        role: 'bot',
        message: 'Hello',
        time: 1744468200000,
        endTime: 1744468201000,
        secondsFromStart: 0,
        duration: 1000,
      },
      { role: 'user', message: 'Refund, please', time: 1744468203000, secondsFromStart: 3 },
    ],
  };

  test('ends the call with everything that was said but the system prompt', () => {
    const ended = decoded('infer', report);
    expect(ended).toMatchObject({ type: 'call.ended', subject: 'infer:abc123', time: '2025-04-12T14:30:12.500Z' });
    expect(ended.data).toMatchObject({
      reason: 'customer-ended-call',
      duration_seconds: 12.5,
      recording_url: 'https://example.test/a.mp3',
      stereoRecordingUrl: 'https://example.test/b.mp3',
      summary: 'Asked for a refund.',
      cost: 0.04,
      startedAt: '2025-04-12T14:30:00.000Z',
      turns: [
        { speaker: 'ai', text: 'Hello', at: '2025-04-12T14:30:00.000Z' },
        { speaker: 'customer', text: 'Refund, please', at: '2025-04-12T14:30:03.000Z' },
      ],
    });
  });

  test('falls back to the labelled transcript, and to other measures of its length', () => {
    const data = dataOf('infer', 'call.ended', { ...report, messages: [], durationSeconds: -1 });
    expect(data.turns).toEqual([
      { speaker: 'ai', text: 'Hello' },
      { speaker: 'customer', text: 'Refund, please' },
    ]);
    expect(data.duration_seconds).toBe(12.5);
  });
});

describe('their published examples, which are not JSON', () => {
  test.each([
    '{\n  "type": "conversation-update",\n  "metadata": { "role": "agent", // or "user"\n "message": "Hello" }\n}',
    '{ "type": "transfer-call", "metadata": { "transfer_type": "warm", "label": "Support", } }',
    '{ "type": "end-call", /* who */ "metadata": {} }',
    '{ type: "tool-call" }',
    '{ "type": "tool-call", "metadata": { ... } }',
  ])('%s is kept and listed', (text) => {
    expect(webhook.decode(Buffer.from(text))).toEqual([
      { type: 'platform.unknown', istest: false, data: { reason: 'not valid JSON' } },
    ]);
  });
});

describe('authenticity', () => {
  const rawBody = json({});
  const request = (pathSecret: string, remoteAddress?: string) => ({
    headers: {},
    rawBody,
    pathSecret,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  });

  test('the secret path lets in, anything near it does not', () => {
    const config = configOf('infer');
    expect(webhook.authenticate(request(PATH_SECRET), config)).toEqual({ ok: true, trust: 'secret' });
    for (const near of [PATH_SECRET.toLowerCase(), PATH_SECRET.slice(0, -1), `${PATH_SECRET}/`, ` ${PATH_SECRET}`, ''])
      expect(webhook.authenticate(request(near), config).ok).toBe(false);
  });

  test('with an allow-list the address must fit as well', () => {
    const config = configOf('infer', { allow: ['203.0.113.0/24', '2001:db8::7'] });
    expect(webhook.authenticate(request(PATH_SECRET, '203.0.113.9'), config).ok).toBe(true);
    expect(webhook.authenticate(request(PATH_SECRET, '::ffff:203.0.113.9'), config).ok).toBe(true);
    expect(webhook.authenticate(request(PATH_SECRET, '2001:db8::7'), config).ok).toBe(true);
    expect(webhook.authenticate(request(PATH_SECRET, '198.51.100.1'), config).ok).toBe(false);
    expect(webhook.authenticate(request(PATH_SECRET), config).ok).toBe(false);
    expect(webhook.authenticate(request('wrong', '203.0.113.9'), config).ok).toBe(false);
  });

  test('a path secret below 128 bits and an allow-list of names are refused at once', () => {
    expect(configSchema.safeParse({ path_secret: 'x'.repeat(21) }).success).toBe(false);
    expect(configSchema.safeParse({ path_secret: `${'x'.repeat(22)}/y` }).success).toBe(false);
    expect(configSchema.safeParse({ path_secret: PATH_SECRET, allow: ['infers.co'] }).success).toBe(false);
    expect(configSchema.safeParse({ path_secret: PATH_SECRET, allow: [] }).success).toBe(false);
  });
});
