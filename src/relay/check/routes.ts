/** `POST /v1/check` sends the asking agent's own desk a test call, `DELETE /v1/check/:call` ends it. */
import { z } from 'zod';
import type { Clock } from '../clock';
import { parse, platformId } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import { FailureThrottle } from '../gateway/http/throttle';
import type { AgentChecks } from './agent-check';

const NO_CONTENT = 204;

const beginSchema = z.strictObject({ id: z.uuid() });

export function checkRoutes(router: Router, checks: AgentChecks, clock: Clock): void {
  // Every check writes to the log: as many as a person presses, no more.
  const pressed = new FailureThrottle(clock);

  router.on('POST', '/check', async ({ request, asker }) => {
    const agent = asker.agent.id;
    const retryAfterS = pressed.waitS(agent);
    if (retryAfterS > 0) throw new Problem('rate_limited', 'Too many desk checks in a minute', { retryAfterS });
    pressed.failed(agent);
    return checks.begin(agent, parse(beginSchema, request.body).id);
  });
  router.on('DELETE', '/check/:call', async ({ request, reply, asker }) => {
    const { whole } = platformId(request, 'call');
    if (!(await checks.end(asker.agent.id, asker.viewer, whole))) throw new Problem('not_found', 'No such test call');
    return reply.code(NO_CONTENT).send();
  });
}
