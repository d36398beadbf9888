import { signatureOf } from '../lib/signature';
import type { TestEvent } from '../platform';
import type { VoiceinfraConfig } from './config';

export function voiceinfraTestEvent({ secrets }: VoiceinfraConfig, call: string, now: number): TestEvent {
  const body = JSON.stringify({ call_id: call, end_time: new Date(now).toISOString(), is_test: true });
  return { headers: secrets.length === 0 ? {} : { 'x-voiceinfra-signature': signatureOf(body, secrets) }, body };
}
