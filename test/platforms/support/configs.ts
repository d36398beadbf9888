/** A working configuration section per platform, as the relay would hand it over: parsed by the platform's schema. */
import { createHmac } from 'node:crypto';
import type { Platform, WebhookRequest } from '../../../src/platforms/platform';
import { platforms } from '../../../src/platforms/registry';

const SECRET = 'a signing secret of the tests';
export const PATH_SECRET = 'Zx81-Kd93_mQp7Lr2Vt6Yw';
export const HEADER_SECRET = 'a-header-value-of-the-tests';

const sections: Record<string, unknown> = {
  vinfer: { secrets: [SECRET] },
  voiceinfra: { secrets: [SECRET] },
  infer: { path_secret: PATH_SECRET },
  salpre: { header: { name: 'X-Handover-Key', value: HEADER_SECRET } },
};

export function platformOf(name: string): Platform {
  const platform = platforms.get(name);
  if (platform === undefined) throw new Error(`no platform ${name}`);
  return platform;
}

export function configOf(name: string, more: Record<string, unknown> = {}): unknown {
  return platformOf(name).configSchema.parse({ ...(sections[name] as object), ...more });
}

export function hmac(body: Uint8Array, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** The request as the platform itself would send it. */
export function authentic(name: string, rawBody: Uint8Array): WebhookRequest {
  switch (name) {
    case 'vinfer':
      return { headers: { 'x-vinfer-signature': hmac(rawBody) }, rawBody };
    case 'voiceinfra':
      return { headers: { 'x-voiceinfra-signature': hmac(rawBody) }, rawBody };
    case 'infer':
      return { headers: {}, rawBody, pathSecret: PATH_SECRET };
    case 'salpre':
      return { headers: { 'x-handover-key': HEADER_SECRET }, rawBody };
    default:
      throw new Error(`no platform ${name}`);
  }
}
