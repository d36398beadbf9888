import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { platforms } from '../../src/platforms/registry';

const fixture = (path: string): Buffer => readFileSync(new URL(`../fixtures/payloads/vinfer/${path}`, import.meta.url));
const vinfer = platforms.get('vinfer')!;

test('an escalation carries trigger, target, summary and customer', () => {
  expect(vinfer.webhook.decode(fixture('call.escalated.json'))).toEqual([
    {
      type: 'call.escalated',
      id: 'evt_2b8d5f1a9c6e',
      subject: 'vinfer:call_9b2c4e7f1a3d',
      time: '2024-01-15T06:08:05.000Z',
      istest: false,
      data: {
        trigger: 'sentiment_negative',
        to: '+918001234567',
        transfer: 'unknown',
        summary: 'Customer disputed the outstanding amount and requested to speak with a manager.',
        contact: { name: 'Amit Patel', phone: '+919123456789' },
        campaign: 'cmp_8f3a2b1c9d4e',
      },
    },
  ]);
});

test('a nested completed call becomes call.ended in UTC', () => {
  expect(vinfer.webhook.decode(fixture('call.completed.json'))).toEqual([
    {
      type: 'call.ended',
      id: 'evt_7c3d9f2a1b8e',
      subject: 'vinfer:call_4a9e1f7b2c3d',
      time: '2024-01-15T06:13:22.000Z',
      istest: false,
      data: {
        campaign: 'cmp_8f3a2b1c9d4e',
        contact: { name: 'Priya Sharma', phone: '+919876543210' },
        duration_seconds: 94,
        disposition: 'callback_requested',
        callback_time: '2024-01-16T04:30:00.000Z',
        escalated: false,
        recording_url: 'https://recordings.vinfer.ai/call_4a9e1f7b2c3d.mp3',
        language: 'hi-IN',
        custom_fields: { loan_amount: 50000 },
      },
    },
  ]);
});

test('a flat completed call becomes the same kind of event, without an id of its own', () => {
  const [event] = vinfer.webhook.decode(fixture('call.completed.flat.json'));
  expect(event).toEqual({
    type: 'call.ended',
    subject: 'vinfer:call_abc123',
    time: '2024-01-15T10:35:22.000Z',
    istest: false,
    data: {
      campaign: 'camp_xyz456',
      contact: { phone: '+919876543210', name: 'Priya Sharma' },
      disposition: 'interested',
      duration_seconds: 145,
      language: 'hi-IN',
      transcript_url: 'https://api.vinfer.ai/v1/transcription/job_def789/transcript',
      sentiment: 'positive',
      qa_score: 87,
      summary:
        'Customer confirmed interest in the top-up loan product. Requested a callback from the sales team before 3 PM today.',
    },
  });
});
