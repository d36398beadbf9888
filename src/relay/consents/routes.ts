/** Consents over REST: supervisors hand them in, any agent who hears a withdrawal records it. */
import {
  consentsQuerySchema,
  newConsentsSchema,
  revokeConsentSchema,
  type Consent,
} from '../../shared/contract/consents';
import type { Clock } from '../clock';
import { phoneHash } from '../dialling/phone-hash';
import { parameter, parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import type { ConsentStore } from './port';
import { storedConsent } from './record';

const CREATED = 201;

interface ConsentDeps {
  store: ConsentStore;
  /** Who calls, for consents that name nobody. */
  seller: string;
  clock: Clock;
}

export function consentRoutes(router: Router, { store, seller, clock }: ConsentDeps): void {
  router.on(
    'POST',
    '/consents',
    async ({ request, reply, asker }) => {
      const { consents } = parse(newConsentsSchema, request.body);
      const now = clock.now();
      const late = consents.find(({ given_at }) => Date.parse(given_at) > now);
      if (late !== undefined) throw new Problem('bad_request', 'given_at: nobody consents in the future');
      const recorded = await store.recordConsents(
        consents.map((consent) => storedConsent(consent, seller, asker.agent.id, now)),
      );
      return reply.code(CREATED).send({ recorded, repeated: consents.length - recorded });
    },
    { role: 'supervisor' },
  );

  router.on('GET', '/consents', async ({ request }) => {
    const { phone, limit, offset } = parse(consentsQuerySchema, request.query);
    return { ...(await store.consents(phoneHash(phone), limit, offset)), limit, offset };
  });

  router.on('POST', '/consents/:id/revoke', async ({ request, asker }): Promise<Consent> => {
    const { reason, at } = parse(revokeConsentSchema, request.body);
    const now = clock.now();
    // Withdrawn now at the latest, whatever their clock says.
    const when = at === undefined ? now : Math.min(Date.parse(at), now);
    const revoked = await store.revokeConsent(parameter(request, 'id'), asker.agent.id, reason, when);
    if (revoked === undefined) throw new Problem('not_found', 'No such consent');
    return revoked;
  });
}
