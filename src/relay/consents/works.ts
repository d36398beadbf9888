/** What consents can ask of the database; merged into the store's table of works. */
import type { StoredConsent } from './port';
import { ConsentTable } from './table';

export function consentWorks() {
  const table = new ConsentTable();
  return {
    writes: {
      recordConsents: (consents: StoredConsent[]) => table.record(consents),
      revokeConsent: (id: string, by: string, reason: string, at: number) => table.revoke(id, by, reason, at),
    },
    reads: {
      consents: (hash: string, limit: number, offset: number) => table.of(hash, limit, offset),
    },
  };
}
