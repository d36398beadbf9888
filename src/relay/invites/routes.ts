/** `POST /v1/invites` for administrators, `POST /v1/join` for a desk that has no token yet. */
import type { FastifyInstance } from 'fastify';
import { joinSchema, newInviteSchema, type JoinAnswer } from '../../shared/contract/invites';
import type { Clock } from '../clock';
import { parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import { FailureThrottle } from '../gateway/http/throttle';
import type { Invites } from './invites';

const CREATED = 201;
/** A code and a nonce; more is nobody's who was invited. */
const MAX_JOIN_BYTES = 1_024;

export function inviteRoutes(router: Router, scope: FastifyInstance, invites: Invites, clock: Clock): void {
  const throttle = new FailureThrottle(clock);

  router.on(
    'POST',
    '/invites',
    async ({ request, reply }) => {
      const made = await invites.make(parse(newInviteSchema, request.body));
      if (!made.ok) throw new Problem('bad_request', made.message);
      return reply.code(CREATED).header('cache-control', 'no-store').send(made.invite);
    },
    { role: 'admin' },
  );

  scope.route({
    method: 'POST',
    url: '/join',
    bodyLimit: MAX_JOIN_BYTES,
    // Before the body is read: whoever guesses is not listened to.
    onRequest: (request, _reply, done) => {
      const retryAfterS = throttle.waitS(request.ip);
      done(retryAfterS > 0 ? new Problem('too_many_attempts', 'Too many refused codes', { retryAfterS }) : undefined);
    },
    handler: async (request, reply): Promise<JoinAnswer> => {
      const { code, nonce } = parse(joinSchema, request.body);
      const answer = await invites.join(code, nonce);
      if (answer === undefined) {
        throttle.failed(request.ip);
        throw new Problem('unauthorized', 'This invite is not known, has expired, or was used already');
      }
      void reply.header('cache-control', 'no-store');
      return answer;
    },
  });
}
