/** The ports of leads, imports and callbacks over whatever runs the works. */
import type { CallbackStore } from '../../callbacks/port';
import type { Ask } from '../../store/works';
import type { ImportStore } from '../import/port';
import type { LeadStore } from '../port';

export function leadStoreOver(ask: Ask): LeadStore {
  return {
    createList: async (list) => (await ask('createLeadList', list)) ?? undefined,
    changeList: (id, list) => ask('changeLeadList', id, list),
    lists: () => ask('leadLists'),
    lanes: (list) => ask('leadLanes', list),
    segments: (list) => ask('leadSegments', list),
    pauseSegment: (list, name, paused) => ask('pauseLeadSegment', list, name, paused),
    blockedBy: (list) => ask('leadsBlockedBy', list),
    left: () => ask('leadsLeft'),
    closeLanes: (lanes) => ask('closeLeadLanes', lanes),
    take: (request) => ask('takeLead', request),
    settle: (settlement) => ask('settleLead', settlement),
    renewHold: async (agent, lead, hold, now) => (await ask('renewLeadHold', agent, lead, hold, now)) ?? undefined,
    holds: () => ask('leadHolds'),
    held: (agent) => ask('heldLeads', agent),
    holdsInCall: (now) => ask('leadHoldsInCall', now),
    expireHold: (hold, now) => ask('expireLeadHold', hold, now),
    wake: (now, limit) => ask('wakeLeads', now, limit),
    lead: async (id) => (await ask('leadView', id)) ?? undefined,
    leads: (filter) => ask('leadsOfList', filter),
    toScreen: (list, after, limit) => ask('leadsToScreen', list, after, limit),
    screened: (list, upTo, asides) => ask('leadsScreened', list, upTo, asides),
    beginAttempt: (attempt) => ask('beginLeadAttempt', attempt),
    endAttempt: (end) => ask('endLeadAttempt', end),
  };
}

export function importStoreOver(ask: Ask): ImportStore {
  return {
    create: (now, job) => ask('createLeadImport', now, job),
    putPiece: (id, n, bytes) => ask('putLeadImportPiece', id, n, bytes),
    piece: async (id, n) => (await ask('leadImportPiece', id, n)) ?? undefined,
    job: async (id) => (await ask('leadImport', id)) ?? undefined,
    jobs: (limit, offset) => ask('leadImports', limit, offset),
    open: () => ask('openLeadImports'),
    old: (endedBefore, openBefore) => ask('oldLeadImports', endedBefore, openBefore),
    save: (id, from, to, job, now) => ask('saveLeadImport', id, from, to, job, now),
    take: (id, state) => ask('takeLeadImport', id, state),
    saveTaken: (id, from, to, job, now) => ask('saveTakenLeadImport', id, from, to, job, now),
    keepRefusals: (id, bad) => ask('keepLeadRefusals', id, bad),
    forgetRefusals: (id, limit) => ask('forgetLeadRefusals', id, limit),
    refusals: (id, after, limit) => ask('leadRefusals', id, after, limit),
    segments: async (list) => (await ask('leadSegments', list)).map(({ name }) => name),
    knownPhones: (list, phones) => ask('knownLeadPhones', list, phones),
    begin: (id, target, job, now) => ask('beginLeadImport', id, target, job, now),
    storeLeads: async (id, from, portion, now) => (await ask('storeLeads', id, from, portion, now)) ?? undefined,
    publish: (id, list, limit, by) => ask('publishLeads', id, list, limit, by),
    unstage: (id, list, made, limit) => ask('unstageLeads', id, list, made, limit),
    dropFile: (id) => ask('dropLeadImportFile', id),
    drop: (id) => ask('dropLeadImport', id),
  };
}

export function callbackStoreOver(ask: Ask): CallbackStore {
  return {
    book: (request) => ask('bookCallback', request),
    callback: async (id) => (await ask('callback', id)) ?? undefined,
    purposeOfCall: async (call) => (await ask('purposeOfCall', call)) ?? undefined,
    callbacks: (filter) => ask('callbacks', filter),
    changeCallback: async (id, change, by, now) => (await ask('changeCallback', id, change, by, now)) ?? undefined,
    dueCallbacks: (now) => ask('dueCallbacks', now),
    releaseAbsent: (now, graceMs) => ask('releaseAbsentCallbacks', now, graceMs),
    releaseLost: (now) => ask('releaseLostCallbacks', now),
  };
}
