import { signatureOf } from '../lib/signature';
import type { TestEvent } from '../platform';
import type { VinferConfig } from './config';

export function vinferTestEvent({ secrets }: VinferConfig, call: string, now: number): TestEvent {
  const body = JSON.stringify({
    event: 'call.escalated',
    event_id: call,
    timestamp: new Date(now).toISOString(),
    is_test: true,
    call: { call_id: call },
  });
  return { headers: { 'x-vinfer-signature': signatureOf(body, secrets) }, body };
}
