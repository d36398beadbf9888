/** VInfer's REST records in the relay's words. The documents print few of them: every usual spelling is read. */
import type { Turn } from '../../shared/contract/events';
import type { CallRecord, CampaignRecord, ContactRecord, WebhookRegistration } from '../api';
import { compact } from '../lib/decoding';
import { Fields } from '../lib/fields';
import { turnsFromList, turnsFromText } from '../lib/turns';

/** A record may come bare, or wrapped once under `data` or its own name. */
function unwrap(raw: unknown, name: string): Fields {
  const outer = new Fields(raw);
  const inner = outer.record('data', name);
  return inner === undefined ? outer : new Fields(inner);
}

export function callRecord(raw: unknown): CallRecord | undefined {
  const call = unwrap(raw, 'call');
  const contact = call.fields('contact');
  const lens = call.fields('neuronlens');
  const id = call.text('call_id', 'id');
  if (id === undefined || id === '') return undefined;
  return {
    id,
    ...compact({
      phone: call.text('phone') ?? contact.text('phone'),
      name: call.text('contact_name', 'name') ?? contact.text('name'),
      campaign: call.text('campaign_id'),
      status: call.text('status'),
      disposition: call.text('disposition'),
      started_at: call.instant('started_at', 'start_time'),
      ended_at: call.instant('ended_at', 'end_time', 'timestamp'),
      duration_seconds: call.duration('duration_seconds'),
      recording_url: call.text('recording_url'),
      transcript_url: call.text('transcript_url'),
      summary: lens.text('summary') ?? call.text('summary', 'conversation_summary'),
    }),
    raw,
  } as CallRecord;
}

export function campaignRecord(raw: unknown): CampaignRecord | undefined {
  const campaign = unwrap(raw, 'campaign');
  const id = campaign.text('campaign_id', 'id');
  if (id === undefined || id === '') return undefined;
  const named = {
    name: campaign.text('name'),
    status: campaign.text('status'),
    totals: campaign.record('totals', 'progress', 'stats'),
    outcomes: campaign.record('dispositions', 'outcomes'),
  };
  return { id, ...compact(named), raw } as CampaignRecord;
}

const ON_DNC: readonly string[] = ['true', 'yes', 'listed', 'active', 'dnc', 'dnd', 'blocked'];
const OFF_DNC: readonly string[] = ['false', 'no', 'none', 'clear', 'not_listed', 'inactive', 'ok', 'allowed'];

/** Whether the platform lists the number as do-not-call; null where it does not say, which is not a no. */
function dncOf(contact: Fields): boolean | null {
  const names = ['dnc', 'dnc_status', 'is_dnc', 'do_not_call', 'dnd'];
  const flag = contact.flag(...names);
  if (flag !== undefined) return flag;
  const nested = contact.fields(...names).flag('listed', 'active', 'value', 'dnc');
  if (nested !== undefined) return nested;
  const word = contact.text(...names)?.toLowerCase();
  if (word !== undefined && ON_DNC.includes(word)) return true;
  return word !== undefined && OFF_DNC.includes(word) ? false : null;
}

function pastCall(raw: unknown): ContactRecord['calls'][number] {
  const call = new Fields(raw);
  return compact({
    id: call.text('call_id', 'id'),
    at: call.instant('started_at', 'timestamp', 'at', 'date', 'ended_at', 'created_at'),
    disposition: call.text('disposition'),
  }) as ContactRecord['calls'][number];
}

export function contactRecord(phone: string, raw: unknown): ContactRecord {
  const contact = unwrap(raw, 'contact');
  const name = contact.text('name', 'contact_name');
  const calls = (contact.list('calls', 'history', 'call_history') ?? []).map(pastCall);
  const dnc = dncOf(contact);
  return { phone: contact.text('phone') ?? phone, ...(name === undefined ? {} : { name }), dnc, calls, raw };
}

export function webhookRecord(raw: unknown): WebhookRegistration | undefined {
  const webhook = unwrap(raw, 'webhook');
  const id = webhook.text('webhook_id', 'id');
  if (id === undefined || id === '') return undefined;
  const events = (webhook.list('events') ?? []).filter((event) => typeof event === 'string');
  return { id, url: webhook.text('url') ?? '', events };
}

/** A list comes bare or under `data` (or its own name), with `total` beside it. */
export function listOf(raw: unknown, name: string): { list: unknown[]; total?: number } | undefined {
  if (Array.isArray(raw)) return { list: raw as unknown[] };
  const outer = new Fields(raw);
  const list = outer.list('data', name);
  const total = outer.duration('total');
  return list === undefined ? undefined : { list, ...(total === undefined ? {} : { total }) };
}

/** `pending`: the transcription is still being made. */
export function transcriptTurns(raw: unknown): Turn[] | 'pending' | undefined {
  if (typeof raw === 'string') return turnsFromText(raw);
  const job = unwrap(raw, 'transcript');
  const turns = turnsFromList(job.list('segments', 'turns')) ?? turnsFromText(job.text('text', 'transcript'));
  if (turns !== undefined) return turns;
  const status = job.text('status');
  return status !== undefined && /^(?:queued|pending|processing|running|in_progress)$/.test(status)
    ? 'pending'
    : undefined;
}
