/** The CRM connectors' store port over whatever runs the works. */
import type { Ask } from '../store/works';
import type { CrmStore } from './port';

export function crmStoreOver(ask: Ask): CrmStore {
  return {
    queueCrm: (outcomes, news, due, readUpTo) => ask('queueCrm', outcomes, news, due, readUpTo),
    dueCrm: (now, limit) => ask('dueCrm', now, limit),
    nextCrmDue: async () => (await ask('nextCrmDue')) ?? undefined,
    takeCrm: ({ id, revision }, now, until) => ask('takeCrm', id, revision, now, until),
    noteCrm: (id, refs) => ask('noteCrm', id, refs),
    endCrm: (end) => ask('endCrm', end),
    crmDeliveries: (filter) => ask('crmDeliveries', filter),
    crmDelivery: async (id) => (await ask('crmDelivery', id)) ?? undefined,
    replayCrm: (id, now) => ask('replayCrm', id, now),
    chooseCrm: (id, record, phoneHash, by, now) => ask('chooseCrm', id, record, phoneHash, by, now),
    crmChoice: async (connector, phoneHash) => (await ask('crmChoice', connector, phoneHash)) ?? undefined,
    dismissCrm: (state, ids) => ask('dismissCrm', state, ids ?? null),
  };
}
