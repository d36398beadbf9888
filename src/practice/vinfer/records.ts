/** JSON of the VInfer REST API, from the account's records. */
import { timed } from '../cast/caller';
import { CAST } from '../cast';
import type { VinferAccount, VinferCall, VinferCampaign } from './account';

const DAY_MS = 86_400_000;
/** The document's life of a recording link. */
const RECORDING_MS = 72 * 3_600_000;

export const utcSeconds = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

export function durationOf(call: VinferCall): number | undefined {
  if (call.startedAt === undefined || call.endedAt === undefined) return undefined;
  return Math.max(0, Math.round((call.endedAt - call.startedAt) / 1000));
}

/** Signed anew at each reading, as the document says; the host is reserved for examples, nothing is there. */
export function recordingUrl(call: VinferCall, now: number): string {
  const expires = Math.floor((now + RECORDING_MS) / 1000);
  return `https://recordings.vinfer.example/${call.id}.mp3?expires=${expires}`;
}

export const transcriptUrl = (call: VinferCall, base: string): string =>
  `${base}/v1/transcription/${call.job}/transcript`;

export function callRecord(call: VinferCall, base: string, now: number): Record<string, unknown> {
  const ended = call.status === 'completed';
  return {
    id: call.id,
    call_id: call.id,
    campaign_id: call.campaign,
    contact: { phone: call.phone, name: call.name },
    phone: call.phone,
    contact_name: call.name,
    status: call.status,
    disposition: call.disposition ?? null,
    callback_time: call.callbackTime ?? null,
    notes: call.notes ?? null,
    language: call.language,
    escalated: call.escalated,
    custom_fields: call.fields,
    duration_seconds: durationOf(call) ?? null,
    created_at: utcSeconds(call.createdAt),
    started_at: call.startedAt === undefined ? null : utcSeconds(call.startedAt),
    ended_at: call.endedAt === undefined ? null : utcSeconds(call.endedAt),
    recording_url: ended && call.startedAt !== undefined ? recordingUrl(call, now) : null,
    transcript_url: call.transcribed ? transcriptUrl(call, base) : null,
    summary: call.summary ?? null,
  };
}

export function campaignRecord(campaign: VinferCampaign, account: VinferAccount): Record<string, unknown> {
  const calls = [...account.calls.values()].filter((call) => call.campaign === campaign.id);
  const dispositions: Record<string, number> = {};
  for (const { disposition } of calls) {
    if (disposition !== undefined) dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
  }
  return {
    id: campaign.id,
    campaign_id: campaign.id,
    name: campaign.name,
    script_id: campaign.script,
    language: campaign.language,
    status: campaign.status,
    max_attempts: campaign.maxAttempts,
    retry_interval_minutes: campaign.retryIntervalMinutes,
    schedule: campaign.schedule ?? null,
    created_at: utcSeconds(campaign.createdAt),
    progress: {
      total: campaign.contacts.length,
      attempted: Math.min(campaign.attempted, campaign.contacts.length),
      completed: calls.filter((call) => call.status === 'completed').length,
    },
    dispositions,
  };
}

/** A contact with everything the workspace knows of it, newest first; undefined for a number nobody ever dialled. */
export function contactRecord(
  phone: string,
  account: VinferAccount,
  base: string,
  now: number,
): Record<string, unknown> | undefined {
  const caller = CAST.find((member) => member.phone === phone);
  const calls = account.callsOf(phone);
  if (caller === undefined && calls.length === 0) return undefined;
  const earlier = (caller?.history ?? []).map((past, index) => ({
    id: `call_${caller?.slug ?? ''}${index}`,
    call_id: `call_${caller?.slug ?? ''}${index}`,
    campaign_id: caller?.campaign ?? null,
    status: 'completed',
    disposition: past.disposition,
    duration_seconds: past.seconds,
    started_at: utcSeconds(now - past.daysAgo * DAY_MS),
    summary: past.summary,
  }));
  return {
    phone,
    name: caller?.name ?? calls[0]?.name ?? null,
    language: caller?.language ?? calls[0]?.language ?? null,
    dnc: caller?.dnc ?? false,
    custom_fields: caller?.fields ?? {},
    total_calls: calls.length + earlier.length,
    calls: [...calls.map((call) => callRecord(call, base, now)).reverse(), ...earlier],
  };
}

/** NeuronLens' answer for one call: who said what, when. */
export function transcriptRecord(call: VinferCall): Record<string, unknown> {
  return {
    job_id: call.job,
    call_id: call.id,
    status: 'completed',
    language: call.language,
    segments: timed(call.caller.dialogue).map((line) => ({
      speaker: line.who === 'ai' ? 'agent' : 'customer',
      start: line.startMs / 1000,
      end: (line.startMs + line.durationMs) / 1000,
      text: line.says,
      confidence: 0.94,
    })),
    summary: call.caller.summary,
    sentiment: call.caller.sentiment,
  };
}
