/** A snapshot becomes what both windows show of a call. Pure: clocks, phones, history and own claims are passed in. */
import { factsOf } from '../../shared/lib/call-facts';
import { escalationsOf, phaseOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { PlatformTraits } from '../../shared/contract/desk-protocol';
import type { CallView, ContactHistoryView, PhoneView } from '../../shared/contract/views';
import type { ClaimView } from './claim-view';
import { platformOf } from './pop-cause';
import { transcriptOf } from './transcript';
import { triggerOf } from './triggers';

export interface ViewContext {
  /** An instant on the relay's clock as epoch ms on this computer's. */
  local: (instant: string) => number;
  phone: (raw: string) => PhoneView;
  traits: (platform: string) => PlatformTraits | undefined;
  history: (phone: string | undefined, call: string) => ContactHistoryView;
  claim: (call: CallSnapshot) => ClaimView;
  /** Heard of too late to ring. */
  late: (call: CallSnapshot) => boolean;
}

/** The customer's number: the contact's, else the far end of the call. */
export function customerPhone(call: CallSnapshot): string | undefined {
  const { contact_phone, from, to, direction } = call.fields;
  return contact_phone?.value ?? (direction?.value === 'outbound' ? to?.value : from?.value);
}

type Absent = Extract<CallView['summary'], { state: 'absent' }>['reason'];
type Summary = { text: string; at: string } | Absent;

function summaryOf(call: CallSnapshot, traits: PlatformTraits | undefined): Summary {
  const escalations = escalationsOf(call);
  const spoken = escalations.find(({ summary }) => summary !== undefined && summary.trim() !== '');
  if (spoken?.summary !== undefined) return { text: spoken.summary, at: spoken.at };
  const afterwards = call.fields.end_summary;
  if (afterwards !== undefined && afterwards.value.trim() !== '') return { text: afterwards.value, at: afterwards.at };
  if (escalations.some(({ summary }) => summary !== undefined)) return 'empty';
  if (traits?.escalation_summary === false) return 'not_offered';
  return ['ended', 'failed'].includes(phaseOf(call)) ? 'none_came' : 'missing';
}

function transferOf(call: CallSnapshot, context: ViewContext): CallView['transfer'] {
  const escalation = escalationsOf(call)[0];
  return {
    mode: escalation?.transfer ?? 'unknown',
    ...(escalation?.to === undefined ? {} : { to: context.phone(escalation.to) }),
    ...(escalation?.label === undefined ? {} : { label: escalation.label }),
  };
}

function summaryView(summary: Summary, context: ViewContext): CallView['summary'] {
  if (typeof summary !== 'string') return { state: 'present', text: summary.text, at: context.local(summary.at) };
  return { state: 'absent', reason: summary };
}

/** When the caller began to wait: never later than the relay heard of it, so that a clock running ahead cannot lie. */
function escalatedAt(call: CallSnapshot): string | undefined {
  const escalation = escalationsOf(call)[0];
  if (escalation === undefined) return undefined;
  return escalation.at < escalation.received ? escalation.at : escalation.received;
}

const HOUR_MS = 3_600_000;

function recordingView(
  { fields }: CallSnapshot,
  traits: PlatformTraits | undefined,
  { local }: ViewContext,
): CallView['recording'] {
  if (fields.recording_url === undefined) return undefined;
  const hours = traits?.recording_hours;
  return hours === undefined ? {} : { until: local(fields.recording_url.at) + hours * HOUR_MS };
}

/** Leaves out what is undefined, as optional fields of the contract want it. */
export function known<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** @param last only the last so many turns of the transcript; all of them when not given */
export function callView(call: CallSnapshot, context: ViewContext, last?: number): CallView {
  const platform = platformOf(call.call);
  const traits = context.traits(platform);
  const phone = customerPhone(call);
  const summary = summaryOf(call, traits);
  const escalated = escalatedAt(call);
  const over = call.milestones.ended ?? call.milestones.failed;
  return {
    call: call.call,
    platform,
    platform_label: traits?.label ?? platform,
    trust: call.trust,
    test: call.test,
    phase: phaseOf(call),
    trigger: triggerOf(call),
    late: context.late(call),
    summary: summaryView(summary, context),
    facts: factsOf(call),
    transcript: transcriptOf(call, {
      live: traits?.live_transcript ?? Object.keys(call.turns).length > 0,
      local: context.local,
      ...(typeof summary === 'string' ? {} : { summaryAt: summary.at }),
      ...(last === undefined ? {} : { last }),
    }),
    transfer: transferOf(call, context),
    history: context.history(phone, call.call),
    claim: context.claim(call),
    ...known({
      escalated_at: escalated === undefined ? undefined : context.local(escalated),
      ended_at: over === undefined ? undefined : context.local(over.at),
      name: call.fields.contact_name?.value,
      phone: phone === undefined ? undefined : context.phone(phone),
      language: call.fields.language?.value,
      campaign: call.fields.campaign?.value,
      duration_s: call.fields.duration_seconds?.value,
      ai_disposition: call.dispositions.ai?.value.value,
      agent_disposition: call.dispositions.agent?.value.value,
      agent_amount: call.dispositions.agent?.value.amount,
      qa_score: call.fields.qa_score?.value,
      recording: recordingView(call, traits, context),
    }),
  };
}
