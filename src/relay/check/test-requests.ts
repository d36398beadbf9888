/**
 * A harmless test event per platform, signed or addressed as the platform itself would do it. The only place of the relay
 * that knows how platforms sign, because `check` plays their part.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';

export interface TestRequest {
  /** Below the relay's address. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

type Builder = (config: unknown, call: string, now: number) => TestRequest | undefined;

const secretsSchema = z.object({ secrets: z.array(z.string()) });
const inferSchema = z.object({ path_secret: z.string() });
const salpreSchema = z.object({ header: z.object({ name: z.string(), value: z.string() }) });

/** @returns undefined where nothing is signed, so that nothing could be proven */
function signed(platform: string, header: string, config: unknown, content: object): TestRequest | undefined {
  const body = JSON.stringify(content);
  const [secret] = secretsSchema.parse(config).secrets;
  const path = `/hooks/${platform}`;
  if (secret === undefined) return { path, headers: {}, body };
  return { path, headers: { [header]: createHmac('sha256', secret).update(body).digest('hex') }, body };
}

const builders: Readonly<Record<string, Builder>> = {
  vinfer: (config, call, now) =>
    signed('vinfer', 'x-vinfer-signature', config, {
      event: 'call.escalated',
      event_id: call,
      timestamp: new Date(now).toISOString(),
      is_test: true,
      call: { call_id: call },
    }),
  voiceinfra: (config, call, now) =>
    signed('voiceinfra', 'x-voiceinfra-signature', config, {
      call_id: call,
      end_time: new Date(now).toISOString(),
      is_test: true,
    }),
  infer: (config, call, now) => ({
    path: `/hooks/infer/${inferSchema.parse(config).path_secret}`,
    headers: {},
    body: JSON.stringify({
      type: 'transfer-call',
      call_id: call,
      timestamp: new Date(now).toISOString(),
      is_test: true,
    }),
  }),
  salpre: (config, call, now) => {
    const { name, value } = salpreSchema.parse(config).header;
    const timestamp = Math.floor(now / 1000);
    const content = { event_type: 'call_ringing', timestamp_utc: timestamp, is_test: true, payload: { call_id: call } };
    return { path: '/hooks/salpre', headers: { [name]: value }, body: JSON.stringify(content) };
  },
};

/** Undefined for a platform that `check` cannot play. */
export function testRequest(platform: string, config: unknown, call: string, now: number): TestRequest | undefined {
  return Object.hasOwn(builders, platform) ? builders[platform]?.(config, call, now) : undefined;
}
