/** `/v1/leads/import` and `/v1/leads/imports`: for supervisors. */
import { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  cancelImportSchema,
  IMPORT_LIMITS,
  importQuerySchema,
  importSettingsSchema,
  importsQuerySchema,
  runImportSchema,
  type ImportJob,
} from '../../../shared/contract/lead-imports';
import { idempotencyKey, parameter, parse } from '../../gateway/http/parse';
import { Problem } from '../../gateway/http/problem';
import type { Exchange, Router } from '../../gateway/http/router';
import { fingerprintOf } from '../../gateway/idempotency/fingerprint';
import type { IdempotencyGuard } from '../../gateway/idempotency/guard';
import { workerOf } from '../list-book';
import type { Person } from '../port';
import type { ImportDesk } from './desk';

const ACCEPTED = 202;
const SUPERVISOR = { role: 'supervisor' } as const;

function idOf({ request }: Pick<Exchange, 'request'>): number {
  const id = Number(parameter(request, 'id'));
  if (!Number.isSafeInteger(id) || id < 1) throw new Problem('not_found', 'No such import');
  return id;
}

export interface UploadRoute<Q extends object> {
  path: string;
  query: z.ZodType<Q>;
  guard: Pick<IdempotencyGuard, 'once'>;
  take: (query: Q, body: Readable, by: Person) => Promise<ImportJob>;
}

/** A file as the body of a request: 202 with the job whose dry run begins at once; with a key, once. */
export function uploadRoute<Q extends object>(
  router: Router,
  { path, query: shape, guard, take }: UploadRoute<Q>,
): void {
  router.on(
    'POST',
    path,
    async ({ request, reply, asker }) => {
      const query = parse(shape, request.query);
      const { body } = request;
      if (!(body instanceof Readable)) throw new Problem('bad_request', 'Send the file as the body, as text/csv');
      const by = workerOf(asker.agent).person;
      const key = idempotencyKey(request);
      if (key === undefined) return reply.code(ACCEPTED).send(await take(query, body, by));
      const size = request.headers['content-length'] ?? '';
      const keyed = {
        agent: by.id,
        key,
        attempt: '',
        fingerprint: fingerprintOf(`POST /v1${path}`, { ...query, size }),
      };
      const kept = await guard.once(keyed, async () => {
        const job = await take(query, body, by);
        return { answer: { status: ACCEPTED, body: JSON.stringify(job) }, events: [] };
      });
      // What a repeat sends is not needed, but has to arrive before it can be answered.
      if (kept.replayed) body.resume();
      if (kept.replayed) void reply.header('idempotency-replayed', 'true');
      return reply.code(kept.status).type('application/json').send(kept.body);
    },
    { ...SUPERVISOR, bodyLimit: IMPORT_LIMITS.maxBytes },
  );
}

export function importRoutes(router: Router, desk: ImportDesk, guard: Pick<IdempotencyGuard, 'once'>): void {
  uploadRoute(router, {
    ...{ path: '/leads/import', query: importQuerySchema, guard },
    take: (query, body, by) => desk.upload(query, body, by),
  });
  router.on(
    'GET',
    '/leads/imports',
    async ({ request }) => {
      const { limit, offset } = parse(importsQuerySchema, request.query);
      return { ...(await desk.page(limit, offset)), limit, offset };
    },
    SUPERVISOR,
  );
  router.on('GET', '/leads/imports/:id', (exchange) => desk.show(idOf(exchange)), SUPERVISOR);
  router.on(
    'POST',
    '/leads/imports/:id/check',
    (exchange) => desk.check(idOf(exchange), parse(importSettingsSchema, exchange.request.body)),
    SUPERVISOR,
  );
  router.on(
    'POST',
    '/leads/imports/:id/run',
    (exchange) =>
      desk.run(idOf(exchange), parse(runImportSchema, exchange.request.body), workerOf(exchange.asker.agent).person),
    SUPERVISOR,
  );
  router.on(
    'POST',
    '/leads/imports/:id/cancel',
    (exchange) => {
      parse(cancelImportSchema, exchange.request.body ?? {});
      return desk.cancel(idOf(exchange));
    },
    SUPERVISOR,
  );
  router.on(
    'GET',
    '/leads/imports/:id/refused',
    async (exchange) => {
      const rows = await desk.refused(idOf(exchange));
      return exchange.reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="refused-rows.csv"')
        .send(Readable.from(rows));
    },
    SUPERVISOR,
  );
}
