/** Do-not-call over REST: the own list, for agents to add to, and the registers, for supervisors to bring up to date. */
import { randomUUID } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import type { PolicyPack } from '../../shared/contract/dialling-policies';
import {
  correctDncSchema,
  DNC_LIMITS,
  dncListIdSchema,
  dncQuerySchema,
  importDncListSchema,
  newDncSchema,
  type DncEntry,
  type DncList,
} from '../../shared/contract/dnc';
import type { Clock } from '../clock';
import { phoneHash } from '../dialling/phone-hash';
import { digestOf } from '../gateway/events';
import { idempotencyKey, parameter, parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Router } from '../gateway/http/router';
import { RegisterError, type RegisterImporter } from './import-register';
import type { DncStore, NewEntry, RegisterCopy } from './port';
import { countryOfList } from './register-lines';

const CREATED = 201;
const DAY_MS = 24 * 3600_000;

export interface DncDeps {
  store: DncStore;
  importer: RegisterImporter;
  packs: readonly PolicyPack[];
  seller: string;
  platformsFor: (entry: { call?: string; origin: DncEntry['origin'] }) => NewEntry['platforms'];
  /** There may be an entry to bring to a platform. */
  recorded: () => void;
  clock: Clock;
}

/** The lists that rules ask for, with the strictest age among them. */
export function listsOfPacks(packs: readonly PolicyPack[]): Map<string, { maxAgeDays?: number; blocks: boolean }> {
  const lists = new Map<string, { maxAgeDays?: number; blocks: boolean }>();
  for (const rule of packs.flatMap(({ rules }) => rules)) {
    if (rule.kind !== 'dnc_list' || rule.list === 'own') continue;
    const known = lists.get(rule.list);
    const ages = [known?.maxAgeDays, rule.max_age_days].filter((age) => age !== undefined);
    lists.set(rule.list, {
      ...(ages.length === 0 ? {} : { maxAgeDays: Math.min(...ages) }),
      blocks: known?.blocks === true || rule.when_missing === 'block',
    });
  }
  return lists;
}

function shown(copy: RegisterCopy, maxAgeDays: number | undefined, now: number): DncList {
  const ageDays = Math.max(0, (now - copy.date) / DAY_MS);
  return {
    list: copy.list,
    date: new Date(copy.date).toISOString(),
    imported_at: new Date(copy.imported).toISOString(),
    imported_by: copy.importedBy,
    ...{ numbers: copy.numbers, refused: copy.refused, current: copy.state === 'current' },
    age_days: Math.floor(ageDays),
    ...(maxAgeDays === undefined ? {} : { max_age_days: maxAgeDays }),
    stale: maxAgeDays !== undefined && ageDays > maxAgeDays,
  };
}

function ownListRoutes(router: Router, { store, seller, platformsFor, recorded, clock }: DncDeps): void {
  router.on('POST', '/dnc', async ({ request, reply, asker }) => {
    const body = parse(newDncSchema, request.body);
    const key = idempotencyKey(request);
    const now = clock.now();
    const { phone, scope, verbatim, channel, call, campaign, requested_at } = body;
    const agent = asker.agent.id;
    const id = `stop:${key === undefined ? randomUUID() : digestOf(agent, 'dnc', key)}`;
    const optional = { verbatim, call, campaign, seller: scope === 'seller' ? (body.seller ?? seller) : undefined };
    await store.recordStops([
      {
        ...{ id, phone, scope, channel, agent, origin: 'agent', recorded: now },
        ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
        requested: requested_at === undefined ? now : Math.min(Date.parse(requested_at), now),
        platforms: platformsFor({ ...(call === undefined ? {} : { call }), origin: 'agent' }),
      },
    ]);
    recorded();
    const { data } = await store.entries({ phoneHash: phoneHash(phone), limit: 100, offset: 0 });
    return reply.code(CREATED).send(data.find((entry) => entry.id === id));
  });

  router.on('GET', '/dnc', async ({ request, asker }) => {
    const { phone, limit, offset } = parse(dncQuerySchema, request.query);
    if (phone === undefined && asker.agent.role === 'agent') {
      throw new Problem('bad_request', 'phone: ask for one number; the whole list is for supervisors');
    }
    const hash = phone === undefined ? {} : { phoneHash: phoneHash(phone) };
    return { ...(await store.entries({ ...hash, limit, offset })), limit, offset };
  });

  router.on(
    'POST',
    '/dnc/:id/correct',
    async ({ request, asker }) => {
      const { reason } = parse(correctDncSchema, request.body);
      const corrected = await store.correct(parameter(request, 'id'), asker.agent.id, reason, clock.now());
      if (corrected === undefined) throw new Problem('not_found', 'No such entry, or it was corrected before');
      return corrected;
    },
    { role: 'supervisor' },
  );
}

/** The body as it comes, unpacked where it says that it is packed. */
function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  if (!(request.body instanceof Readable)) {
    throw new Problem('bad_request', 'Send the register as text/csv or text/plain, a number at the start of each line');
  }
  if (request.headers['content-encoding'] !== 'gzip') return request.body;
  // What goes wrong on the way ends the unpacked stream with its error, which its reader hears.
  return pipeline(request.body, createGunzip(), () => undefined);
}

function problemOf(error: unknown): unknown {
  if (error instanceof RegisterError) {
    const codes = {
      empty: 'bad_request',
      doubtful: 'conflict',
      older: 'conflict',
      busy: 'conflict',
      too_large: 'too_large',
    } as const;
    return new Problem(codes[error.reason], error.message, {}, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return new Problem('bad_request', 'The body is not gzip as it says', {}, { cause: error });
  return error;
}

function registerRoutes(router: Router, { store, importer, packs, clock }: DncDeps): void {
  const wanted = listsOfPacks(packs);

  router.on('GET', '/dnc/lists', async () => {
    const copies = (await store.copies()).filter(({ state }) => state !== 'loading');
    const current = new Set(copies.flatMap(({ list, state }) => (state === 'current' ? [list] : [])));
    const missing = [...wanted].filter(([list, { blocks }]) => blocks && !current.has(list)).map(([list]) => list);
    const now = clock.now();
    return { data: copies.map((copy) => shown(copy, wanted.get(copy.list)?.maxAgeDays, now)), missing };
  });

  router.on(
    'POST',
    '/dnc/lists/:id',
    async ({ request, reply, asker }) => {
      const list = parse(dncListIdSchema, parameter(request, 'id'));
      const { date, country = countryOfList(list), confirm } = parse(importDncListSchema, request.query);
      const day = Date.parse(date);
      if (day > clock.now()) throw new Problem('bad_request', 'date: lies in the future');
      const anyway = confirm === 'true';
      const wish = { list, date: day, by: asker.agent.id, country, anyway, maxBytes: DNC_LIMITS.maxListBytes };
      try {
        const { numbers, refused, refusedLines } = await importer.take({ ...wish, body: bodyOf(request) });
        const answer = { list, date: new Date(day).toISOString(), numbers, refused, refused_lines: refusedLines };
        return await reply.code(CREATED).send(answer);
      } catch (error) {
        throw problemOf(error);
      }
    },
    { role: 'supervisor', bodyLimit: DNC_LIMITS.maxListBytes },
  );
}

export function dncRoutes(router: Router, deps: DncDeps): void {
  ownListRoutes(router, deps);
  registerRoutes(router, deps);
}
