/** `/v1/leads`: next, open, the verbs, and the supervisor's lists. */
import {
  changeListSchema,
  dncLeadSchema,
  leadsQuerySchema,
  listsQuerySchema,
  newListSchema,
  nextLeadSchema,
  openLeadSchema,
  pauseSegmentSchema,
  rejectLeadSchema,
  releaseLeadSchema,
  removeLeadSchema,
  renewLeadSchema,
  rescheduleLeadSchema,
  simulateSchema,
  skipLeadSchema,
} from '../../shared/contract/leads';
import { parameter, parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Exchange, Router } from '../gateway/http/router';
import type { Line } from './line';
import { workerOf, type ListBook } from './list-book';
import type { ListDesk } from './lists';
import type { LeadStore } from './port';
import type { VerbDesk } from './verbs';
import { leadLine } from './views';
import { simulate, type SimulationInput } from './simulate';

const CREATED = 201;

export interface LeadRoutes {
  store: LeadStore;
  line: Line;
  verbs: VerbDesk;
  lists: ListBook;
  desk: ListDesk;
  judge: SimulationInput['judge'];
  /** Those that can start calls. */
  platforms: readonly { name: string; label: string }[];
  now: () => number;
}

/** An id of the relay's own in an address. */
function idOf({ request }: Pick<Exchange, 'request'>): number {
  const id = Number(parameter(request, 'id'));
  if (!Number.isSafeInteger(id) || id < 1) throw new Problem('not_found', 'No such lead or list');
  return id;
}

function agentRoutes(router: Router, { line, verbs }: LeadRoutes): void {
  router.on('POST', '/leads/next', ({ request, asker }) => {
    const { lists: wanted = [] } = parse(nextLeadSchema, request.body ?? {});
    return line.next(workerOf(asker.agent), wanted.map(Number));
  });
  router.on('POST', '/leads/:id/open', (exchange) => {
    parse(openLeadSchema, exchange.request.body ?? {});
    return line.open(workerOf(exchange.asker.agent), idOf(exchange));
  });
  router.on('GET', '/leads/held', async ({ asker }) => verbs.held(workerOf(asker.agent)));
  router.on('GET', '/leads/:id', (exchange) => line.look(workerOf(exchange.asker.agent), idOf(exchange)));

  const on = (verb: string, handle: (exchange: Exchange, lead: number) => Promise<unknown>) =>
    router.on('POST', `/leads/:id/${verb}`, (exchange) => handle(exchange, idOf(exchange)));
  const worker = ({ asker }: Exchange) => workerOf(asker.agent);
  on('skip', (exchange, lead) =>
    verbs.skip(worker(exchange), lead, parse(skipLeadSchema, exchange.request.body ?? {})),
  );
  on('reject', (exchange, lead) =>
    verbs.reject(worker(exchange), lead, parse(rejectLeadSchema, exchange.request.body ?? {})),
  );
  on('remove', (exchange, lead) =>
    verbs.remove(worker(exchange), lead, parse(removeLeadSchema, exchange.request.body ?? {})),
  );
  on('dnc', (exchange, lead) => verbs.dnc(worker(exchange), lead, parse(dncLeadSchema, exchange.request.body ?? {})));
  on('reschedule', (exchange, lead) =>
    verbs.reschedule(worker(exchange), lead, parse(rescheduleLeadSchema, exchange.request.body)),
  );
  on('renew', (exchange, lead) =>
    verbs.renew(worker(exchange), lead, parse(renewLeadSchema, exchange.request.body ?? {})),
  );
  on('release', (exchange, lead) =>
    verbs.release(worker(exchange), lead, parse(releaseLeadSchema, exchange.request.body ?? {})),
  );
}

/** @param router routes are for supervisors but for the list of lists */
function listRoutes(router: Router, { desk, store, lists, judge, platforms, now }: LeadRoutes): void {
  const supervisor = { role: 'supervisor' } as const;
  router.on('GET', '/leads/lists', async ({ request, asker }) => {
    const { limit, offset } = parse(listsQuerySchema, request.query);
    const worker = workerOf(asker.agent);
    const page = await desk.page(worker.supervisor ? null : await lists.of(worker), limit, offset);
    return { ...page, limit, offset, platforms };
  });
  router.on(
    'POST',
    '/leads/lists',
    async ({ request, reply, asker }) => {
      const made = await desk.create(parse(newListSchema, request.body), workerOf(asker.agent).person);
      return reply.code(CREATED).send(made);
    },
    supervisor,
  );
  router.on('GET', '/leads/lists/:id', (exchange) => desk.show(idOf(exchange)), supervisor);
  router.on(
    'POST',
    '/leads/lists/:id',
    (exchange) => desk.change(idOf(exchange), parse(changeListSchema, exchange.request.body)),
    supervisor,
  );
  router.on(
    'POST',
    '/leads/lists/:id/segments',
    (exchange) => desk.pauseSegment(idOf(exchange), parse(pauseSegmentSchema, exchange.request.body)),
    supervisor,
  );
  router.on(
    'GET',
    '/leads/lists/:id/leads',
    async (exchange) => {
      const { limit, offset, state, phone, segment } = parse(leadsQuerySchema, exchange.request.query);
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(phone === undefined ? {} : { phone }),
        ...(segment === undefined ? {} : { segment }),
      };
      const rows = await store.leads({ list: idOf(exchange), ...filter, limit: limit + 1, offset });
      return { data: rows.slice(0, limit).map(leadLine), has_more: rows.length > limit, limit, offset };
    },
    supervisor,
  );
  router.on(
    'POST',
    '/leads/simulate',
    async ({ request: { body } }) => {
      const request = parse(simulateSchema, body);
      const list = await lists.one(Number(request.list));
      if (list === undefined) throw new Problem('not_found', 'No such list');
      const [lanes, blocked] = await Promise.all([store.lanes(list.id), store.blockedBy(list.id)]);
      return simulate({ list, lanes, blocked, request, now: now(), judge });
    },
    supervisor,
  );
}

export function leadRoutes(router: Router, parts: LeadRoutes): void {
  agentRoutes(router, parts);
  listRoutes(router, parts);
}
