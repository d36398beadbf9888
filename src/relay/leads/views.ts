/** Rows as the REST API shows them. */
import type { Hold, Lead, LeadCounts, LeadList, LeadRow as LeadLine, LeadSegment } from '../../shared/contract/leads';
import { LEAD_LIMITS } from '../../shared/contract/leads';
import { callbackView } from '../callbacks/view';
import type { HoldRow, LaneRow, LeadRow, LeadView, ListRow, Person, RowState, SegmentRow } from './port';
import { leadRecordSchema } from './record';

const iso = (at: number) => new Date(at).toISOString();

export function holdView({ id, agent, since, renewed, phase }: HoldRow): Hold {
  return { id, agent, since: iso(since), until: iso(renewed + LEAD_LIMITS.leaseS * 1000), phase };
}

/** A staged lead is shown to nobody. */
function stateOf(state: RowState): Lead['state'] {
  return state === 'staged' ? 'later' : state;
}

const blockedBy = (blocked: string | null) =>
  blocked === null ? null : (JSON.parse(blocked) as { rule: string; reason: string });

const notBefore = ({ state, notBefore: at }: LeadRow) => (state === 'later' && at > 0 ? iso(at) : null);

export function leadView(view: LeadView, now: number): Lead {
  const { lead, list, numbers } = view;
  const { phones, ...record } = leadRecordSchema.parse(JSON.parse(lead.record));
  const { purpose, kind, seller, may_skip, preview, platform, campaign, script } = list.settings;
  return {
    id: String(lead.id),
    list: { id: String(list.id), name: list.name, purpose, kind, seller, may_skip, preview },
    ...{ platform, campaign, script },
    name: lead.name,
    phones: phones.map(({ phone, label }) => {
      const known = numbers.find((number) => number.phone === phone);
      return { phone, label, attempts: known?.attempts ?? 0, last_at: known === undefined ? null : iso(known.last) };
    }),
    ...record,
    segment: view.segment,
    priority: lead.priority,
    state: stateOf(lead.state),
    not_before: notBefore(lead),
    blocked_by: blockedBy(lead.blocked),
    attempts_made: lead.attempts,
    attempts: view.attempts.map(({ at, phone, kind: how, agent, call, outcome, value }) => ({
      ...{ phone, kind: how, agent, call, outcome, value },
      at: iso(at),
    })),
    trail: view.trail.map((line) => ({ ...line, at: iso(line.at) })),
    last_outcome: lead.lastOutcome,
    callback: view.callback === null ? null : callbackView(view.callback, now),
    created_at: iso(lead.created),
  };
}

export function leadLine({ lead, heldBy }: { lead: LeadRow; heldBy: Person | null }): LeadLine {
  return {
    ...{ id: String(lead.id), name: lead.name, phone: lead.phone, priority: lead.priority },
    ...{ state: stateOf(lead.state), not_before: notBefore(lead), blocked_by: blockedBy(lead.blocked) },
    ...{ attempts_made: lead.attempts, last_outcome: lead.lastOutcome, created_at: iso(lead.created), held_by: heldBy },
  };
}

const SHOWN = ['ready', 'later', 'blocked', 'held', 'done', 'exhausted', 'removed', 'dnc'] as const;

export function countsOf(lanes: readonly LaneRow[]): LeadCounts {
  const sum = (state: RowState) => lanes.reduce((n, { counts }) => n + (counts[state] ?? 0), 0);
  const counts = Object.fromEntries(SHOWN.map((state) => [state, sum(state)])) as Omit<LeadCounts, 'total'>;
  return { ...counts, total: SHOWN.reduce((n, state) => n + counts[state], 0) };
}

function segmentView({ id, name, paused }: SegmentRow, lanes: readonly LaneRow[]): LeadSegment {
  const { ready, later, blocked, held, total } = countsOf(lanes.filter(({ segment }) => segment === id));
  return { name, paused, left: ready + later + blocked + held, total };
}

/** @param parts its own lanes and segments */
export function listView(
  list: ListRow,
  { lanes, segments }: { lanes: readonly LaneRow[]; segments: readonly SegmentRow[] },
  job: string | null,
  now: number,
): LeadList {
  const left = lanes.filter(({ counts }) => (counts.ready ?? 0) + (counts.later ?? 0) > 0);
  const closed = left.filter(({ closedUntil }) => closedUntil > now);
  return {
    ...{ id: String(list.id), name: list.name, ...list.settings, priority: list.priority, paused: list.paused },
    ...{ created_at: iso(list.created), created_by: list.createdBy, counts: countsOf(lanes), counted_at: iso(now) },
    // Of an import that is not to be seen yet, or was taken back: nobody is in it.
    segments: segments.map((one) => segmentView(one, lanes)).filter(({ total }) => total > 0),
    open_now: left.length > closed.length,
    next_at: closed.length === 0 ? null : iso(Math.min(...closed.map(({ closedUntil }) => closedUntil))),
    import: job,
  };
}
