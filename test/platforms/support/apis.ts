/** REST sides against a base address, with settings as small as they may be. */
import type { PlatformApi } from '../../../src/platforms/api';
import { configOf, platformOf } from './configs';

export const KEY = 'key-of-the-tests';

const settings: Record<string, object> = {
  vinfer: {},
  voiceinfra: { agent_id: 'agent_1', from_number: '+18005551234' },
  infer: { voice_agent_id: 'va_1' },
  salpre: { from: 'salprebox:SERIAL', agent_id: 5 },
};

export function apiOf(name: string, base: string, more: object = {}): PlatformApi {
  const config = configOf(name, { api: { base, key: KEY, ...settings[name], ...more } });
  const api = platformOf(name).api(config, globalThis.fetch);
  if (api === undefined) throw new Error('no REST side');
  return api;
}
