/**
 * Leads left per list, and when the next of them may lawfully be called: for supervisors who look every two seconds. Costs one
 * read of counts for all who look at the same time, and one dial check per purpose and place a minute.
 */
import type { z } from 'zod';
import type { DialVerdict } from '../../shared/contract/dialling';
import type { floorListSchema } from '../../shared/contract/floor';
import type { Clock } from '../clock';
import type { Places } from '../dialling/places';
import type { JudgeLane } from './hours';
import type { ListBook } from './list-book';
import type { LeadStore, LeftRow, ListRow, ListSettings } from './port';

type FloorList = z.infer<typeof floorListSchema>;

/** Supervisors who ask within this time of each other share an answer; monotonic ms. */
const FRESH_MS = 1_000;
/** Hours open and close on the minute. */
const MINUTE_MS = 60_000;
/** Rows that a person can look through. */
const MAX_ROWS = 200;

/** Remembers verdicts within a minute: lists have few purposes and places, however many leads they hold. */
function rememberedJudge(judge: JudgeLane) {
  let minute = 0;
  const known = new Map<string, DialVerdict>();
  return ({ purpose, kind }: ListSettings, where: string, at: number, now: number): DialVerdict => {
    if (Math.floor(now / MINUTE_MS) !== minute) known.clear();
    minute = Math.floor(now / MINUTE_MS);
    const key = `${purpose} ${kind} ${Math.floor(at / MINUTE_MS)} ${where}`;
    const verdict = known.get(key) ?? judge({ purpose, kind }, JSON.parse(where) as Places, at);
    known.set(key, verdict);
    return verdict;
  };
}

type Ask = (settings: ListSettings, where: string, at: number) => DialVerdict;

/** When somebody of a list nobody of which may be called now lawfully is. */
function nextOf({ settings }: ListRow, { places, due }: LeftRow, ask: Ask, now: number): number | null {
  const times = places.flatMap(({ where, state }) => {
    if (state === 'later' && due === null) return [];
    const from = state === 'later' ? Math.max(now, due ?? now) : now;
    const { verdict, next } = ask(settings, where, from);
    return verdict === 'allowed' ? [from] : next === null ? [] : [Date.parse(next.at)];
  });
  return times.length === 0 ? null : Math.min(...times);
}

function rowOf(list: ListRow, left: LeftRow | undefined, ask: Ask, now: number): FloorList {
  const { places, held } = left ?? { places: [], held: 0 };
  const open = places.filter(
    ({ state, where }) => state === 'ready' && ask(list.settings, where, now).verdict === 'allowed',
  );
  const sum = (of: LeftRow['places']) => of.reduce((n, one) => n + one.n, 0);
  const next = left === undefined || open.length > 0 ? null : nextOf(list, left, ask, now);
  return {
    ...{ id: String(list.id), name: list.name, paused: list.paused, held },
    ...{ left: sum(places), callable: sum(open) },
    next_at: next === null ? null : new Date(next).toISOString(),
  };
}

export type LeadsLeft = () => Promise<FloorList[]>;

export function createLeadsLeft(deps: {
  store: Pick<LeadStore, 'left'>;
  lists: Pick<ListBook, 'all'>;
  judge: JudgeLane;
  clock: Clock;
}): LeadsLeft {
  const { store, lists, clock } = deps;
  const judge = rememberedJudge(deps.judge);
  const read = async (): Promise<FloorList[]> => {
    const [rows, left] = await Promise.all([lists.all(), store.left()]);
    const now = clock.now();
    const byList = new Map(left.map((row) => [row.list, row]));
    const all = rows
      // The relay's own list is of no interest while it is empty.
      .filter(({ id, builtin }) => builtin === null || byList.has(id))
      .map((list) => rowOf(list, byList.get(list.id), (settings, where, at) => judge(settings, where, at, now), now));
    const some = (row: FloorList) => row.left + row.held > 0;
    return [...all.filter(some), ...all.filter((row) => !some(row))].slice(0, MAX_ROWS);
  };
  let latest: { at: number; answer: Promise<FloorList[]> } | undefined;
  return () => {
    const now = clock.monotonic();
    if (latest !== undefined && now - latest.at < FRESH_MS) return latest.answer;
    const answer = read();
    latest = { at: now, answer };
    // A failed read must not be remembered; whoever asked is told.
    answer.catch(() => (latest = undefined));
    return answer;
  };
}
