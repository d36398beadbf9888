/**
 * What the rules say of a campaign's contacts, number by number. The platform dials them on its own, so whoever may not be
 * called however long one waits is refused here; who may be called later is left to the campaign's hours.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CAMPAIGN_LIMITS } from '../../../shared/contract/campaigns';
import type { BlockReason, DialAnswer } from '../../../shared/contract/dialling';
import type { CampaignTarget, ImportReport } from '../../../shared/contract/lead-imports';
import type { Clock } from '../../clock';
import type { Dialling } from '../../dialling/dialling';
import { leadRecordSchema } from '../record';
import type { BadRow, NewLead } from './reader';

/** Numbers asked at a time. As long as they took is waited afterwards: webhooks and agents have their turn. */
const AT_ONCE = 10;
/** Stands for the campaign that is not there yet: what was said of another campaign does not concern it. */
const NEW = 'new';

const ON_A_LIST: readonly string[] = ['dnc_listed'] satisfies BlockReason[];

export interface Looked {
  /** In the order of the file. */
  callable: NewLead[];
  bad: BadRow[];
}

export interface ContactRules {
  look(leads: readonly NewLead[]): Promise<Looked>;
  /** What was found so far. */
  readonly dial: ImportReport['dial'];
}

export type OpenContactRules = (target: CampaignTarget) => ContactRules;

export function contactRules(dialling: Pick<Dialling, 'check'>, clock: Clock): OpenContactRules {
  return (target) => {
    const dial: ImportReport['dial'] = { allowed: 0, later: 0, blocked: 0, rules: [] };
    const rules = new Map<string, ImportReport['dial']['rules'][number]>();
    const ask = async ({ phone, record, consent }: NewLead): Promise<DialAnswer | undefined> => {
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
      return (await dialling.check(request, now))?.answer;
    };
    const note = ({ verdict, next, findings }: DialAnswer): BadRow['reason'] | undefined => {
      const never = verdict === 'blocked' && next === null;
      dial[verdict === 'allowed' ? 'allowed' : never ? 'blocked' : 'later'] += 1;
      const blocking = findings.filter(({ effect }) => effect === 'block');
      for (const { rule, reason } of blocking) {
        const known = rules.get(`${rule} ${reason}`);
        rules.set(`${rule} ${reason}`, { rule, reason, leads: 1 + (known?.leads ?? 0) });
      }
      if (!never) return undefined;
      return blocking.some(({ reason }) => ON_A_LIST.includes(reason)) ? 'do_not_call' : 'not_allowed';
    };
    const lookAt = async (leads: readonly NewLead[], found: Looked): Promise<void> => {
      const answers = await Promise.all(leads.map(ask));
      for (const [index, lead] of leads.entries()) {
        const answer = answers[index];
        const reason = answer === undefined ? 'phone_invalid' : note(answer);
        if (reason === undefined) found.callable.push(lead);
        else found.bad.push({ row: lead.row, line: lead.line, field: null, reason, text: lead.phone });
      }
    };
    return {
      async look(leads) {
        const found: Looked = { callable: [], bad: [] };
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
