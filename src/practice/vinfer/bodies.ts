/** Webhook bodies of VInfer, as its integration guide and its CRM guide print them. */
import type { VinferCall, VinferCampaign } from './account';
import { durationOf, recordingUrl, transcriptUrl, utcSeconds } from './records';

const INDIA_OFFSET_MS = 5.5 * 3_600_000;

/** India's wall clock with its offset, to the second: `2024-01-15T11:38:05+05:30`. */
export const indianTime = (epochMs: number): string => utcSeconds(epochMs + INDIA_OFFSET_MS).replace('Z', '+05:30');

export interface Envelope {
  event: string;
  eventId: string;
  /** Epoch ms at which it happened. */
  at: number;
}

const opening = ({ event, eventId, at }: Envelope) => ({ event, event_id: eventId, timestamp: indianTime(at) });

/** `summary` null: the platform failed to write one, and leaves the field out. */
export function escalatedBody(
  envelope: Envelope,
  call: VinferCall,
  escalation: { trigger: string; transferTo: string; summary: string | null },
): Record<string, unknown> {
  return {
    ...opening(envelope),
    campaign_id: call.campaign,
    call: {
      call_id: call.id,
      phone: call.phone,
      contact_name: call.name,
      escalation_trigger: escalation.trigger,
      transfer_to: escalation.transferTo,
      ...(escalation.summary === null ? {} : { conversation_summary: escalation.summary }),
    },
  };
}

/** The integration guide's shape: nested, with an id, in Indian time. */
export function completedBody(envelope: Envelope, call: VinferCall): Record<string, unknown> {
  return {
    ...opening(envelope),
    campaign_id: call.campaign,
    call: {
      call_id: call.id,
      phone: call.phone,
      contact_name: call.name,
      language: call.language,
      duration_seconds: durationOf(call) ?? 0,
      disposition: call.disposition ?? 'not_reachable',
      ...(call.disposition === 'callback_requested' && call.callbackTime !== undefined
        ? { callback_time: call.callbackTime }
        : {}),
      escalated: call.escalated,
      ...(call.startedAt === undefined ? {} : { recording_url: recordingUrl(call, envelope.at) }),
      custom_fields: call.fields,
    },
  };
}

/** The CRM guide's shape: flat, without an event id, in UTC, with what NeuronLens thinks. */
export function completedFlatBody(envelope: Envelope, call: VinferCall, base: string): Record<string, unknown> {
  return {
    event: envelope.event,
    call_id: call.id,
    campaign_id: call.campaign,
    contact: { phone: call.phone, name: call.name },
    disposition: call.disposition ?? 'not_reachable',
    duration_seconds: durationOf(call) ?? 0,
    language: call.language,
    timestamp: utcSeconds(envelope.at),
    transcript_url: transcriptUrl(call, base),
    neuronlens: {
      sentiment: call.caller.sentiment,
      qa_score: call.caller.qaScore,
      ...(call.summary === undefined ? {} : { summary: call.summary }),
    },
  };
}

/** No document prints these two; they follow the pattern of the others. */
export function dispositionBody(envelope: Envelope, call: VinferCall): Record<string, unknown> {
  return {
    ...opening(envelope),
    campaign_id: call.campaign,
    call: {
      call_id: call.id,
      phone: call.phone,
      contact_name: call.name,
      disposition: call.disposition ?? 'not_reachable',
      ...(call.callbackTime === undefined ? {} : { callback_time: call.callbackTime }),
    },
  };
}

export function transcriptionBody(envelope: Envelope, call: VinferCall, base: string): Record<string, unknown> {
  return {
    ...opening(envelope),
    campaign_id: call.campaign,
    call: { call_id: call.id, phone: call.phone, transcript_url: transcriptUrl(call, base) },
  };
}

export function campaignBody(envelope: Envelope, campaign: VinferCampaign): Record<string, unknown> {
  return {
    ...opening(envelope),
    campaign_id: campaign.id,
    campaign: { campaign_id: campaign.id, name: campaign.name, status: campaign.status },
    totals: { contacts: campaign.contacts.length, attempted: Math.min(campaign.attempted, campaign.contacts.length) },
  };
}
