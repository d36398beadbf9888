/** Lists and leads for tests, put into a store the way an import does it. */
import type { NewLead } from '../../../src/relay/leads/import/reader';
import { newListRow } from '../../../src/relay/leads/lists';
import type { Person, Settlement } from '../../../src/relay/leads/port';
import type { Store } from '../../../src/relay/store/port';
import type { NewList } from '../../../src/shared/contract/leads';

export const ASHA: Person = { id: 'asha', name: 'Asha Rao' };
export const RAVI: Person = { id: 'ravi', name: 'Ravi Iyer' };
export const INDIA = JSON.stringify({ country: 'IN', regions: [], zones: ['Asia/Kolkata'], line_type: 'mobile' });
export const LONDON = JSON.stringify({ country: 'GB', regions: [], zones: ['Europe/London'], line_type: 'mobile' });

export interface SeedLead {
  phone: string;
  name?: string;
  more?: string[];
  priority?: number;
  place?: string;
  segment?: string;
  zone?: string;
}

let made = 0;

export async function makeList(store: Store, list: Partial<NewList> = {}, now = 0): Promise<number> {
  made += 1;
  const row = newListRow({ name: `list ${made}`, purpose: 'service', kind: 'ai_voice', ...list }, ASHA, now);
  const created = await store.leads.createList(row);
  if (created === undefined) throw new Error('the name is taken');
  return created.id;
}

export function newLead(
  { phone, name, more = [], priority = 0, place = INDIA, segment, zone }: SeedLead,
  row: number,
): NewLead {
  const phones = [phone, ...more].map((one) => ({ phone: one, label: null }));
  const record = {
    ...{ phones, language: null, zone: zone ?? null, region: null, postcode: null },
    ...{ external_id: null, fields: {}, consent: null },
  };
  const common = { row, line: row + 1, phone, more, priority, place, leftOut: 0, consent: null };
  const of = { segment: segment ?? null };
  return { ...common, ...of, name: name ?? null, record: JSON.stringify(record) };
}

/** Stores leads and lets them be seen. */
export async function addLeads(store: Store, list: number, leads: SeedLead[], now = 0): Promise<void> {
  const job = await store.leadImports.create(now, '{}');
  await store.leadImports.save(job, 'uploading', 'checked', '{}', now);
  await store.leadImports.begin(job, { list }, '{}', now);
  const rows = leads.map((lead, index) => newLead(lead, index + 1));
  await store.leadImports.storeLeads(job, 0, { upTo: rows.length, leads: rows, bad: [] }, now);
  await store.leadImports.save(job, 'importing', 'publishing', '{}', now);
  while ((await store.leadImports.publish(job, list, 500, { agent: 'asha', import: job, seller: 'Acme' })) > 0);
  await store.leadImports.save(job, 'publishing', 'done', '{}', now);
}

/** A settlement with what does not matter to the test filled in. */
export function settlement(what: Pick<Settlement, 'lead' | 'verb' | 'to'> & Partial<Settlement>): Settlement {
  return {
    ...{ agent: ASHA, supervisor: false, lists: null, reason: null, note: null, now: 0 },
    fingerprint: what.verb,
    ...what,
  };
}
