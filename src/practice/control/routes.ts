/**
 * `/_practice/*`: how tests and the desk's headless run command the floor and read what happened on it. Loopback only,
 * and behind a bearer token when the configuration holds one.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mischiefSchema, platformSchema, relayUrlSchema } from '../config';
import type { Floor } from '../floor';
import type { Platforms } from '../platforms';
import { firstProblem } from '../rest/answers';
import { sameSecret } from '../rest/gate';
import { NotOnTheFloor, type Stage } from '../stage';

const outcomeSchema = z.enum(['escalated', 'completed', 'no_answer', 'failed']);
const which = { platform: platformSchema.optional() };

const escalateSchema = z.strictObject({
  ...which,
  caller: z.string().optional(),
  age_s: z.number().min(0).max(86_400).optional(),
  summary: z.string().max(100_000).nullable().optional(),
  duplicate: z.boolean().optional(),
  wrong_signature: z.boolean().optional(),
  transfer_to: z.string().min(1).optional(),
  follow_up: z.boolean().optional(),
});
const callSchema = z.strictObject({
  ...which,
  caller: z.string().optional(),
  outcome: outcomeSchema.optional(),
  transfer_to: z.string().min(1).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
});
/** A day: longer than any platform waits before it gives an endpoint up. */
const troubleSchema = z.strictObject({ ...which, seconds: z.number().positive().max(86_400) });

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export function controlRoutes(
  app: FastifyInstance,
  { stage, floor, platforms }: { stage: Stage; floor: Floor; platforms: Platforms },
): void {
  const token = stage.config.control_token;

  app.addHook('onRequest', async (request, reply) => {
    // A browser on this machine must not be able to command the floor for a page it shows.
    if (!LOOPBACK.test(request.ip) || request.headers.origin !== undefined) {
      return reply.status(403).send({ error: 'Commands come from this machine only.' });
    }
    if (token !== undefined && !sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) {
      return reply.status(401).send({ error: 'The control token is missing or wrong.' });
    }
    return undefined;
  });

  const command = <T extends z.ZodType>(path: string, schema: T, act: (asked: z.output<T>) => object): void => {
    app.post(path, async (request, reply) => {
      const asked = schema.safeParse(request.body ?? {});
      if (!asked.success) return reply.status(400).send({ error: firstProblem(asked.error) });
      try {
        return await reply.send(act(asked.data));
      } catch (error) {
        if (error instanceof NotOnTheFloor) return reply.status(404).send({ error: error.message });
        throw error;
      }
    });
  };

  command('/relay', z.strictObject({ url: relayUrlSchema }), ({ url }) => {
    floor.setRelay(url);
    return { ok: true };
  });
  command('/escalate', escalateSchema, (asked) => floor.escalate(asked));
  command('/call', callSchema, ({ platform, ...request }) => platforms.play(platform, request));
  command('/test', z.strictObject(which), ({ platform }) => platforms.test(platform));
  command('/plot', z.strictObject({ outcome: outcomeSchema.nullable() }), ({ outcome }) => {
    platforms.plot(outcome ?? undefined);
    return { outcome };
  });
  command('/outage', troubleSchema, ({ platform, seconds }) => {
    platforms.outage(platform, seconds * 1000);
    return { ok: true };
  });
  command('/throttle', troubleSchema, ({ platform, seconds }) => {
    platforms.throttle(platform, seconds * 1000);
    return { ok: true };
  });
  command('/mischief', mischiefSchema, (asked) => Object.assign(stage.mischief, asked));
  command('/replay', z.strictObject({}), () => ({ replayed: stage.courier.replay() }));

  app.get('/failed', async (_request, reply) => reply.send({ events: stage.courier.failures() }));
  app.get('/log', async (request, reply) => {
    const asked = z.object({ since: z.coerce.number().default(0) }).safeParse(request.query);
    if (!asked.success) return reply.status(400).send({ error: firstProblem(asked.error) });
    const recent = ({ at }: { at: number }) => at >= asked.data.since;
    return reply.send({
      under_way: stage.courier.underWay(),
      webhooks: floor.journal.webhooks.filter(recent),
      requests: floor.journal.requests.filter(recent),
    });
  });
}
