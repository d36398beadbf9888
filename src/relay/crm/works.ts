/** What the CRM connectors can ask of the database; merged into the store's table of works. */
import type { CrmState } from '../../shared/contract/crm';
import { JobTables } from '../gateway/store/jobs';
import type { Work } from '../store/sql';
import type { CrmEnd, CrmFilter, CrmOutcome, CrmRefs } from './port';
import { CrmTable } from './table';

/** Mark of how far the log was read for outcomes. */
export const CRM_MARK = 'crm.offset';

export function crmWorks() {
  const table = new CrmTable();
  const jobs = new JobTables();
  return {
    writes: {
      *queueCrm(outcomes: CrmOutcome[], news: string[], due: number, readUpTo: number): Work<void> {
        for (const outcome of outcomes) yield* table.queue(outcome, due);
        for (const call of news) yield* table.news(call, due);
        yield* jobs.putMark(CRM_MARK, readUpTo);
      },
      takeCrm: (id: string, revision: number, now: number, until: number) => table.take(id, revision, now, until),
      noteCrm: (id: string, refs: CrmRefs) => table.note(id, refs),
      endCrm: (end: CrmEnd) => table.end(end),
      replayCrm: (id: string, now: number) => table.replay(id, now),
      chooseCrm: (id: string, record: string, hash: string, by: string, now: number) =>
        table.choose(id, record, hash, by, now),
      dismissCrm: (state: CrmState, ids: string[] | null) => table.dismiss(state, ids),
    },
    reads: {
      dueCrm: (now: number, limit: number) => table.due(now, limit),
      nextCrmDue: () => table.nextDue(),
      crmDeliveries: (filter: CrmFilter) => table.list(filter),
      crmDelivery: (id: string) => table.get(id),
      crmChoice: (connector: string, hash: string) => table.choice(connector, hash),
    },
  };
}
