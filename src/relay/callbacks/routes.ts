/** `/v1/callbacks`. */
import {
  callbacksQuerySchema,
  deferCallbackSchema,
  finishCallbackSchema,
  moveCallbackSchema,
  newCallbackSchema,
  releaseCallbackSchema,
  takeCallbackSchema,
} from '../../shared/contract/callbacks';
import { digestOf } from '../gateway/events';
import { idempotencyKey, parameter, parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Exchange, Router } from '../gateway/http/router';
import { workerOf, type Worker } from '../leads/list-book';
import type { Person } from '../leads/port';
import type { CallbackChange, CallbackRow } from './port';
import type { CallbackDesk } from './service';
import { instantOf } from './when';

const CREATED = 201;

export interface CallbackRoutes {
  desk: CallbackDesk;
  agents: () => Promise<Person[]>;
}

export function callbackRoutes(router: Router, { desk, agents }: CallbackRoutes): void {
  router.on('GET', '/callbacks', ({ request, asker }) =>
    desk.list(workerOf(asker.agent), parse(callbacksQuerySchema, request.query)),
  );

  router.on('POST', '/callbacks', async ({ request, reply, asker }) => {
    const key = idempotencyKey(request);
    const body = parse(newCallbackSchema, request.body);
    const source = key === undefined ? null : `key:${digestOf(asker.agent.id, key)}`;
    const booked = await desk.book(workerOf(asker.agent), asker.viewer, body, source);
    return reply.code(CREATED).send(booked);
  });

  const on = (verb: string, what: (exchange: Exchange, worker: Worker) => Promise<Change>) => {
    router.on('POST', `/callbacks/:id/${verb}`, async (exchange) => {
      const worker = workerOf(exchange.asker.agent);
      const change = await what(exchange, worker);
      return { callback: await desk.change(worker, parameter(exchange.request, 'id'), change) };
    });
  };

  on('done', ({ request }) => {
    const { cancelled, note } = parse(finishCallbackSchema, request.body ?? {});
    return Promise.resolve(() => ({ kind: cancelled ? 'cancelled' : 'done', note: note ?? null }));
  });
  on('defer', ({ request }) => {
    const { minutes } = parse(deferCallbackSchema, request.body);
    return Promise.resolve((_row, now) => ({ kind: 'defer', until: now + minutes * 60_000 }));
  });
  on('release', ({ request }) => {
    const { reason } = parse(releaseCallbackSchema, request.body ?? {});
    return Promise.resolve(() => ({ kind: 'release', reason: reason ?? 'released' }));
  });
  on('take', async ({ request }, worker) => {
    const { agent } = parse(takeCallbackSchema, request.body ?? {});
    const owner = await takerOf(agent, worker);
    return () => ({ kind: 'take', owner });
  });
  on('move', ({ request }) => {
    const { wall_time, zone, at, note } = parse(moveCallbackSchema, request.body);
    return Promise.resolve((_row, now) => ({
      ...{ kind: 'move', at: instantOf({ wall_time, zone, at }, now), zone, wallTime: wall_time, note: note ?? null },
    }));
  });

  /** Oneself, or for a supervisor somebody else. */
  async function takerOf(agent: string | undefined, worker: Worker): Promise<Person> {
    if (agent === undefined || agent === worker.person.id) return worker.person;
    if (!worker.supervisor) throw new Problem('forbidden', 'This needs the role supervisor');
    const person = (await agents()).find(({ id }) => id === agent);
    if (person === undefined) throw new Problem('bad_request', 'agent: there is no such agent');
    return person;
  }
}

type Change = (row: CallbackRow, now: number) => CallbackChange;
