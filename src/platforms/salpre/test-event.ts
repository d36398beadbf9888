import type { TestEvent } from '../platform';
import type { SalpreConfig } from './config';

export function salpreTestEvent({ header }: SalpreConfig, call: string, now: number): TestEvent {
  const timestamp = Math.floor(now / 1000);
  const content = { event_type: 'call_ringing', timestamp_utc: timestamp, is_test: true, payload: { call_id: call } };
  return { headers: { [header.name]: header.value }, body: JSON.stringify(content) };
}
