/** "May I call?" in the relay: its packs, its tables, what it knows of a number, and the shared check. */
import {
  dialQuestionSchema,
  type DialAnswer,
  type DialQuestion,
  type DialRequest,
} from '../../shared/contract/dialling';
import type { PolicyPack } from '../../shared/contract/dialling-policies';
import { createDialCheck } from '../../shared/lib/dialling/check';
import { explain } from '../../shared/lib/dialling/explain';
import { receiptOf } from '../../shared/lib/dialling/receipt';
import { bundledPacks } from './bundled';
import type { AskFacts } from './known-facts';
import { readPacks } from './packs';
import { createPlaceFinder, type FindPlaces } from './places';
import { loadPlaceTables } from './place-tables';

export interface Dialling {
  packs: readonly PolicyPack[];
  /** Undefined when the number is none. @throws StoreError when the log cannot be read */
  check(request: DialRequest, now: number): Promise<DialAnswer | undefined>;
}

function questionOf(request: DialRequest, places: NonNullable<ReturnType<FindPlaces>>, at: string) {
  const { phone, kind, purpose, trigger, campaign, consent } = request;
  const stated: DialQuestion['consents'] =
    consent === undefined ? [] : [{ id: 'stated', level: consent, kinds: [kind], purposes: [purpose], given_at: at }];
  return { ...places, at, phone, kind, purpose, trigger, consents: stated, ...(campaign ? { campaign } : {}) };
}

/** @throws PackError or ZodError when what the build brought is broken */
export function createDialling(ask: AskFacts): Dialling {
  const packs = readPacks(bundledPacks);
  const check = createDialCheck(packs);
  const find = createPlaceFinder(loadPlaceTables());

  return {
    packs,
    async check(request, now) {
      const { phone, zone, region, postcode } = request;
      const places = find(phone, { zone, region, postcode });
      if (places === undefined) return undefined;
      const at = request.at === undefined ? now : Date.parse(request.at);
      const known = await ask(phone);
      const question = dialQuestionSchema.parse({
        ...questionOf(request, places, new Date(at).toISOString()),
        ...known,
      });
      const verdict = check(question);
      return {
        ...verdict,
        explanation: explain(verdict),
        simulated: request.at !== undefined || request.consent !== undefined,
        receipt: receiptOf(question, verdict),
      };
    },
  };
}
