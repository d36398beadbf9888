/** Configurations of the embedded relay and the practice floor (docs/configuration.md), secrets in place. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** One number and one label that lead to the one agent of an embedded relay. */
export const PRACTICE_NUMBER = '+918001234567';
const PRACTICE_LABEL = 'Customer Support';

export const SOLE_AGENT = { id: 'me', name: 'You' } as const;

/** New with every start: nobody but this run's floor and relay ever knows them. */
export interface PracticeSecrets {
  webhook: string;
  apiKey: string;
}

export function makePracticeSecrets(): PracticeSecrets {
  return { webhook: randomBytes(32).toString('base64url'), apiKey: randomBytes(32).toString('base64url') };
}

const LOOPBACK = { host: '127.0.0.1', port: 0 };

/** The simulated floor. Its seed is left to chance: a relay that remembers earlier runs must not see their ids again. */
export function floorConfig(secrets: PracticeSecrets, port: number): Record<string, unknown> {
  return {
    listen: { ...LOOPBACK, port },
    platforms: { vinfer: { secret: secrets.webhook, api_key: secrets.apiKey } },
    time_scale: 1,
    script: 'floor',
    transfer_to: { numbers: [PRACTICE_NUMBER], labels: [PRACTICE_LABEL] },
  };
}

export function practiceRelayConfig(
  profile: string,
  secrets: PracticeSecrets,
  floorUrl: string,
  port: number,
): Record<string, unknown> {
  return {
    listen: { ...LOOPBACK, port },
    store: { kind: 'sqlite', path: path.join(profile, 'practice', 'relay.db') },
    platforms: {
      vinfer: { secrets: [secrets.webhook], api: { base: `${floorUrl}/vinfer`, key: secrets.apiKey } },
    },
    queues: [],
  };
}

/** @param platforms the relay's own `platforms` section, from the keychain */
export function soloRelayConfig(profile: string, platforms: Record<string, unknown>): Record<string, unknown> {
  return {
    // Fixed, because the platforms' dashboards hold the address that leads here.
    listen: { host: '127.0.0.1', port: 4780 },
    store: { kind: 'sqlite', path: path.join(profile, 'solo', 'relay.db') },
    platforms,
    queues: [],
  };
}
