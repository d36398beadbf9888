/** Configurations of the embedded relay and the practice floor (docs/configuration.md), secrets in place. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** One number and one label that lead to the one agent of an embedded relay. */
export const PRACTICE_NUMBER = '+918001234567';
const PRACTICE_LABEL = 'Customer Support';

export const SOLE_AGENT = { id: 'me', name: 'You' } as const;

/** New with every start: nobody but this run's floor and relay ever knows them. */
export interface PracticeSecrets {
  /** Signs VInfer's and VoiceInfra's webhooks. */
  webhook: string;
  /** Infer's secret path and Salpre's header: those platforms sign nothing. */
  path: string;
  header: string;
  apiKey: string;
}

export function makePracticeSecrets(): PracticeSecrets {
  const secret = () => randomBytes(32).toString('base64url');
  return { webhook: secret(), path: secret(), header: secret(), apiKey: secret() };
}

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const SALPRE_HEADER = 'x-handover-key';

/** The simulated floor. Its seed is left to chance: a relay that remembers earlier runs must not see their ids again. */
export function floorConfig(secrets: PracticeSecrets, port: number): Record<string, unknown> {
  const { webhook, path: pathSecret, header, apiKey } = secrets;
  return {
    listen: { ...LOOPBACK, port },
    platforms: {
      vinfer: { secret: webhook, api_key: apiKey },
      voiceinfra: { secret: webhook, api_key: apiKey },
      infer: { path_secret: pathSecret, api_key: apiKey },
      salpre: { header: { name: SALPRE_HEADER, value: header }, api_key: apiKey },
    },
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
  const { webhook, path: pathSecret, header, apiKey: key } = secrets;
  const api = (platform: string) => ({ base: `${floorUrl}/${platform}`, key });
  return {
    listen: { ...LOOPBACK, port },
    store: { kind: 'sqlite', path: path.join(profile, 'practice', 'relay.db') },
    platforms: {
      vinfer: { secrets: [webhook], api: api('vinfer') },
      // Agents and lines by whatever name: the floor plays them all.
      voiceinfra: {
        secrets: [webhook],
        api: { ...api('voiceinfra'), agent_id: 'agent_practice', from_number: '+14155550100' },
      },
      infer: { path_secret: pathSecret, api: { ...api('infer'), voice_agent_id: 'agent_practice' } },
      salpre: {
        header: { name: SALPRE_HEADER, value: header },
        api: { ...api('salpre'), from: 'salprebox:PRACTICE', agent_id: 1 },
      },
    },
    queues: [],
  };
}

/** @param platforms the relay's own `platforms` section, from the keychain */
export function soloRelayConfig(
  profile: string,
  port: number,
  platforms: Record<string, unknown>,
): Record<string, unknown> {
  return {
    listen: { host: '127.0.0.1', port },
    store: { kind: 'sqlite', path: path.join(profile, 'solo', 'relay.db') },
    platforms,
    queues: [],
  };
}
