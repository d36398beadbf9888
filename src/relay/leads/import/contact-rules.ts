/**
 * What the rules say of a campaign's contacts, number by number. The platform dials them on its own, so whoever may not be
 * called when it begins is refused here; whom only the hour keeps is left to when it begins (`campaign-hours.ts`).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CAMPAIGN_LIMITS } from '../../../shared/contract/campaigns';
import type { BlockReason, DialAnswer } from '../../../shared/contract/dialling';
import type { CampaignTarget, ImportReport } from '../../../shared/contract/lead-imports';
import type { Clock } from '../../clock';
import type { Checked, Dialling } from '../../dialling/dialling';
import { isClosedHour } from '../hours';
import { leadRecordSchema } from '../record';
import type { BadRow, NewLead } from './reader';

/** Numbers asked at a time. As long as they took is waited afterwards: webhooks and agents have their turn. */
const AT_ONCE = 10;
/** Stands for the campaign that is not there yet: what was said of another campaign does not concern it. */
const NEW = 'new';

const ON_A_LIST: readonly string[] = ['dnc_listed'] satisfies BlockReason[];

export interface Looked<T = Contact> {
  /** In the order of the file. */
  callable: T[];
  bad: BadRow[];
}

/** What of a contact the rules are asked with. */
type Contact = Pick<NewLead, 'row' | 'line' | 'phone' | 'record' | 'consent'>;

export interface ContactRules {
  look<T extends Contact>(contacts: readonly T[]): Promise<Looked<T>>;
  /** Where the callable ones could be, each place once, as JSON. */
  readonly places: ReadonlySet<string>;
  /** What was found so far. */
  readonly dial: ImportReport['dial'];
}

export type OpenContactRules = (target: CampaignTarget) => ContactRules;

export function contactRules(dialling: Pick<Dialling, 'check'>, clock: Clock): OpenContactRules {
  return (target) => {
    const dial: ImportReport['dial'] = { allowed: 0, later: 0, blocked: 0, rules: [] };
    const rules = new Map<string, ImportReport['dial']['rules'][number]>();
    const places = new Set<string>();
    const ask = async ({ phone, record, consent }: Contact): Promise<Checked | undefined> => {
      const { zone, region, postcode } = leadRecordSchema.parse(JSON.parse(record));
      const now = clock.now();
      const begins = target.start === null ? now : Math.max(now, Date.parse(target.start));
      const request = {
        ...({ phone, kind: 'ai_voice', purpose: target.purpose, trigger: 'import' } as const),
        ...{ campaign: `${target.campaign_at}:${NEW}`, list: NEW, at: new Date(begins).toISOString() },
        ...(zone === null ? {} : { zone }),
        ...(region === null ? {} : { region }),
        ...(postcode === null ? {} : { postcode }),
        ...(consent === null ? {} : { consent }),
      };
      return dialling.check(request, now);
    };
    const note = (answer: DialAnswer): BadRow['reason'] | undefined => {
      const { verdict, findings } = answer;
      // The campaign waits for the hour, not for one person's turn.
      const never = verdict === 'blocked' && !isClosedHour(answer);
      dial[verdict === 'allowed' ? 'allowed' : never ? 'blocked' : 'later'] += 1;
      const blocking = findings.filter(({ effect }) => effect === 'block');
      for (const { rule, reason } of blocking) {
        const known = rules.get(`${rule} ${reason}`);
        rules.set(`${rule} ${reason}`, { rule, reason, leads: 1 + (known?.leads ?? 0) });
      }
      if (!never) return undefined;
      return blocking.some(({ reason }) => ON_A_LIST.includes(reason)) ? 'do_not_call' : 'not_allowed';
    };
    const lookAt = async <T extends Contact>(leads: readonly T[], found: Looked<T>): Promise<void> => {
      const checks = await Promise.all(leads.map(ask));
      for (const [index, lead] of leads.entries()) {
        const checked = checks[index];
        const reason = checked === undefined ? 'phone_invalid' : note(checked.answer);
        if (reason !== undefined) {
          found.bad.push({ row: lead.row, line: lead.line, field: null, reason, text: lead.phone });
          continue;
        }
        found.callable.push(lead);
        if (checked !== undefined) places.add(JSON.stringify(checked.places));
      }
    };
    return {
      places,
      async look<T extends Contact>(leads: readonly T[]) {
        const found: Looked<T> = { callable: [], bad: [] };
        for (let at = 0; at < leads.length; at += AT_ONCE) {
          // More than any campaign takes: it cannot be made from this file, and asking on would be for nothing.
          if (dial.allowed + dial.later > CAMPAIGN_LIMITS.maxContacts) {
            found.callable.push(...leads.slice(at));
            break;
          }
          const began = clock.monotonic();
          await lookAt(leads.slice(at, at + AT_ONCE), found);
          await pause(clock.monotonic() - began);
        }
        return found;
      },
      get dial() {
        return { ...dial, rules: [...rules.values()].sort((a, b) => b.leads - a.leads) };
      },
    };
  };
}
