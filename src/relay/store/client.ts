/** The store port's promises over whatever runs the works. */
import { consentStoreOver } from '../consents/client';
import { crmStoreOver } from '../crm/client';
import { dialStoreOver } from '../dialling/client';
import { dncStoreOver } from '../dnc/client';
import { gatewayStoreOver } from '../gateway/store/client';
import { callbackStoreOver, importStoreOver, leadStoreOver } from '../leads/store/client';
import type { Store } from './port';
import type { StoreEvents } from './events';
import type { Ask } from './works';

/** What each store knows by itself. */
type Own = 'position' | 'shared' | 'onDuty' | 'clockOffset' | 'refresh' | 'close';

/** Everything of the store but its position, its listeners and its end. */
export function storeOver(ask: Ask): Omit<Store, Own | keyof StoreEvents> {
  return {
    append: (events, arrival) => ask('append', events, arrival),
    claim: (request) => ask('claim', request),
    renew: (request) => ask('renew', request),
    release: (request) => ask('release', request),
    lapse: (claim, now) => ask('lapse', claim, now),
    activeClaims: () => ask('activeClaims'),
    page: (after, viewer, limit) => ask('page', after, viewer, limit),
    snapshots: (viewer, since, limit) => ask('snapshots', viewer, since, limit),
    putAgent: (agent, tokenHash) => ask('putAgent', agent, tokenHash),
    removeAgent: (id) => ask('removeAgent', id),
    agents: () => ask('agents'),
    roster: () => ask('roster'),
    agentByToken: async (tokenHash) => (await ask('agentByToken', tokenHash)) ?? undefined,
    overdueClaims: (sinceMs) => ask('overdueClaims', sinceMs),
    takeSeat: (request) => ask('takeSeat', request),
    leaveSeat: (seat) => ask('leaveSeat', seat),
    doubtSeat: (agent) => ask('doubtSeat', agent),
    setState: (agent, state) => ask('setState', agent, state),
    gateway: gatewayStoreOver(ask),
    dialling: dialStoreOver(ask),
    dnc: dncStoreOver(ask),
    consents: consentStoreOver(ask),
    crm: crmStoreOver(ask),
    leads: leadStoreOver(ask),
    leadImports: importStoreOver(ask),
    callbacks: callbackStoreOver(ask),
    deliveries: {
      recordRefusals: (refusals) => ask('recordRefusals', refusals),
      noteDurations: (durations) => ask('noteDurations', durations),
      list: (filter) => ask('deliveries', filter),
      get: async (id) => (await ask('delivery', id)) ?? undefined,
      bodies: (after, limit) => ask('deliveryBodies', after, limit),
      remove: (ids) => ask('removeDeliveries', ids),
      heldByUnknown: (events) => ask('heldByUnknown', events),
      markUnderstood: (id, calls) => ask('markUnderstood', id, calls),
    },
    retention: {
      sweep: (limits) => ask('sweep', limits),
      forget: (numbers, now) => ask('forget', numbers, now),
      scrub: () => ask('scrub'),
    },
    sightings: {
      recordSighting: async (sighting, viewer) => (await ask('recordSighting', sighting, viewer)) ?? undefined,
      leadTimes: (agent, from) => ask('leadTimes', agent, from),
    },
    invites: {
      put: (invite, now) => ask('putInvite', invite, now),
      redeem: async (codeHash, tokenHash, now) => (await ask('redeemInvite', codeHash, tokenHash, now)) ?? undefined,
    },
    floor: {
      presences: () => ask('presences'),
      leadTimesOfAll: (from) => ask('leadTimesOfAll', from),
    },
    check: () => ask('check'),
  };
}
