/** What consents need of the store. A write that resolved is durable. None of it leaves by age. */
import type { Consent } from '../../shared/contract/consents';

/** The id is made of what the record says, so that the same consent handed in again is the same one. */
export type StoredConsent = Omit<Consent, 'revoked'>;

export interface ConsentStore {
  /** Returns how many were new. */
  recordConsents(consents: StoredConsent[]): Promise<number>;
  consents(phoneHash: string, limit: number, offset: number): Promise<{ total: number; data: Consent[] }>;
  /** Withdraws a consent; one that was withdrawn before keeps its first withdrawal. Undefined: there is none. */
  revokeConsent(id: string, by: string, reason: string, at: number): Promise<Consent | undefined>;
}
