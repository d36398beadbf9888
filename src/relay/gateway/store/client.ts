/** The gateway's store port over whatever runs the works. */
import type { Ask } from '../../store/works';
import type { GatewayStore } from '../store-port';

export function gatewayStoreOver(ask: Ask): GatewayStore {
  return {
    beginKey: (request) => ask('beginKey', request),
    markKeySending: (agent, key) => ask('markKeySending', agent, key),
    endKey: (agent, key, end, events, attempt) => ask('endKey', agent, key, end, events, attempt),
    capabilities: () => ask('capabilities'),
    putCapability: (capability) => ask('putCapability', capability),
    recordDisposition: (request) => ask('recordDisposition', request),
    takeDueWrites: (now, limit) => ask('takeDueWrites', now, limit),
    endWrite: (end) => ask('endWrite', end),
    latestWrite: async (call) => (await ask('latestWrite', call)) ?? undefined,
    nextWriteDue: async () => (await ask('nextWriteDue')) ?? undefined,
    callSnapshot: async (call, viewer) => (await ask('callSnapshot', call, viewer)) ?? undefined,
    listCalls: (filter) => ask('listCalls', filter),
    callsOfPhone: (digits, limit) => ask('callsOfPhone', digits, limit),
    agentToday: (agent, from) => ask('agentToday', agent, from),
    marks: (prefix) => ask('marks', prefix),
    mark: async (name) => (await ask('mark', name)) ?? undefined,
    putMark: (name, value) => ask('putMark', name, value),
    queueTranscripts: (jobs, readUpTo) => ask('queueTranscripts', jobs, readUpTo),
    dueTranscripts: (now, limit) => ask('dueTranscripts', now, limit),
    endTranscript: (job, next) => ask('endTranscript', job, next),
    nextTranscriptDue: async () => (await ask('nextTranscriptDue')) ?? undefined,
  };
}
