/** What a CRM is told of a call: the decision, and the call as the log knows it now. */
import { z } from 'zod';
import { amountSchema } from '../../shared/contract/amounts';
import type { CallSnapshot } from '../../shared/contract/call';
import { digestOf } from '../gateway/events';
import type { CrmField } from './config';
import type { CrmRow } from './port';
import { line, link, plain } from './text';

const MAX_NAME = 200;
const MAX_NOTES = 10_000;
const MAX_SUMMARY = 5_000;

/** What is kept of the decision beside its value. */
export const decisionSchema = z.object({
  notes: z.string().optional(),
  amount: z.object(amountSchema.shape).optional(),
  callback: z.object({ at: z.string(), zone: z.string().optional(), wall_time: z.string().optional() }).optional(),
  dnc: z.string().optional(),
});

/** Text is plain; addresses are https; times are RFC 3339 UTC. */
export type Told = Partial<Record<CrmField, string | number>> & { id: string; call: string; value: string };

export function toldOf(row: CrmRow, { fields, milestones }: CallSnapshot): Told {
  const { notes, amount, callback, dnc } = decisionSchema.parse(JSON.parse(row.decision));
  const own = fields.direction?.value === 'inbound' ? fields.from : fields.to;
  const phone = (fields.contact_phone ?? own)?.value;
  const text = (value: string | undefined, max: number) => (value === undefined ? undefined : plain(value, max));
  const said = {
    phone: phone === undefined ? undefined : `+${phone.replace(/\D/g, '')}`,
    name: fields.contact_name === undefined ? undefined : line(fields.contact_name.value, MAX_NAME),
    agent: row.agent,
    decided_at: new Date(row.decided).toISOString(),
    crm_value: row.crmValue,
    notes: text(notes, MAX_NOTES),
    amount: amount?.value,
    currency: amount?.currency,
    started_at: (milestones.started ?? milestones.ringing ?? milestones.answered)?.at,
    ended_at: milestones.ended?.at,
    duration_seconds: fields.duration_seconds?.value,
    direction: fields.direction?.value,
    language: fields.language === undefined ? undefined : line(fields.language.value, 35),
    summary: text(fields.end_summary?.value, MAX_SUMMARY),
    campaign: fields.campaign === undefined ? undefined : line(fields.campaign.value, MAX_NAME),
    callback_at: callback?.at,
    callback_zone: callback?.zone,
    callback_wall_time: callback?.wall_time,
    dnc,
    transcript_url: link(fields.transcript_url?.value),
    recording_url: link(fields.recording_url?.value),
  };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { id: row.id, call: row.call, value: line(row.value, MAX_NAME), ...known };
}

/** Changes with anything that is told. */
export function digestOfTold(told: Told): string {
  return digestOf(JSON.stringify(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The call in words, line by line, for a CRM's own note about it. */
export function noteLines(told: Told): string[] {
  const callback = told.callback_wall_time ?? told.callback_at;
  const zone = told.callback_zone === undefined ? '' : ` (${told.callback_zone})`;
  const lines: [string, unknown][] = [
    ['Outcome', told.value],
    ['Amount', told.amount === undefined ? undefined : `${told.amount} ${told.currency ?? ''}`],
    ['Notes', told.notes],
    ['Agent', told.agent],
    ['Language', told.language],
    ['Call back', callback === undefined ? undefined : `${callback}${zone}`],
    ['Do not call', told.dnc],
    ['Summary', told.summary],
    ['Transcript', told.transcript_url],
    ['Recording', told.recording_url],
    ['Call', told.call],
  ];
  return lines.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${String(value)}`);
}
