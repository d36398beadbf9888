/** `GET /v1/dial-check`: may this number be called now, which rules say so, and when else. Changes nothing. */
import { dialRequestSchema } from '../../shared/contract/dialling';
import { parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import type { Clock } from '../clock';
import type { Dialling } from './dialling';

export function dialCheckRoute(router: Router, dialling: Dialling, clock: Clock): void {
  router.on('GET', '/dial-check', async ({ request }) => {
    const answer = await dialling.check(parse(dialRequestSchema, request.query), clock.now());
    if (answer === undefined) throw new Problem('bad_request', 'phone: no number of any country has this length');
    return answer;
  });
}
