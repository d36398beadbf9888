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
import type { AskFacts, KnownFacts } from './known-facts';
import { readPacks } from './packs';
import { createPlaceFinder, type FindPlaces } from './places';
import { loadPlaceTables } from './place-tables';

/** What only the relay's own routes may add to a request. */
export interface Asking {
  /** By a supervisor; the role has been checked. */
  override?: DialQuestion['override'];
  /** The attempt that is being made. */
  attempt?: string;
}

export interface Checked {
  answer: DialAnswer;
  /** Where the number could be. */
  places: Places;
  /** Of the facts; absent when they could not be read. */
  revision?: string;
}

export interface Dialling {
  packs: readonly PolicyPack[];
  /** Undefined when the number is none. @throws StoreError when the log cannot be read */
  check(request: DialRequest, now: number, asking?: Asking): Promise<Checked | undefined>;
}

type Places = NonNullable<ReturnType<FindPlaces>>;

function questionOf(
  request: DialRequest,
  places: Places,
  known: KnownFacts,
  at: string,
  override: Asking['override'],
): DialQuestion {
  const { phone, kind, purpose, trigger, campaign, consent } = request;
  const stated: DialQuestion['consents'] =
    consent === undefined ? [] : [{ id: 'stated', level: consent, kinds: [kind], purposes: [purpose], given_at: at }];
  return dialQuestionSchema.parse({
    ...{ ...places, at, phone, kind, purpose, trigger, attempts: known.attempts, dnc: known.dnc },
    consents: [...stated, ...known.consents],
    ...(campaign === undefined ? {} : { campaign }),
    ...(override === undefined ? {} : { override }),
  });
}

/**
 * @param seller who calls, where a request does not say
 * @throws PackError or ZodError when what the build brought is broken
 */
export function createDialling(ask: AskFacts, seller: string): Dialling {
  const packs = readPacks(bundledPacks);
  const check = createDialCheck(packs);
  const find = createPlaceFinder(loadPlaceTables());

  return {
    packs,
    async check(request, now, { override, attempt } = {}) {
      const { phone, zone, region, postcode, campaign, list } = request;
      const places = find(phone, { zone, region, postcode });
      if (places === undefined) return undefined;
      const at = request.at === undefined ? now : Date.parse(request.at);
      const known = await ask(phone, { seller: request.seller ?? seller, campaign, list, attempt }, now);
      const question = questionOf(request, places, known, new Date(at).toISOString(), override);
      const verdict = check(question);
      const answer = {
        ...verdict,
        explanation: explain(verdict),
        simulated: request.at !== undefined || request.consent !== undefined,
        receipt: receiptOf(question, verdict),
      };
      return { answer, places, ...(known.revision === undefined ? {} : { revision: known.revision }) };
    },
  };
}
