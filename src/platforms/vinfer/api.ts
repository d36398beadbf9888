/**
 * VInfer's REST API: base `…/v1`, `Authorization: Bearer`, `Idempotency-Key` on POST (24 h), `X-RateLimit-*`. Starting
 * one call and setting a disposition are not in its published list: what the account offers is tried and remembered.
 */
import type { Capabilities, PlatformApi } from '../api';
import { httpApi } from '../lib/http';
import { campaignsOf } from './api-campaigns';
import { callsOf, suppressingOf } from './api-calls';
import { startingOf } from './api-start';
import { webhooksOf } from './api-webhooks';
import type { VinferConfig } from './config';

export type VinferApiConfig = NonNullable<VinferConfig['api']>;

export function vinferApi(config: VinferConfig, fetch: typeof globalThis.fetch): PlatformApi | undefined {
  if (config.api === undefined) return undefined;
  const headers = { authorization: `Bearer ${config.api.key}` };
  const http = httpApi({ platform: 'vinfer', base: config.api.base, prefix: '/v1', headers, fetch });
  const learned: Capabilities = { startCall: config.api.start_call, disposition: 'unknown' };
  return {
    startIsRepeatable: true,
    capabilities: () => ({ ...learned }),
    ...startingOf(http, config.api, learned),
    ...callsOf(http, config.api, learned),
    ...suppressingOf(http, config.api),
    ...campaignsOf(http),
    ...webhooksOf(http),
  };
}
