/** Lists as people handle them: made, changed, counted. */
import type { ChangeList, LeadList, NewList, PauseSegment } from '../../shared/contract/leads';
import { LEAD_LIMITS, NO_PREVIEW_TIMER } from '../../shared/contract/leads';
import type { Clock } from '../clock';
import { Problem } from '../gateway/http/problem';
import type { ImportStore } from './import/port';
import type { ListBook } from './list-book';
import type { LaneRow, LeadStore, ListRow, ListSettings, Person, SegmentRow } from './port';
import { listView } from './views';

/** A new list with what was left out. */
export function newListRow(list: NewList, by: Person, now: number): Omit<ListRow, 'id' | 'screened' | 'builtin'> {
  const settings: ListSettings = {
    purpose: list.purpose,
    kind: list.kind,
    seller: list.seller ?? null,
    platform: list.platform ?? null,
    campaign: list.campaign ?? null,
    script: list.script ?? null,
    queues: list.queues ?? [],
    country: list.country ?? null,
    max_attempts: list.max_attempts ?? LEAD_LIMITS.defaultMaxAttempts,
    retry_minutes: list.retry_minutes ?? LEAD_LIMITS.defaultRetryMin,
    preview: list.preview ?? NO_PREVIEW_TIMER,
    may_skip: list.may_skip ?? true,
  };
  const { name, priority = 0, paused = false } = list;
  return { name, settings, priority, paused, created: now, createdBy: by };
}

/** What is given, in the place of what was. */
function changed(row: ListRow, { name, priority, paused, ...settings }: ChangeList) {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    name: name ?? row.name,
    priority: priority ?? row.priority,
    paused: paused ?? row.paused,
    settings: { ...row.settings, ...given },
  };
}

/** A timer may not do for agents what they may not do themselves. */
function checkTimer({ preview, may_skip }: ListSettings): void {
  if (preview.seconds > 0 && preview.action === 'skip' && !may_skip) {
    throw new Problem('bad_request', 'preview: leads of this list may not be skipped, by a timer neither');
  }
}

function grouped<T extends { list: number }>(rows: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const known = found.get(row.list);
    if (known === undefined) found.set(row.list, [row]);
    else known.push(row);
  }
  return found;
}

export interface ListDesk {
  create(list: NewList, by: Person): Promise<LeadList>;
  change(id: number, change: ChangeList): Promise<LeadList>;
  /** Pauses or resumes a segment. */
  pauseSegment(id: number, change: PauseSegment): Promise<LeadList>;
  show(id: number): Promise<LeadList>;
  page(ids: readonly number[] | null, limit: number, offset: number): Promise<{ total: number; data: LeadList[] }>;
}

export function createListDesk(deps: {
  store: Pick<LeadStore, 'createList' | 'changeList' | 'lanes' | 'segments' | 'pauseSegment'>;
  imports: Pick<ImportStore, 'open'>;
  lists: ListBook;
  clock: Clock;
}): ListDesk {
  const { store, imports, lists, clock } = deps;
  /** @param of one list, or all */
  const views = async (rows: readonly ListRow[], of: number | null): Promise<LeadList[]> => {
    const [jobs, lanes, segments] = await Promise.all([imports.open(), store.lanes(of), store.segments(of)]);
    const lanesOf = grouped<LaneRow>(lanes);
    const segmentsOf = grouped<SegmentRow>(segments);
    return rows.map((row) => {
      const job = jobs.find(({ list }) => list === row.id);
      const parts = { lanes: lanesOf.get(row.id) ?? [], segments: segmentsOf.get(row.id) ?? [] };
      return listView(row, parts, job === undefined ? null : String(job.id), clock.now());
    });
  };
  const one = async (row: ListRow | undefined): Promise<LeadList> => {
    const [view] = row === undefined ? [] : await views([row], row.id);
    if (view === undefined) throw new Problem('not_found', 'No such list');
    return view;
  };
  const taken = () => new Problem('conflict', 'Another list has this name');

  return {
    async create(list, by) {
      if ((await lists.all()).length >= LEAD_LIMITS.maxLists) throw new Problem('conflict', 'There are too many lists');
      const made = newListRow(list, by, clock.now());
      checkTimer(made.settings);
      const row = await store.createList(made);
      lists.stale();
      if (row === undefined) throw taken();
      return one(row);
    },
    async change(id, change) {
      lists.stale();
      const row = await lists.one(id);
      if (row === undefined) throw new Problem('not_found', 'No such list');
      const next = changed(row, change);
      checkTimer(next.settings);
      const ok = await store.changeList(id, next);
      lists.stale();
      if (!ok) throw taken();
      return one(await lists.one(id));
    },
    async pauseSegment(id, { segment, paused }) {
      lists.stale();
      const row = await lists.one(id);
      if (row === undefined) throw new Problem('not_found', 'No such list');
      if (!(await store.pauseSegment(id, segment, paused))) {
        throw new Problem('not_found', 'This list has no such segment');
      }
      return one(row);
    },
    show: async (id) => one(await lists.one(id)),
    async page(ids, limit, offset) {
      // The newest is the one that somebody looks for: it was just imported.
      const rows = (await lists.all()).filter(({ id }) => ids === null || ids.includes(id)).sort((a, b) => b.id - a.id);
      const shown = rows.slice(offset, offset + limit);
      return { total: rows.length, data: shown.length === 0 ? [] : await views(shown, null) };
    },
  };
}
