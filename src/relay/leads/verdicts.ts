/** What the dial check says of a lead's numbers, and what follows for the lead. */
import type { DialAnswer } from '../../shared/contract/dialling';
import type { DialTrigger } from '../../shared/contract/dialling-policies';
import { isTemporary } from '../../shared/lib/dialling/explain';
import type { Dialling } from '../dialling/dialling';
import { isClosedHour } from './hours';
import type { Aside, LeadRow, ListRow } from './port';
import { leadRecordSchema } from './record';

/** A lead that waiting does not help is looked at again after this: a consent or a list may have come. */
const RECHECK_MS = 6 * 3600_000;

/** After a look-up that failed. */
const LOOK_UP_AGAIN_MS = 60_000;

export interface NumberVerdict {
  phone: string;
  /** Null: no possible number. */
  answer: DialAnswer | null;
}

export type AskVerdicts = (lead: LeadRow, list: ListRow, trigger: DialTrigger, now: number) => Promise<NumberVerdict[]>;

export function createVerdicts(dialling: Pick<Dialling, 'check'>): AskVerdicts {
  return async (lead, list, trigger, now) => {
    const { phones, zone, region, postcode } = leadRecordSchema.parse(JSON.parse(lead.record));
    const { kind, purpose, campaign, seller } = list.settings;
    return Promise.all(
      phones.map(async ({ phone }) => {
        const request = {
          ...{ phone, kind, purpose, trigger },
          ...(zone === null ? {} : { zone }),
          ...(region === null ? {} : { region }),
          ...(postcode === null ? {} : { postcode }),
          ...(campaign === null ? {} : { campaign }),
          ...(seller === null ? {} : { seller }),
          list: String(list.id),
        };
        return { phone, answer: (await dialling.check(request, now))?.answer ?? null };
      }),
    );
  };
}

export const isCallable = (verdicts: readonly NumberVerdict[]) =>
  verdicts.some(({ answer }) => answer?.verdict === 'allowed');

type Standing = { kind: 'closed' | 'later'; until: number } | { kind: 'blocked'; until: number; by: string };

/** Why a lead none of whose numbers may be called now waits, and how long. */
function standingOf(verdicts: readonly NumberVerdict[], now: number): Standing {
  // Not known is no reason to keep a lead from everybody for hours.
  if (verdicts.some(({ answer }) => answer !== null && isTemporary(answer))) {
    return { kind: 'later', until: now + LOOK_UP_AGAIN_MS };
  }
  const opens = verdicts.flatMap(({ answer }) => (answer?.next ? [Date.parse(answer.next.at)] : []));
  const until = Math.min(...opens);
  const [only] = verdicts;
  if (verdicts.length === 1 && only?.answer && isClosedHour(only.answer)) return { kind: 'closed', until };
  if (opens.length > 0) return { kind: 'later', until };
  const found = only?.answer?.findings.find(({ effect, opens_at }) => effect === 'block' && opens_at === undefined);
  const by = JSON.stringify({ rule: found?.rule ?? 'number', reason: found?.reason ?? 'impossible' });
  return { kind: 'blocked', until: now + RECHECK_MS, by };
}

export function asideOf(lead: number, hold: string, verdicts: readonly NumberVerdict[], now: number): Aside {
  return { lead, hold, ...standingOf(verdicts, now) };
}
