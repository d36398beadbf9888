/** Lists as people handle them: made, changed, counted. */
import type { ChangeList, LeadList, NewList } from '../../shared/contract/leads';
import { LEAD_LIMITS, NO_PREVIEW_TIMER } from '../../shared/contract/leads';
import type { Clock } from '../clock';
import { Problem } from '../gateway/http/problem';
import type { ImportStore } from './import/port';
import type { ListBook } from './list-book';
import type { LaneRow, LeadStore, ListRow, ListSettings, Person } from './port';
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

export interface ListDesk {
  create(list: NewList, by: Person): Promise<LeadList>;
  change(id: number, change: ChangeList): Promise<LeadList>;
  show(id: number): Promise<LeadList>;
  page(ids: readonly number[] | null, limit: number, offset: number): Promise<{ total: number; data: LeadList[] }>;
}

export function createListDesk(deps: {
  store: Pick<LeadStore, 'createList' | 'changeList' | 'lanes'>;
  imports: Pick<ImportStore, 'open'>;
  lists: ListBook;
  clock: Clock;
}): ListDesk {
  const { store, imports, lists, clock } = deps;
  const views = async (rows: readonly ListRow[], lanes: readonly LaneRow[]): Promise<LeadList[]> => {
    const jobs = await imports.open();
    return rows.map((row) => {
      const job = jobs.find(({ list }) => list === row.id);
      const own = lanes.filter(({ list }) => list === row.id);
      return listView(row, own, job === undefined ? null : String(job.id), clock.now());
    });
  };
  const one = async (row: ListRow | undefined): Promise<LeadList> => {
    const [view] = row === undefined ? [] : await views([row], await store.lanes(row.id));
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
    show: async (id) => one(await lists.one(id)),
    async page(ids, limit, offset) {
      // The newest is the one that somebody looks for: it was just imported.
      const rows = (await lists.all()).filter(({ id }) => ids === null || ids.includes(id)).sort((a, b) => b.id - a.id);
      const shown = rows.slice(offset, offset + limit);
      return { total: rows.length, data: shown.length === 0 ? [] : await views(shown, await store.lanes(null)) };
    },
  };
}
