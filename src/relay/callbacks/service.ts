/** Callbacks as agents handle them: booked with a warning, listed, deferred, given to the queue, kept. */
import { randomUUID } from 'node:crypto';
import type {
  BookedCallback,
  Booking,
  Callback,
  CallbackCounts,
  CallbacksAnswer,
  CallbacksQuery,
  NewCallback,
} from '../../shared/contract/callbacks';
import { callSnapshotSchema } from '../../shared/contract/call';
import type { DialAnswer } from '../../shared/contract/dialling';
import type { DialPurpose } from '../../shared/contract/dialling-policies';
import { e164Schema } from '../../shared/contract/phone';
import type { Clock } from '../clock';
import type { Dialling } from '../dialling/dialling';
import type { FindPlaces } from '../dialling/places';
import { Problem } from '../gateway/http/problem';
import type { GatewayStore } from '../gateway/store-port';
import type { ListBook, Worker } from '../leads/list-book';
import type { LeadStore, LeadView } from '../leads/port';
import { leadRecordSchema } from '../leads/record';
import type { Viewer } from '../routing/audience';
import type { BookRequest, CallbackChange, CallbackRow, CallbackStore, DueCallbacks } from './port';
import { callbackView } from './view';
import { instantOf } from './when';

export interface CallbackDeps {
  store: CallbackStore;
  leads: Pick<LeadStore, 'lead'>;
  lists: ListBook;
  calls: Pick<GatewayStore, 'callSnapshot'>;
  dialling: Pick<Dialling, 'check'>;
  places: FindPlaces;
  /** Of callbacks that neither name one nor belong to a call whose purpose is known. */
  purpose: DialPurpose;
  clock: Clock;
}

export interface CallbackDesk {
  book(worker: Worker, viewer: Viewer, request: NewCallback, source: string | null): Promise<BookedCallback>;
  /** What a booking becomes for a lead. @throws Problem `time_unclear` */
  bookingFor(worker: Worker, lead: LeadView, booking: Booking): BookRequest;
  /** What the rules say of a callback's instant. */
  verdictAt(row: CallbackRow): Promise<DialAnswer | null>;
  list(worker: Worker, query: CallbacksQuery): Promise<CallbacksAnswer>;
  counts(worker: Worker): Promise<CallbackCounts>;
  change(worker: Worker, id: string, what: (row: CallbackRow, now: number) => CallbackChange): Promise<Callback>;
}

const NOBODY = 'No such callback, or not yours to see';

function sum(rows: readonly DueCallbacks[], pick: (row: DueCallbacks) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0);
}

/** Callbacks that wait by whose they are, null for the queue's: looked up for each of thousands of desks. */
export type DueByOwner = ReadonlyMap<string | null, DueCallbacks[]>;

export function dueByOwner(rows: readonly DueCallbacks[]): DueByOwner {
  const by = new Map<string | null, DueCallbacks[]>();
  for (const row of rows) by.set(row.owner, [...(by.get(row.owner) ?? []), row]);
  return by;
}

/** Of an agent's own callbacks and those of the lists they work. */
export function countsFor(due: DueByOwner, agent: string, lists: readonly number[]): CallbackCounts {
  const mine = due.get(agent) ?? [];
  const queue = (due.get(null) ?? []).filter(({ list }) => list === null || lists.includes(list));
  const next = [...mine, ...queue].flatMap((row) => (row.next === null ? [] : [row.next]));
  return {
    due_mine: sum(mine, ({ due }) => due),
    due_queue: sum(queue, ({ due }) => due),
    overdue: sum([...mine, ...queue], ({ overdue }) => overdue),
    next_at: next.length === 0 ? null : new Date(Math.min(...next)).toISOString(),
  };
}

/** The customer of a call, as far as its events tell. */
export function customerOf(json: string): { phone: string | undefined; name: string | undefined } {
  const { fields } = callSnapshotSchema.parse(JSON.parse(json));
  const other = fields.direction?.value === 'inbound' ? fields.from?.value : fields.to?.value;
  return { phone: fields.contact_phone?.value ?? other, name: fields.contact_name?.value };
}

export function createCallbackDesk(deps: CallbackDeps): CallbackDesk {
  const { store, leads, lists, calls, dialling, places, clock } = deps;

  const base = (worker: Worker, { owner, note, ...said }: Booking) => {
    const now = clock.now();
    return {
      ...{ id: randomUUID(), at: instantOf(said, now), zone: said.zone, wallTime: said.wall_time, now },
      owner: owner === 'mine' ? worker.person : null,
      note: note ?? null,
      by: worker.person,
    };
  };

  const bookingFor: CallbackDesk['bookingFor'] = (worker, { lead, list }, booking) => ({
    ...base(worker, booking),
    ...{ source: null, name: lead.name, lead: lead.id, call: null, purpose: list.settings.purpose },
  });

  const verdictAt: CallbackDesk['verdictAt'] = async (row) => {
    if (!e164Schema.safeParse(row.phone).success) return null;
    const view = row.lead === null ? undefined : await leads.lead(row.lead);
    const record = view === undefined ? undefined : leadRecordSchema.parse(JSON.parse(view.lead.record));
    const zone = record?.zone ?? row.zone;
    const checked = await dialling.check(
      {
        ...{
          phone: row.phone,
          kind: view?.list.settings.kind ?? 'ai_voice',
          purpose: row.purpose,
          trigger: 'callback',
        },
        at: new Date(row.at).toISOString(),
        ...(zone === null ? {} : { zone }),
        ...(typeof record?.region === 'string' ? { region: record.region } : {}),
      },
      clock.now(),
    );
    return checked?.answer ?? null;
  };

  const seen = async (worker: Worker, id: string): Promise<CallbackRow> => {
    const row = await store.callback(id);
    const works = await lists.of(worker);
    const may =
      row !== undefined &&
      (worker.supervisor ||
        row.owner?.id === worker.person.id ||
        (row.owner === null && (row.list === null || works.includes(row.list.id))));
    if (!may) throw new Problem('not_found', NOBODY);
    return row;
  };

  const requestOf = async (worker: Worker, viewer: Viewer, request: NewCallback): Promise<BookRequest> => {
    const { lead, call, phone, name, purpose: named, ...booking } = request;
    if (lead !== undefined) {
      const view = await leads.lead(Number(lead));
      const works = await lists.of(worker);
      if (view === undefined || !works.includes(view.list.id)) throw new Problem('not_found', 'No such lead');
      return bookingFor(worker, view, booking);
    }
    const snapshot = call === undefined ? undefined : await calls.callSnapshot(call, viewer);
    if (call !== undefined && snapshot === undefined) {
      throw new Problem('not_found', 'No such call, or not yours to see');
    }
    const customer = snapshot === undefined ? { phone, name } : customerOf(snapshot);
    const of = call === undefined ? undefined : await store.purposeOfCall(call);
    const purpose = named ?? of ?? deps.purpose;
    const number = customer.phone ?? '';
    const where = e164Schema.safeParse(number).success ? places(number, { zone: booking.zone }) : undefined;
    if (call === undefined && where === undefined) throw new Problem('bad_request', 'phone: no number has this length');
    return {
      ...base(worker, booking),
      ...{ source: null, name: name ?? customer.name ?? null, phone: number, lead: null, call: call ?? null, purpose },
      ...(where === undefined ? {} : { place: JSON.stringify(where) }),
    };
  };

  const counts: CallbackDesk['counts'] = async (worker) =>
    countsFor(dueByOwner(await store.dueCallbacks(clock.now())), worker.person.id, await lists.of(worker));

  return {
    bookingFor,
    verdictAt,
    counts,
    async book(worker, viewer, request, source) {
      const row = await store.book({ ...(await requestOf(worker, viewer, request)), source });
      return { callback: callbackView(row, clock.now()), verdict: await verdictAt(row) };
    },
    async list(worker, { scope, state, from, to, limit, offset }) {
      if (scope === 'all' && !worker.supervisor) throw new Problem('forbidden', 'This needs the role supervisor');
      const now = clock.now();
      const { total, rows } = await store.callbacks({
        owner: scope === 'mine' || scope === 'both' ? worker.person.id : null,
        queue: scope === 'queue' || scope === 'both' ? { lists: await lists.of(worker) } : null,
        ...{ state, now, limit, offset },
        from: from === undefined ? 0 : Date.parse(from),
        to: to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to),
      });
      const data = rows.map((row) => callbackView(row, now));
      return { data, total, limit, offset, counts: await counts(worker) };
    },
    async change(worker, id, what) {
      const row = await seen(worker, id);
      const now = clock.now();
      const changed = await store.changeCallback(id, what(row, now), worker.person, now);
      if (changed === undefined) throw new Problem('conflict', 'This callback is closed');
      return callbackView(changed, now);
    },
  };
}
