import type { GatewayDeps, GatewayTimings } from '../gateway';
import type { CapabilityBook } from './capabilities';
import { PlatformClient } from './client';

/** A client for each configured platform. */
export function openClients(
  { platforms, clock, random, fetch }: Pick<GatewayDeps, 'platforms' | 'clock' | 'random' | 'fetch'>,
  capabilities: CapabilityBook,
  { platformTimeoutMs: timeoutMs, breakMs }: Pick<GatewayTimings, 'platformTimeoutMs' | 'breakMs'>,
): Map<string, PlatformClient> {
  return new Map(
    [...platforms].map(([name, configured]) => [
      name,
      new PlatformClient({ configured, fetch, clock, random, capabilities, timeoutMs, breakMs }),
    ]),
  );
}
