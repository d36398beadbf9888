/** A voice platform for relay tests: a shared key in a header, and bodies that already are decoded events. */
import { z } from 'zod';
import type { DecodedEvent, Platform } from '../../../src/platforms/platform';

export const TEST_KEY = 'test-key';

/** While on, the decoder understands nothing: a platform that changed its bodies before we were upgraded. */
export const decoderFault = { on: false };

const bodySchema = z.object({ events: z.array(z.custom<DecodedEvent>()).min(1) });

export const testPlatform: Platform<{ key: string }> = {
  traits: { name: 'test', label: 'Test', live_transcript: true, escalation_summary: true, escalates: true },
  configSchema: z.strictObject({ key: z.string() }),
  webhook: {
    authenticate: ({ headers }, { key }) =>
      headers['x-test-key'] === key ? { ok: true, trust: 'signed' } : { ok: false, reason: 'wrong key' },
    decode: (rawBody) => {
      if (decoderFault.on) return [{ type: 'platform.unknown', istest: false, data: { reason: 'on purpose' } }];
      try {
        return bodySchema.parse(JSON.parse(Buffer.from(rawBody).toString())).events;
      } catch {
        return [{ type: 'platform.unknown', istest: false, data: { reason: 'not JSON' } }];
      }
    },
  },
  api: () => undefined,
  testEvent: ({ key }, call) => ({
    headers: { 'x-test-key': key },
    body: JSON.stringify({ events: [{ ...escalation(call), istest: true }] }),
  }),
};

/** An escalation of a test call. */
export function escalation(call: string, more: { id?: string; time?: string; to?: string; label?: string } = {}) {
  const { id, time = new Date().toISOString(), to, label } = more;
  return {
    type: 'call.escalated' as const,
    ...(id === undefined ? {} : { id }),
    subject: `test:${call}`,
    time,
    istest: false,
    data: {
      transfer: 'unknown' as const,
      summary: `about ${call}`,
      ...(to === undefined ? {} : { to }),
      ...(label === undefined ? {} : { label }),
    },
  };
}

export function turn(call: string, key: string, text: string): DecodedEvent {
  return {
    type: 'call.turn',
    id: `${call}-${key}-${text}`,
    subject: `test:${call}`,
    time: new Date().toISOString(),
    istest: false,
    data: { speaker: 'customer', text, partial: false, key },
  };
}

export function ended(call: string): DecodedEvent {
  return {
    type: 'call.ended',
    id: `${call}-ended`,
    subject: `test:${call}`,
    time: new Date().toISOString(),
    istest: false,
    data: { reason: 'hangup' },
  };
}
