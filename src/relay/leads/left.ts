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
import { createTurns } from './turns';

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

type Ask = (settings: ListSettings, where: string, at: number) => Promise<DialVerdict>;

/** When somebody of a list nobody of which may be called now lawfully is. */
async function nextOf({ settings }: ListRow, { places, due }: LeftRow, ask: Ask, now: number): Promise<number | null> {
  let first = Number.POSITIVE_INFINITY;
  for (const { where, state, paused } of places) {
    if (paused || (state === 'later' && due === null)) continue;
    const from = state === 'later' ? Math.max(now, due ?? now) : now;
    const { verdict, next } = await ask(settings, where, from);
    if (verdict === 'allowed') first = Math.min(first, from);
    else if (next !== null) first = Math.min(first, Date.parse(next.at));
  }
  return Number.isFinite(first) ? first : null;
}

async function rowOf(list: ListRow, left: LeftRow | undefined, ask: Ask, now: number): Promise<FloorList> {
  const { places, held } = left ?? { places: [], held: 0 };
  const open: LeftRow['places'] = [];
  for (const place of places) {
    if (place.paused || place.state !== 'ready') continue;
    if ((await ask(list.settings, place.where, now)).verdict === 'allowed') open.push(place);
  }
  const sum = (of: LeftRow['places']) => of.reduce((n, one) => n + one.n, 0);
  const next = left === undefined || open.length > 0 ? null : await nextOf(list, left, ask, now);
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
    const turn = createTurns();
    const ask: Ask = async (settings, where, at) => {
      await turn();
      return judge(settings, where, at, now);
    };
    const all: FloorList[] = [];
    for (const list of rows) {
      // The relay's own list is of no interest while it is empty.
      if (list.builtin === null || byList.has(list.id)) all.push(await rowOf(list, byList.get(list.id), ask, now));
    }
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
