/**
 * The line: hands an agent the next lead that may be called now. The database says who is first and holds the number, the
 * dial check says whether; a lead that may not be called is put aside until it may, so that nobody looks at it twice.
 */
import { randomUUID } from 'node:crypto';
import {
  LEAD_LIMITS,
  type NextAnswer,
  type NoLead,
  type OpenedLead,
  type ShownLead,
} from '../../shared/contract/leads';
import type { Clock } from '../clock';
import type { Places } from '../dialling/places';
import { Problem } from '../gateway/http/problem';
import type { JudgeLane } from './hours';
import { isClosedHour } from './hours';
import type { ListBook, Worker } from './list-book';
import type { Aside, HoldRow, LeadRow, LeadStore, LeadView, Taken } from './port';
import { asideOf, isCallable, type AskVerdicts, type NumberVerdict } from './verdicts';
import { holdView, leadView } from './views';

/** Leads of one request that may turn out to be blocked before the agent is told to ask again. */
const MAX_BLOCKED = 12;
/** When to ask again, seconds. */
const RETRY_S = { sorting: 1, soon: 15, full: 5 } as const;

export interface LineDeps {
  store: Pick<LeadStore, 'take' | 'lead' | 'lanes' | 'closeLanes'>;
  lists: ListBook;
  verdicts: AskVerdicts;
  judge: JudgeLane;
  clock: Clock;
  /** A list turned out to hold many leads that may not be called: look through it. */
  screen: (list: number) => void;
}

export interface Line {
  next(worker: Worker, wanted: readonly number[]): Promise<NextAnswer>;
  /** @throws Problem `not_found`, `number_held` or `conflict` */
  open(worker: Worker, lead: number): Promise<OpenedLead>;
  /** Looks without taking it into any hands. @throws Problem `not_found` */
  look(worker: Worker, lead: number): Promise<ShownLead>;
}

type InHand = Extract<Taken, { kind: 'lead' }>;

export function createLine({ store, lists, verdicts, judge, clock, screen }: LineDeps): Line {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

  const opened = (hold: HoldRow, said: NumberVerdict[], view: LeadView | undefined): OpenedLead => {
    if (view === undefined) throw new Problem('not_found', 'No such lead');
    const now = clock.now();
    const first = said.find(({ answer }) => answer?.verdict === 'allowed') ?? said[0];
    return {
      lead: leadView(view, now),
      hold: holdView(hold),
      lease_s: Math.max(0, (hold.renewed - now) / 1000 + LEAD_LIMITS.leaseS),
      why: hold.why,
      phone: first?.phone ?? view.lead.phone,
      dial: said,
    };
  };

  const ask = async ({ lead, hold }: InHand, now: number): Promise<NumberVerdict[]> => {
    const list = await lists.one(lead.list);
    if (list === undefined) throw new Problem('not_found', 'No such list');
    const trigger = hold.why === 'my_callback' || hold.why === 'queue_callback' ? 'callback' : 'preview';
    return verdicts(lead, list, trigger, now);
  };

  /** One lane of the list is closed: so are others, and one look at each spares a look at its leads. */
  const closeOthers = async ({ list: id }: LeadRow, now: number): Promise<void> => {
    const list = await lists.one(id);
    if (list === undefined) return;
    const open = (await store.lanes(id)).filter(
      ({ closedUntil, counts }) => closedUntil <= now && (counts.ready ?? 0) > 0,
    );
    // A place has the same hours in every segment, and closes in all of them.
    const places = new Map(open.map((lane) => [lane.where, lane]));
    const closed = [...places.values()].flatMap((lane) => {
      const verdict = judge(list.settings, JSON.parse(lane.where) as Places, now);
      if (!isClosedHour(verdict) || verdict.next === null) return [];
      return [{ list: id, place: lane.place, closedUntil: Date.parse(verdict.next.at) }];
    });
    if (closed.length > 0) await store.closeLanes(closed);
  };

  const nothing = (reason: NoLead['reason'], nextAt: number | null): NextAnswer => {
    const wait = reason === 'sorting' ? RETRY_S.sorting : reason === 'hands_full' ? RETRY_S.full : RETRY_S.soon;
    return { next: null, nothing: { reason, next_at: iso(nextAt), retry_after_s: wait } };
  };

  const visible = async (worker: Worker, lead: number): Promise<LeadView> => {
    const known = await store.lead(lead);
    if (known === undefined || !(await lists.of(worker)).includes(known.list.id)) {
      throw new Problem('not_found', 'No such lead, or not in a list you work');
    }
    return known;
  };

  const take = async (worker: Worker, wanted: readonly number[], aside?: Aside, stop = false): Promise<Taken> => {
    const works = await lists.of(worker);
    const from = works.filter((list) => wanted.length === 0 || wanted.includes(list));
    return store.take({
      agent: worker.person,
      lists: from,
      hold: randomUUID(),
      now: clock.now(),
      stop,
      ...(aside === undefined ? {} : { aside }),
    });
  };

  return {
    async next(worker, wanted) {
      let aside: Aside | undefined;
      const blockedIn = new Set<number>();
      for (let blocked = 0; blocked < MAX_BLOCKED; blocked += 1) {
        const taken = await take(worker, wanted, aside);
        if (taken.kind === 'refused') throw new Error('the line refused what it was not asked for');
        if (taken.kind === 'nothing') return nothing(taken.reason, taken.nextAt);
        const now = clock.now();
        // Asked for together, though what is to be shown is in vain when it may not be called: an agent waits for both.
        const [said, view] = await Promise.all([ask(taken, now), store.lead(taken.lead.id)]);
        // What the agent opened before stays open, with the reason why it may not be called by now.
        if (taken.hold.why === 'in_hand' || isCallable(said)) {
          return { next: opened(taken.hold, said, view), nothing: null };
        }
        aside = asideOf(taken.lead.id, taken.hold.id, said, now);
        if (aside.kind === 'closed') await closeOthers(taken.lead, now);
        else blockedIn.add(taken.lead.list);
      }
      await take(worker, wanted, aside, true);
      for (const list of blockedIn) screen(list);
      return nothing('sorting', null);
    },

    async look(worker, lead) {
      const view = await visible(worker, lead);
      const now = clock.now();
      return {
        ...leadView(view, now),
        hold: view.hold === null ? null : holdView(view.hold),
        dial: await verdicts(view.lead, view.list, view.callback === null ? 'preview' : 'callback', now),
      };
    },

    async open(worker, lead) {
      await visible(worker, lead);
      const works = await lists.of(worker);
      const taken = await store.take({
        agent: worker.person,
        lists: works,
        chosen: lead,
        hold: randomUUID(),
        now: clock.now(),
      });
      if (taken.kind === 'lead') {
        const [said, view] = await Promise.all([ask(taken, clock.now()), store.lead(taken.lead.id)]);
        return opened(taken.hold, said, view);
      }
      if (taken.kind === 'nothing') throw new Problem('conflict', 'Finish one of the leads in your hands first');
      if (taken.reason === 'not_found') throw new Problem('not_found', 'This lead is done with');
      throw new Problem('number_held', `${taken.by.name} has this number open`, { members: { by: taken.by } });
    },
  };
}
