/** A lead in hand as the window shows it. Pure: clocks, phones and histories are passed in. */
import type { VerdictView } from '../../shared/contract/dial-views';
import type { LeadView } from '../../shared/contract/dialer-views';
import type { Lead, OpenedLead } from '../../shared/contract/leads';
import type { ContactHistoryView, PhoneView } from '../../shared/contract/views';
import { known } from '../calls/call-view';

export interface LeadContext {
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  phone: (raw: string) => PhoneView;
  label: (platform: string) => string;
  history: (phone: string) => ContactHistoryView;
  verdict: (phone: string) => VerdictView;
}

type Local = LeadContext['local'];
const at = (instant: string | null, local: Local) => (instant === null ? undefined : local(instant));

function pastOf(lead: Lead, { local, phone }: LeadContext): Pick<LeadView, 'attempts' | 'trail'> {
  return {
    attempts: lead.attempts.map((attempt) => ({
      at: local(attempt.at),
      phone: phone(attempt.phone),
      agent: attempt.agent.name,
      outcome: attempt.outcome,
      ...known({ value: attempt.value ?? undefined }),
    })),
    // Being opened says nothing about the customer.
    trail: lead.trail
      .filter(({ verb }) => verb !== 'open')
      .map((entry) => ({
        at: local(entry.at),
        verb: entry.verb,
        agent: entry.agent.name,
        ...known({ reason: entry.reason ?? undefined, note: entry.note ?? undefined }),
      })),
  };
}

function promiseOf({ consent, callback }: Lead, local: Local): Pick<LeadView, 'consent' | 'callback'> {
  return {
    ...(consent === null
      ? {}
      : {
          consent: {
            level: consent.level,
            ...known({ given_at: at(consent.given_at, local), source: consent.source ?? undefined }),
          },
        }),
    ...(callback === null
      ? {}
      : {
          callback: {
            at: local(callback.at),
            ...known({ zone: callback.zone ?? undefined, note: callback.note ?? undefined }),
          },
        }),
  };
}

/** @param chosen the number that Call dials */
export function leadView({ lead, why }: OpenedLead, chosen: string, context: LeadContext): LeadView {
  const { list, platform } = lead;
  return {
    id: lead.id,
    why,
    chosen,
    list: { name: list.name, purpose: list.purpose, kind: list.kind, may_skip: list.may_skip },
    numbers: lead.phones.map(({ phone, label, attempts, last_at }) => ({
      ...{ e164: phone, attempts, phone: context.phone(phone), verdict: context.verdict(phone) },
      ...known({ label: label ?? undefined, last_at: at(last_at, context.local) }),
    })),
    history: context.history(chosen),
    fields: Object.entries(lead.fields).map(([name, value]) => ({ name, value })),
    attempts_made: lead.attempts_made,
    ...pastOf(lead, context),
    ...promiseOf(lead, context.local),
    ...known({
      name: lead.name ?? undefined,
      platform_label: platform === null ? undefined : context.label(platform),
      language: lead.language ?? undefined,
      zone: lead.zone ?? undefined,
      segment: lead.segment ?? undefined,
      last_outcome: lead.last_outcome ?? undefined,
    }),
  };
}
