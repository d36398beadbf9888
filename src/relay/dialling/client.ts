/** Dialling's store port over whatever runs the works. */
import type { Ask } from '../store/works';
import type { DialStore } from './port';

export function dialStoreOver(ask: Ask): DialStore {
  return {
    dialFacts: (phoneHash, digits, since) => ask('dialFacts', phoneHash, digits, since),
    beginAttempt: (attempt) => ask('beginAttempt', attempt),
    receiptOf: async (call) => (await ask('receiptOf', call)) ?? undefined,
    dueWatches: (now, limit) => ask('dueWatches', now, limit),
    endWatch: (end, events) => ask('endWatch', end, events),
    nextWatchDue: async () => (await ask('nextWatchDue')) ?? undefined,
    underWay: (agent, now) => ask('dialsUnderWay', agent, now),
    allUnderWay: (now) => ask('allDialsUnderWay', now),
    isAttempted: (call) => ask('isAttempted', call),
    keepCampaign: (campaign, due) => ask('keepCampaign', campaign, due),
    keptCampaign: async (campaign) => (await ask('keptCampaign', campaign)) ?? undefined,
    markCampaign: (campaign, pausedBy, due) => ask('markCampaign', campaign, pausedBy, due),
    dueCampaigns: (now, limit) => ask('dueCampaigns', now, limit),
    endCampaignLook: (look) => ask('endCampaignLook', look),
    nextCampaignDue: async () => (await ask('nextCampaignDue')) ?? undefined,
    campaignPauses: () => ask('campaignPauses'),
  };
}
