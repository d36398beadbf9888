/** The verbs with which a preview ends, as agents use them. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  LEAD_LIMITS,
  type dncLeadSchema,
  type HeldAnswer,
  type rejectLeadSchema,
  type releaseLeadSchema,
  type removeLeadSchema,
  type renewAnswerSchema,
  type renewLeadSchema,
  type rescheduleLeadSchema,
  type skipLeadSchema,
  type VerbAnswer,
} from '../../shared/contract/leads';
import type { CallbackDesk } from '../callbacks/service';
import { callbackView } from '../callbacks/view';
import type { Clock } from '../clock';
import type { NewEntry } from '../dnc/port';
import type { DncDeps } from '../dnc/routes';
import { Problem } from '../gateway/http/problem';
import { fingerprintOf } from '../gateway/idempotency/fingerprint';
import type { ListBook, Worker } from './list-book';
import type { LeadStore, LeadView, Settled, Settlement } from './port';
import { leadRecordSchema } from './record';
import { holdView } from './views';

const MINUTE_MS = 60_000;

type Verb = 'skip' | 'reject' | 'remove' | 'dnc' | 'reschedule' | 'release';

export interface VerbDesk {
  skip(worker: Worker, lead: number, body: z.infer<typeof skipLeadSchema>): Promise<VerbAnswer>;
  reject(worker: Worker, lead: number, body: z.infer<typeof rejectLeadSchema>): Promise<VerbAnswer>;
  remove(worker: Worker, lead: number, body: z.infer<typeof removeLeadSchema>): Promise<VerbAnswer>;
  dnc(worker: Worker, lead: number, body: z.infer<typeof dncLeadSchema>): Promise<VerbAnswer>;
  reschedule(worker: Worker, lead: number, body: z.infer<typeof rescheduleLeadSchema>): Promise<VerbAnswer>;
  release(worker: Worker, lead: number, body: z.infer<typeof releaseLeadSchema>): Promise<VerbAnswer>;
  renew(
    worker: Worker,
    lead: number,
    body: z.infer<typeof renewLeadSchema>,
  ): Promise<z.infer<typeof renewAnswerSchema>>;
  /** Supervisors see everybody's. */
  held(worker: Worker): Promise<HeldAnswer>;
}

function refusal(settled: Extract<Settled, { ok: false }>): Problem {
  switch (settled.reason) {
    case 'not_found':
      return new Problem('not_found', 'No such lead, or not in a list you work');
    case 'not_held':
      return new Problem('not_held', 'This lead is no longer in your hands; open it again');
    case 'held':
      return new Problem('number_held', `${settled.by.name} has this number open`, { members: { by: settled.by } });
    case 'may_not_skip':
      return new Problem('conflict', 'Leads of this list may not be skipped');
    case 'calling':
      return new Problem('conflict', 'A call was started from this lead: set its outcome');
  }
}

export interface VerbDeps {
  store: Pick<LeadStore, 'settle' | 'renewHold' | 'held' | 'lead'>;
  lists: ListBook;
  callbacks: Pick<CallbackDesk, 'bookingFor' | 'verdictAt'>;
  /** The relay's own do-not-call list. */
  dnc: Pick<DncDeps, 'seller' | 'platformsFor' | 'recorded'>;
  clock: Clock;
}

interface Body {
  hold?: string | undefined;
  note?: string | undefined;
  reason?: string | undefined;
}

type DncBody = z.infer<typeof dncLeadSchema>;

/** What the own do-not-call list keeps: one entry per number that was meant. */
function stopsOf(view: LeadView, body: DncBody, worker: Worker, deps: Pick<VerbDeps, 'dnc' | 'clock'>): NewEntry[] {
  const { scope, phone: only, verbatim } = body;
  const { phones } = leadRecordSchema.parse(JSON.parse(view.lead.record));
  const now = deps.clock.now();
  const call = view.hold?.call ?? undefined;
  return phones
    .filter(({ phone }) => only === undefined || phone === only)
    .map(({ phone }) => ({
      ...{ id: `stop:${randomUUID()}`, phone, scope, channel: 'call', origin: 'agent', agent: worker.person.id },
      ...(scope === 'campaign' ? { campaign: String(view.list.id) } : {}),
      ...(scope === 'seller' ? { seller: view.list.settings.seller ?? deps.dnc.seller } : {}),
      ...(verbatim === undefined ? {} : { verbatim }),
      ...(call === undefined ? {} : { call }),
      ...{ requested: now, recorded: now, platforms: deps.dnc.platformsFor({ origin: 'agent' }) },
    }));
}

export function createVerbDesk({ store, lists, callbacks, dnc: stops, clock }: VerbDeps): VerbDesk {
  const settle = async (
    worker: Worker,
    lead: number,
    verb: Verb,
    body: Body,
    what: Pick<Settlement, 'to'> & Partial<Settlement>,
  ): Promise<Extract<Settled, { ok: true }>> => {
    const { hold, note, ...said } = body;
    const settled = await store.settle({
      ...{ agent: worker.person, supervisor: worker.supervisor, lead, verb, now: clock.now() },
      lists: await lists.of(worker),
      ...(hold === undefined ? {} : { hold }),
      reason: body.reason ?? null,
      note: note ?? null,
      fingerprint: fingerprintOf(verb, said),
      ...what,
    });
    if (!settled.ok) throw refusal(settled);
    return settled;
  };

  const answer = ({ lead, repeated }: Extract<Settled, { ok: true }>): VerbAnswer => {
    const { id, state, notBefore } = lead;
    return {
      ...{ lead: String(id), state: state === 'staged' ? 'later' : state, repeated },
      not_before: state === 'later' ? new Date(notBefore).toISOString() : null,
    };
  };

  return {
    skip: async (worker, lead, body) => {
      const until = clock.now() + LEAD_LIMITS.skipMin * MINUTE_MS;
      return answer(await settle(worker, lead, 'skip', body, { to: 'later', until }));
    },
    reject: async (worker, lead, body) =>
      answer(await settle(worker, lead, 'reject', body, { to: 'ready', pass: true })),
    remove: async (worker, lead, body) => answer(await settle(worker, lead, 'remove', body, { to: 'removed' })),
    release: async (worker, lead, body) => answer(await settle(worker, lead, 'release', body, { to: 'back' })),
    dnc: async (worker, lead, body) => {
      const { scope, phone, verbatim } = body;
      const dnc = { scope, ...(phone === undefined ? {} : { phone }) };
      const note = body.note ?? verbatim;
      const view = await store.lead(lead);
      if (view === undefined) throw new Problem('not_found', 'No such lead');
      const entries = stopsOf(view, body, worker, { dnc: stops, clock });
      const settled = await settle(worker, lead, 'dnc', { ...body, note }, { to: 'dnc', dnc, stops: entries });
      stops.recorded();
      return { ...answer(settled), blocked: settled.blocked };
    },
    reschedule: async (worker, lead, body) => {
      const view = await store.lead(lead);
      if (view === undefined) throw new Problem('not_found', 'No such lead');
      const book = callbacks.bookingFor(worker, view, body.callback);
      const settled = await settle(worker, lead, 'reschedule', body, { to: 'later', book });
      const { callback } = settled;
      if (callback === null) return answer(settled);
      return {
        ...answer(settled),
        callback: callbackView(callback, clock.now()),
        verdict: await callbacks.verdictAt(callback),
      };
    },
    renew: async (worker, lead, { hold }) => {
      const held = await store.renewHold(worker.person.id, lead, hold ?? null, clock.now());
      if (held === undefined) throw new Problem('not_held', 'This lead is no longer in your hands; open it again');
      return { hold: holdView(held), lease_s: LEAD_LIMITS.leaseS };
    },
    held: async (worker) => {
      const held = await store.held(worker.supervisor ? null : worker.person.id);
      return {
        data: held.map(({ hold, list, name, phone }) => ({
          ...{ hold: holdView(hold), lead: String(hold.lead), list: { id: String(list.id), name: list.name } },
          ...{ name, phone, call: hold.call },
        })),
      };
    },
  };
}
