import { describe, expect, test } from 'vitest';
import { dataOf, decoded } from './support/expect';

const call = { call_id: 'call_1', phone: '+919876543210', contact_name: 'Priya Sharma' };
const body = (event: string, more: object = {}, inside: object = {}) => ({
  event,
  event_id: 'evt_1',
  timestamp: '2024-01-15T11:43:22+05:30',
  campaign_id: 'cmp_1',
  ...more,
  call: { ...call, ...inside },
});
const unknown = (type: string, reason: string) => ({
  type: 'platform.unknown',
  istest: false,
  data: { type, reason },
});

test('an escalation without its call becomes a delivery to look at, not an escalation of nobody', () => {
  expect(decoded('vinfer', { ...body('call.escalated'), call: undefined })).toEqual(
    unknown('call.escalated', 'no usable call id'),
  );
});

test('a summary that came empty is told apart from one that did not come', () => {
  const data = (inside: object) => dataOf('vinfer', 'call.escalated', body('call.escalated', {}, inside));
  expect(data({ conversation_summary: '' }).summary).toBe('');
  expect(data({ conversation_summary: null })).not.toHaveProperty('summary');
  expect(data({})).not.toHaveProperty('summary');
});

test('an escalation may be flat, too', () => {
  expect(
    decoded('vinfer', {
      event: 'call.escalated',
      call_id: 'call_2',
      contact: { phone: '+911', name: 'Amit', tier: 'gold' },
      transfer_to: '+918001234567',
      transfer_type: 'warm',
      wait_music: 'raga',
    }),
  ).toEqual({
    type: 'call.escalated',
    subject: 'vinfer:call_2',
    istest: false,
    data: {
      to: '+918001234567',
      transfer: 'warm',
      contact: { name: 'Amit', phone: '+911', tier: 'gold' },
      wait_music: 'raga',
    },
  });
});

test('a call-back time without zone is not an instant, and is kept where it was not understood', () => {
  const data = dataOf('vinfer', 'call.ended', body('call.completed', {}, { callback_time: '2024-01-16T10:00:00' }));
  expect(data).not.toHaveProperty('callback_time');
  expect(data.unread).toEqual({ callback_time: '2024-01-16T10:00:00' });
});

describe('dispositions set', () => {
  const data = (inside: object, more: object = {}) =>
    dataOf('vinfer', 'call.disposition', body('call.disposition_set', more, inside));

  test('without an author it is the platform that says so', () => {
    expect(data({ disposition: 'payment_promised' })).toEqual({
      value: 'payment_promised',
      by: 'platform',
      campaign: 'cmp_1',
      contact: { name: 'Priya Sharma', phone: '+919876543210' },
    });
  });

  test('the AI as author is told apart, a person in the console is not ours', () => {
    expect(data({ disposition: 'dispute', set_by: 'Neuron' })).toMatchObject({ by: 'ai', set_by: 'Neuron' });
    expect(data({ disposition: 'dispute', set_by: 'agent' })).toMatchObject({ by: 'platform', set_by: 'agent' });
  });

  test('notes and call-back come along', () => {
    expect(
      data({ disposition: 'callback', notes: 'after 6', callback_time: '2024-01-16T18:00:00+05:30' }),
    ).toMatchObject({
      value: 'callback',
      notes: 'after 6',
      callback: { at: '2024-01-16T12:30:00.000Z' },
    });
  });

  test('a disposition that is an object is read by its value', () => {
    expect(data({ disposition: { code: 'dnc', label: 'Do not call' } }).value).toBe('dnc');
  });

  test.each([{}, { disposition: null }, { disposition: '' }, { disposition: [] }])('%o is none', (inside) => {
    expect(decoded('vinfer', body('call.disposition_set', {}, inside))).toEqual(
      unknown('call.disposition_set', 'no disposition'),
    );
  });
});

test('a transcription that is ready brings its address', () => {
  const url = 'https://api.vinfer.ai/v1/transcription/job_1/transcript';
  expect(decoded('vinfer', body('call.transcription_ready', { transcript_url: url }))).toMatchObject({
    type: 'call.transcript',
    subject: 'vinfer:call_1',
    data: { transcript_url: url },
  });
  expect(decoded('vinfer', body('call.transcription_ready')).type).toBe('platform.unknown');
});

test.each(['campaign.started', 'campaign.paused', 'campaign.completed'])('%s belongs to a campaign', (type) => {
  expect(
    decoded('vinfer', {
      event: type,
      event_id: 'evt_9',
      timestamp: '2024-01-15T10:00:00Z',
      campaign_id: 'cmp_1',
      campaign: { campaign_id: 'cmp_1', name: 'January', status: 'x' },
      totals: { contacts: 10 },
    }),
  ).toEqual({
    type,
    id: 'evt_9',
    subject: 'vinfer:campaign/cmp_1',
    time: '2024-01-15T10:00:00.000Z',
    istest: false,
    data: { campaign: 'cmp_1', totals: { contacts: 10 }, campaign_id: 'cmp_1', name: 'January', status: 'x' },
  });
});

test('an event nobody has heard of is kept as such', () => {
  expect(decoded('vinfer', body('call.teleported'))).toEqual(unknown('call.teleported', 'event type not known'));
});
