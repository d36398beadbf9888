/** Lists, leads, held leads and a simulated shift as the relay tells them, made into rows. Pure. */
import type { HeldRow, LeadRowView, ListRow, SimulationView } from '../../shared/contract/list-views';
import type { HeldAnswer, LeadList, LeadRow, Simulation } from '../../shared/contract/leads';
import type { PhoneView } from '../../shared/contract/views';
import { known } from '../calls/call-view';

type Local = (instant: string) => number;
const when = (instant: string | null, local: Local) => (instant === null ? undefined : local(instant));

export function listRow(
  list: LeadList,
  { local, label, changing }: { local: Local; label: (platform: string) => string; changing: boolean },
): ListRow {
  const { id, name, purpose, kind, paused, counts, open_now, max_attempts, retry_minutes, may_skip, preview } = list;
  return {
    ...{ id, name, purpose, kind, paused, counts, open_now, max_attempts, retry_minutes, changing },
    ...{ may_skip, preview, queues: list.queues, priority: list.priority },
    importing: list.import !== null,
    // A relay of an earlier version tells of none.
    segments: list.segments ?? [],
    ...known({
      platform_label: list.platform === null ? undefined : label(list.platform),
      next_at: when(list.next_at, local),
      script: list.script ?? undefined,
      seller: list.seller ?? undefined,
    }),
  };
}

export function heldRow(
  { hold, lead, list, name, phone }: HeldAnswer['data'][number],
  look: { local: Local; phone: (raw: string) => PhoneView },
): HeldRow {
  return {
    ...{ lead, list: list.name, phone: look.phone(phone), agent: hold.agent.name, phase: hold.phase },
    ...{ since: look.local(hold.since), until: look.local(hold.until) },
    ...known({ name: name ?? undefined }),
  };
}

export function leadRow(row: LeadRow, look: { local: Local; phone: (raw: string) => PhoneView }): LeadRowView {
  return {
    ...{ id: row.id, state: row.state, phone: look.phone(row.phone), attempts: row.attempts_made },
    ...known({
      name: row.name ?? undefined,
      not_before: when(row.not_before, look.local),
      blocked_by: row.blocked_by?.reason,
      last_outcome: row.last_outcome ?? undefined,
      held_by: row.held_by?.name,
    }),
  };
}

export function simulationView(simulation: Simulation, local: Local): SimulationView {
  const { leads, callable_at_start, slots, rules, places, overdue } = simulation;
  return {
    state: 'ready',
    ...{ leads, callable_at_start, at: local(simulation.at), overdue: overdue.length > 0 },
    slots: slots.map(({ from, callable }) => ({ from: local(from), callable })),
    rules: rules.map(({ rule, pack, reason, leads: blocked, opens_at }) => ({
      ...{ rule, pack, reason, leads: blocked },
      ...known({ opens_at: when(opens_at, local) }),
    })),
    places: places.map(({ country, regions, zones, leads: there, callable, next_at }) => ({
      ...{ regions, zones, leads: there, callable },
      ...known({ country: country ?? undefined, next_at: when(next_at, local) }),
    })),
  };
}
