/** A lead in hand as the relay gives it, and verdicts about its numbers. Instants around 2 March 2026, 15:30 in India. */
import type { DialAnswer } from '../../../src/shared/contract/dialling';
import { NO_PREVIEW_TIMER, type Lead, type OpenedLead, type ShownLead } from '../../../src/shared/contract/leads';

export const AT = '2026-03-02T10:00:00.000Z';
export const MOBILE = '+915551230001';
export const OFFICE = '+13055550142';

export function answer(phone: string, verdict: 'allowed' | 'blocked'): DialAnswer {
  const blocked = verdict === 'blocked';
  return {
    ...{ verdict, at: AT, country: 'IN', regions: [], notices: [], overdue: [], explanation: [], simulated: false },
    clocks: [{ zone: 'Asia/Kolkata', wall: '2026-03-02T15:30' }],
    findings: [
      {
        ...{ rule: 'in.hours', pack: 'in', pack_version: '2026-09-30', checked: '2026-09-30', overridable: true },
        effect: blocked ? 'block' : 'pass',
        reason: blocked ? 'outside_hours' : 'within_hours',
        source: { url: 'https://trai.gov.in/preference-registration', basis: 'primary' },
        zone: 'Asia/Kolkata',
      },
    ],
    next: blocked
      ? { at: '2026-03-03T04:30:00.000Z', clocks: [{ zone: 'Asia/Kolkata', wall: '2026-03-03T10:00' }] }
      : null,
    receipt: {
      ...{ checked_at: AT, phone, kind: 'ai_voice', purpose: 'service', trigger: 'preview', verdict, clocks: [] },
      ...{ packs: [], rules: [], lists: [], consents: [], attempts: 0 },
    },
  };
}

export const lead: Lead = {
  id: 'lead_1',
  list: {
    ...{ id: 'list_1', name: 'Welcome calls', purpose: 'service', kind: 'ai_voice', seller: null },
    ...{ may_skip: true, preview: NO_PREVIEW_TIMER },
  },
  ...{ platform: 'vinfer', campaign: null, script: null, name: 'Priya Sharma', language: 'hi-IN' },
  phones: [
    { phone: MOBILE, label: 'mobile', attempts: 1, last_at: '2026-02-20T10:00:00.000Z' },
    { phone: OFFICE, label: null, attempts: 0, last_at: null },
  ],
  ...{ zone: 'Asia/Kolkata', region: null, postcode: null, external_id: null, fields: { loan: '50000' } },
  ...{ consent: null, priority: 0, state: 'held', not_before: null, blocked_by: null, attempts_made: 1 },
  ...{ attempts: [], trail: [], last_outcome: null, callback: null, created_at: AT },
};

export function opened(more: Partial<OpenedLead> = {}): OpenedLead {
  const agent = { id: 'asha', name: 'Asha Rao' };
  return {
    lead,
    hold: { id: 'hold_1', agent, since: AT, until: '2026-03-02T10:05:00.000Z', phase: 'preview' },
    ...{ lease_s: 300, why: 'priority', phone: MOBILE },
    dial: [
      { phone: MOBILE, answer: answer(MOBILE, 'allowed') },
      { phone: OFFICE, answer: answer(OFFICE, 'blocked') },
    ],
    ...more,
  };
}

/** The same lead as it is looked at without being taken. */
export function shown(more: Partial<ShownLead> = {}): ShownLead {
  const { hold, dial } = opened();
  return { ...lead, hold, dial, ...more };
}
