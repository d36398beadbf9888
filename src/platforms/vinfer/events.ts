/** VInfer's events in ours. Each answers with the event, or with the reason why there is none. */
import type { DecodedEvent } from '../platform';
import { compact, extras, subjectOf } from '../lib/decoding';
import { Fields } from '../lib/fields';
import type { Opened } from './body';

const NO_CALL = 'no usable call id';

/** Words by which the platform may say that its own AI set a disposition; not documented. */
const AI_AUTHORS: readonly string[] = ['ai', 'ai_agent', 'neuron', 'bot', 'system', 'auto', 'automatic'];

export function completed(opened: Opened): DecodedEvent | string {
  const { body, call, subject, text, instant } = opened;
  if (subject === undefined) return NO_CALL;
  const lens = new Fields(opened.record('neuronlens'));
  const named = {
    campaign: opened.campaign,
    contact: opened.contact,
    duration_seconds: call.duration('duration_seconds') ?? body.duration('duration_seconds'),
    disposition: text('disposition'),
    callback_time: instant('callback_time'),
    escalated: call.flag('escalated') ?? body.flag('escalated'),
    recording_url: text('recording_url'),
    transcript_url: text('transcript_url'),
    summary: lens.text('summary') ?? text('summary', 'conversation_summary'),
    sentiment: lens.text('sentiment') ?? text('sentiment'),
    qa_score: lens.number('qa_score') ?? call.number('qa_score') ?? body.number('qa_score'),
    language: text('language'),
    custom_fields: opened.record('custom_fields'),
  };
  const data = { ...extras('call.ended', call, body, lens), ...compact(named) };
  return { ...opened.envelope, subject, type: 'call.ended', data };
}

export function escalated(opened: Opened): DecodedEvent | string {
  const { body, call, subject, text } = opened;
  if (subject === undefined) return NO_CALL;
  // Not documented here; an account that is told of it should not lose it.
  const words = ['warm', 'cold'] as const;
  const transfer = call.oneOf(words, 'transfer_type') ?? body.oneOf(words, 'transfer_type') ?? 'unknown';
  const named = {
    trigger: text('escalation_trigger'),
    to: text('transfer_to'),
    label: text('label'),
    summary: text('conversation_summary', 'summary'),
    contact: opened.contact,
    campaign: opened.campaign,
    from: text('from'),
    language: text('language'),
    custom_fields: opened.record('custom_fields'),
  };
  const data = { ...extras('call.escalated', call, body), ...compact(named), transfer } as const;
  return { ...opened.envelope, subject, type: 'call.escalated', data };
}

/** Set by the AI during the call, or later in the console or by an API; without an author it is the platform's word. */
export function dispositionSet(opened: Opened): DecodedEvent | string {
  const { body, call, subject, text } = opened;
  if (subject === undefined) return NO_CALL;
  const value = text('disposition') ?? new Fields(opened.record('disposition')).text('value', 'code', 'name');
  if (value === undefined || value === '') return 'no disposition';
  const author = text('set_by', 'updated_by', 'by', 'source');
  const at = opened.instant('callback_time');
  const named = {
    notes: text('notes'),
    callback: at === undefined ? undefined : { at },
    set_by: author,
    campaign: opened.campaign,
    contact: opened.contact,
  };
  const by = author !== undefined && AI_AUTHORS.includes(author.toLowerCase()) ? 'ai' : 'platform';
  const data = { ...extras('call.disposition', call, body), ...compact(named), value, by } as const;
  return { ...opened.envelope, subject, type: 'call.disposition', data };
}

/** Minutes after the call; the conversation itself is behind `transcript_url`. */
export function transcriptionReady(opened: Opened): DecodedEvent | string {
  const { body, call, subject } = opened;
  if (subject === undefined) return NO_CALL;
  const transcript_url = opened.text('transcript_url');
  if (transcript_url === undefined || transcript_url === '') return 'no transcript_url';
  const named = { campaign: opened.campaign, contact: opened.contact };
  const data = { ...extras('call.transcript', call, body), ...compact(named), transcript_url };
  return { ...opened.envelope, subject, type: 'call.transcript', data };
}

export function campaignChanged(
  type: 'campaign.started' | 'campaign.paused' | 'campaign.completed',
  opened: Opened,
): DecodedEvent | string {
  const nested = opened.body.fields('campaign');
  const id = opened.campaign ?? nested.text('campaign_id', 'id');
  if (id === undefined) return 'no campaign id';
  const subject = subjectOf('vinfer', `campaign/${id}`);
  if (id.trim() === '' || subject === undefined) return 'no usable campaign id';
  const totals =
    opened.body.record('totals', 'stats', 'dispositions') ?? nested.record('totals', 'stats', 'dispositions');
  const data = { ...extras(type, nested, opened.body), ...compact({ totals }), campaign: id };
  return { ...opened.envelope, subject, type, data };
}
