/** The consents' store port over whatever runs the works. */
import type { Ask } from '../store/works';
import type { ConsentStore } from './port';

export function consentStoreOver(ask: Ask): ConsentStore {
  return {
    recordConsents: (consents) => ask('recordConsents', consents),
    consents: (phoneHash, limit, offset) => ask('consents', phoneHash, limit, offset),
    revokeConsent: async (id, by, reason, at) => (await ask('revokeConsent', id, by, reason, at)) ?? undefined,
  };
}
