/** What a connector is to the outbox: it brings one call to one CRM, in steps of which each is noted as soon as it is done. */
import type { CrmRecord } from '../../../shared/contract/crm';
import type { CrmRefs } from '../port';
import type { Told } from '../told';

export interface Delivery {
  told: Told;
  /** What the CRM calls what was written there before. */
  refs: CrmRefs;
  /** Counts up with everything new that is told. */
  revision: number;
  /** There may have been an attempt whose end nobody knows: look before anything is made. */
  again: boolean;
  /** The record a person chose for this number, now or before. */
  choice?: string;
  /** Notes durably what was written; await it before the next step. */
  note: (refs: CrmRefs) => Promise<void>;
  signal: AbortSignal;
}

/** `nobody`: written, and no record has the number. */
export type Delivered = { ok: true; nobody?: boolean } | { ok: false; candidates: CrmRecord[] };

export interface Connector {
  id: string;
  /** @throws PlatformError and nothing else that is expected */
  deliver(delivery: Delivery): Promise<Delivered>;
}

/** Records of the number, and which one it is: the chosen one, else the one before, else the only one. */
export function pick(found: readonly CrmRecord[], { choice, refs }: Delivery): CrmRecord | 'several' | undefined {
  const named = found.find(({ ref }) => ref === choice) ?? found.find(({ ref }) => ref === refs.record);
  if (named !== undefined) return named;
  return found.length > 1 ? 'several' : found[0];
}
