/** `GET /v1/dial-check`: may this number be called now, which rules say so, and when else. Changes nothing. */
import { dialRequestSchema, type DialPacksAnswer } from '../../shared/contract/dialling';
import type { PolicyPack } from '../../shared/contract/dialling-policies';
import { parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import type { Clock } from '../clock';
import type { Dialling } from './dialling';
import { overduePacks } from './packs';

/** Stands beside every verdict that a person sees. */
const NOTICE =
  'A help, not legal advice: it knows the rules in its packs as of the day they were checked. Whoever calls remains responsible.';

export const NO_NUMBER = 'phone: no number of any country has this length';

function sourcesOf({ rules }: PolicyPack) {
  return [...new Map(rules.map(({ source }) => [source.url, source])).values()];
}

function packsAnswer(packs: readonly PolicyPack[], now: number): DialPacksAnswer {
  const overdue = new Set(overduePacks(packs, now).map(({ id }) => id));
  return {
    data: packs.map((pack) => {
      const { id, version, title, countries, effective_from, checked, review_by } = pack;
      const dates = { effective_from, checked, review_by, overdue: overdue.has(id) };
      return { id, version, title, countries, ...dates, sources: sourcesOf(pack) };
    }),
    overdue: [...overdue],
    notice: NOTICE,
  };
}

export function dialCheckRoutes(router: Router, dialling: Dialling, clock: Clock): void {
  router.on('GET', '/dial-check', async ({ request }) => {
    const checked = await dialling.check(parse(dialRequestSchema, request.query), clock.now());
    if (checked === undefined) throw new Problem('bad_request', NO_NUMBER);
    return checked.answer;
  });
  router.on('GET', '/dial-check/packs', () => Promise.resolve(packsAnswer(dialling.packs, clock.now())));
}
