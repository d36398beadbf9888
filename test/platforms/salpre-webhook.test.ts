import { describe, expect, test } from 'vitest';
import { configOf, HEADER_SECRET, platformOf } from './support/configs';
import { dataOf, decoded } from './support/expect';
import { json } from './support/fixtures';

const { webhook, configSchema } = platformOf('salpre');
const parties = { from: '+905555555555', to: '+905555555554', direction: 'outbound' };
const event = (event_type: string, payload: unknown, more: object = {}) => ({
  event_type,
  timestamp_utc: 1760084505,
  payload,
  is_test: false,
  ...more,
});

describe('the call id', () => {
  test.each([
    { call_id: 1 },
    { call_id: '1' },
    { call: { id: 1 } },
    { call: { id: '1' } },
    { call: { call_id: 1 } },
    { call_id: null, call: { id: 1 } },
  ])('is found in %o', (payload) => {
    expect(decoded('salpre', event('call_answered', payload)).subject).toBe('salpre:1');
  });

  test.each([{}, { call_id: null }, { call_id: {} }, { call: 1 }, { call: [] }, null, [], 'x'])(
    'is missed in %o',
    (payload) => {
      expect(decoded('salpre', event('call_answered', payload))).toEqual({
        type: 'platform.unknown',
        istest: false,
        data: { type: 'call_answered', reason: 'no usable call id' },
      });
    },
  );
});

test.each([
  ['call_initiated', 'call.started'],
  ['call_ringing', 'call.ringing'],
  ['call_answered', 'call.answered'],
])('%s is %s', (theirs, ours) => {
  expect(decoded('salpre', event(theirs, { call_id: 7, ...parties }))).toEqual({
    type: ours,
    subject: 'salpre:7',
    time: '2025-10-10T08:21:45.000Z',
    istest: false,
    data: { ...parties, contact: { phone: '+905555555554' } },
  });
});

test('the customer of an inbound call is who makes it; without a direction nobody is guessed', () => {
  const data = (direction: unknown) =>
    dataOf('salpre', 'call.ringing', event('call_ringing', { call_id: 7, ...parties, direction }));
  expect(data('inbound').contact).toEqual({ phone: '+905555555555' });
  expect(data('sideways')).not.toHaveProperty('contact');
  expect(data('sideways').unread).toEqual({ direction: 'sideways' });
});

test.each([true, 'true', 1, '1'])('is_test %o marks a test', (is_test) => {
  expect(decoded('salpre', event('call_answered', { call_id: 7 }, { is_test })).istest).toBe(true);
});

test.each([false, 'false', 0, null, undefined, 'no idea', {}])('is_test %o marks none', (is_test) => {
  expect(decoded('salpre', event('call_answered', { call_id: 7 }, { is_test })).istest).toBe(false);
});

describe('live transcripts', () => {
  const said = (payload: object, more: object = {}) =>
    dataOf(
      'salpre',
      'call.turn',
      event('transcript', { call: { id: 1, ...parties }, type: 'customer', ...payload }, more),
    );

  test('are partial until the call has ended', () => {
    expect(said({ transcript: 'Hello' })).toMatchObject({ speaker: 'customer', text: 'Hello', partial: true });
    expect(said({ transcript: 'Hello', is_final: true }).partial).toBe(false);
  });

  test('a longer version of an utterance has its key when the platform says when it was said', () => {
    const first = said({ transcript: 'I want', timestamp_utc: '1760084600' });
    const second = said({ transcript: 'I want a person', timestamp_utc: '1760084600' }, { timestamp_utc: 1760084601 });
    expect(second.key).toBe(first.key);
    expect(second.at).toBe('2025-10-10T08:23:20.000Z');
    expect(said({ type: 'ai', transcript: 'I want', timestamp_utc: '1760084600' }).key).not.toBe(first.key);
  });

  test('a time without zone counts here, for the field is named UTC', () => {
    expect(said({ transcript: 'x', timestamp_utc: '2025-10-10 08:23:20' }).at).toBe('2025-10-10T08:23:20.000Z');
  });

  test('with their "111111" for a time, no phrase overwrites another', () => {
    const [one, two] = ['Hello', 'How are you?'].map((transcript) => said({ transcript, timestamp_utc: '111111' }));
    expect(one?.key).not.toBe(two?.key);
    expect(one).not.toHaveProperty('at');
    expect(said({ transcript: 'Hello', timestamp_utc: '111111' }).key).toBe(one?.key);
  });
});

test('the end of a call brings the whole conversation', () => {
  const transcript = [
    { type: 'ai', message: 'Merhaba' },
    { type: 'customer', message: 'Selam', utc_timestamp: '1760084600' },
    { type: 'ai', message: 'Nasılsınız?', timestamp: 1760084605 },
    { type: 'noise', message: '…' },
  ];
  expect(dataOf('salpre', 'call.ended', event('call_ended', { call_id: 1, ...parties, transcript })).turns).toEqual([
    { speaker: 'ai', text: 'Merhaba' },
    { speaker: 'customer', text: 'Selam', at: '2025-10-10T08:23:20.000Z' },
    { speaker: 'ai', text: 'Nasılsınız?', at: '2025-10-10T08:23:25.000Z' },
  ]);
});

test('an error without a message is still an error', () => {
  const failed = (payload: object) => dataOf('salpre', 'call.failed', event('error', { call: { id: 1 }, ...payload }));
  expect(failed({ error_message: 'Line busy' }).message).toBe('Line busy');
  expect(failed({}).message).toBe('');
});

describe('authenticity', () => {
  const rawBody = json({});

  test('header names do not care about case, values do', () => {
    const config = configOf('salpre');
    const verdict = (value: string | string[]) =>
      webhook.authenticate({ headers: { 'x-handover-key': value }, rawBody }, config).ok;
    expect(verdict(HEADER_SECRET)).toBe(true);
    expect(verdict([HEADER_SECRET])).toBe(true);
    expect(verdict(HEADER_SECRET.toUpperCase())).toBe(false);
    expect(verdict([HEADER_SECRET, HEADER_SECRET])).toBe(false);
    expect(verdict('x'.repeat(1_000_000))).toBe(false);
  });

  test('a header that could be guessed, or is no header, is refused at once', () => {
    const accepts = (name: string, value: string) => configSchema.safeParse({ header: { name, value } }).success;
    expect(accepts('x-key', 'fifteen-letters')).toBe(false);
    expect(accepts('x key', HEADER_SECRET)).toBe(false);
    expect(accepts('x-key', 'sixteen letters and spaces')).toBe(false);
    expect(accepts('x-key', HEADER_SECRET)).toBe(true);
  });
});
