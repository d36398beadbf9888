/** A checked file on its way into a campaign: its contacts, and its end once the platform has them. */
import type { NewCampaign } from '../../../platforms/api';
import type { CampaignTarget } from '../../../shared/contract/lead-imports';
import type { Clock } from '../../clock';
import type { ConsentStore, StoredConsent } from '../../consents/port';
import { storedConsent } from '../../consents/record';
import { Problem } from '../../gateway/http/problem';
import { leadRecordSchema, type LeadRecord } from '../record';
import { beginLawfully, type BeginDeps } from './campaign-hours';
import type { ContactRules } from './contact-rules';
import { fileBatches, Overtaken, type FileBatchDeps } from './file-batches';
import { jobOf, type KeptJob } from './job';
import type { ImportRow, ImportStore } from './port';
import type { NewLead } from './reader';

export interface ContactsOfFile {
  target: CampaignTarget;
  contacts: NewCampaign['contacts'];
  /** Accepted by the dry run, and forbidden by now. */
  leftOut: number;
  /** Where they could be, JSON. */
  places: readonly string[];
  /** When it begins, where that is not what was asked for. */
  movedTo?: string;
}

export interface CampaignFiles {
  /**
   * @param start when it is to begin, ISO 8601; null: at once
   * @throws Problem `not_found` or `conflict` when it is not what was looked at, `dial_blocked` when it may begin at no time
   */
  contacts(id: number, check: string, start: string | null): Promise<ContactsOfFile>;
  /** The campaign is made: the file has done its work. */
  spent(id: number): Promise<void>;
}

export interface CampaignFilesDeps extends FileBatchDeps {
  store: Pick<ImportStore, 'job' | 'piece' | 'segments' | 'save'>;
  begin: BeginDeps;
  consents: Pick<ConsentStore, 'recordConsents'>;
  /** Who calls. */
  seller: string;
  /** Deletes the file of a job that has ended. */
  dropFile: (row: ImportRow) => Promise<void>;
  clock: Clock;
}

/** The file's own columns beside the number and the name; none of them can take the place of those. */
function contactOf({ phone, name, segment }: NewLead, { fields, language, external_id: id }: LeadRecord) {
  return {
    ...fields,
    ...(language === null ? {} : { language }),
    ...(id === null ? {} : { external_id: id }),
    ...(segment === null ? {} : { segment }),
    phone,
    ...(name === null ? {} : { name }),
  };
}

export function createCampaignFiles(deps: CampaignFilesDeps): CampaignFiles {
  const { store, begin, consents, seller, dropFile, clock } = deps;

  /** The consent that the file states of one customer. One without a date counts from the upload. */
  const consentIn = (
    lead: NewLead,
    { consent }: LeadRecord,
    target: CampaignTarget,
    row: ImportRow,
  ): StoredConsent[] => {
    if (consent === null) return [];
    const given = {
      ...{ phone: lead.phone, kinds: ['ai_voice' as const], purposes: [target.purpose] },
      ...{ written: consent.level === 'written', source: consent.source ?? `import ${row.id}` },
      given_at: consent.given_at ?? new Date(row.created).toISOString(),
    };
    return [storedConsent(given, seller, jobOf(row).by.id, row.created)];
  };

  const read = async (row: ImportRow, job: KeptJob, target: CampaignTarget, asked: ContactRules) => {
    const contacts: NewCampaign['contacts'] = [];
    for await (const { leads, fault } of fileBatches(deps, row, job)) {
      if (fault !== undefined)
        throw new Problem('conflict', 'The file can no longer be read as it was; check it again');
      const records = new Map(leads.map((lead) => [lead.row, leadRecordSchema.parse(JSON.parse(lead.record))]));
      const said = leads.flatMap((lead) => {
        const record = records.get(lead.row);
        return record === undefined ? [] : consentIn(lead, record, target, row);
      });
      // Before the rules are asked: what the file states of a consent is from now on on record, with its date.
      if (said.length > 0) await consents.recordConsents(said);
      const { callable } = await asked.look(leads.map((lead) => ({ ...lead, consent: null })));
      for (const lead of callable) {
        const record = records.get(lead.row);
        if (record !== undefined) contacts.push(contactOf(lead, record));
      }
    }
    return contacts;
  };

  return {
    async contacts(id, check, start) {
      const row = await store.job(id);
      if (row === undefined) throw new Problem('not_found', 'No such file of contacts');
      const job = jobOf(row);
      const { list: target } = job.settings;
      if (!('campaign_at' in target)) throw new Problem('conflict', 'This file was checked for a list');
      if (row.state === 'done') throw new Problem('conflict', 'A campaign was made from this file already');
      if (row.state !== 'checked' || job.report?.check !== check) {
        throw new Problem('conflict', 'The file was checked again or put away meanwhile; look first');
      }
      try {
        const begun = await beginLawfully(begin, { ...target, start }, (asked) => read(row, job, target, asked));
        const { read: contacts, ...when } = begun;
        if (contacts.length === 0) throw new Problem('conflict', 'Nobody in this file may be called by now');
        return { target, contacts, leftOut: Math.max(0, job.report.imported - contacts.length), ...when };
      } catch (error) {
        if (error instanceof Overtaken)
          throw new Problem('conflict', 'The file was deleted meanwhile; choose it again');
        throw error;
      }
    },
    async spent(id) {
      const row = await store.job(id);
      if (row?.state !== 'checked') return;
      const now = clock.now();
      const job = JSON.stringify({ ...jobOf(row), finished: now });
      // Put away meanwhile, by a person or another relay: then it is on its way out already.
      if (await store.save(id, 'checked', 'done', job, now)) await dropFile({ ...row, state: 'done', job });
    },
  };
}
