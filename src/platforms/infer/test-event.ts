import type { TestEvent } from '../platform';
import type { InferConfig } from './config';

export function inferTestEvent({ path_secret }: InferConfig, call: string, now: number): TestEvent {
  const content = { type: 'transfer-call', call_id: call, timestamp: new Date(now).toISOString(), is_test: true };
  return { headers: {}, body: JSON.stringify(content), pathSecret: path_secret };
}
