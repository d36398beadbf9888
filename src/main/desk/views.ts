/** The desk's model as the two windows see it. */

import type { ConnectionView, DeskView, Language, PopView } from '../../shared/contract/views';
import type { Settings } from '../../shared/contract/settings';
import type { CallSnapshot } from '../../shared/contract/call';
import { keysInForce } from '../../shared/lib/keys';
import { callView, known } from '../calls/call-view';
import type { ViewContext } from '../calls/call-view';
import { claimView } from '../calls/claim-view';
import { rowsOf } from '../calls/rows';
import { triggerOf } from '../calls/triggers';
import type { Notices } from '../observability/notices';
import type { Desk } from './desk';

/** Turns in the pop window: what an agent can read before the call connects. */
const POP_TURNS = 30;

export interface ViewSources {
  desk: Desk;
  settings: () => Settings;
  connection: () => ConnectionView;
  notices: Notices;
  phone: ViewContext['phone'];
  language: () => Language;
  callbacksDue: () => number;
  /** The pop lies under something else and must be heard of in other ways. */
  insisting: () => boolean;
}

export function viewContext({ desk, phone }: Pick<ViewSources, 'desk' | 'phone'>): ViewContext {
  const local = (instant: string) => desk.clock.local(instant);
  return {
    local,
    phone,
    traits: (platform) => desk.traits(platform),
    history: (number, call) => desk.histories.of(number, call),
    claim: (call) =>
      claimView(call, { me: desk.me?.id, now: desk.clock.now(), own: desk.claims.own(call.call), local }),
    late: (call) => desk.pops.isLate(call),
  };
}

function waitingView(call: CallSnapshot, since: number, desk: Desk): PopView['waiting'][number] {
  return {
    call: call.call,
    escalated_at: desk.clock.local(new Date(since).toISOString()),
    trigger: triggerOf(call).kind,
    ...known({ name: call.fields.contact_name?.value }),
  };
}

export function popView(sources: ViewSources): PopView {
  const { desk } = sources;
  const { pops, current } = desk.pops.list;
  const call = current === null ? undefined : desk.book.get(current);
  const { privacy, sound, crm, keys } = sources.settings();
  const others = pops.filter((pop) => pop.call !== current);
  return {
    current: call === undefined ? null : callView(call, viewContext(sources), POP_TURNS),
    event: pops.find((pop) => pop.call === current)?.event ?? null,
    waiting: others.flatMap(({ call: id, since }) => {
      const other = desk.book.get(id);
      return other === undefined ? [] : [waitingView(other, since, desk)];
    }),
    privacy,
    ...known({ sound }),
    ...(sources.insisting() ? { insist: true } : {}),
    ...(current !== null && desk.pops.isSeen(current) ? { seen: true } : {}),
    ...(crm === undefined ? {} : { crm: true }),
    keys: keysInForce(keys),
    stale: sources.connection().state !== 'live',
    language: sources.language(),
  };
}

export function deskView(sources: ViewSources): DeskView {
  const { desk } = sources;
  const context = viewContext(sources);
  const { me, selected } = desk;
  const { mode, crm, keys } = sources.settings();
  return {
    mode,
    connection: sources.connection(),
    agent: me === undefined ? null : { id: me.id, name: me.name, role: me.role, queues: me.queues },
    state: desk.state,
    rows: rowsOf(desk.book.all(), context),
    selected: selected === undefined ? null : callView(selected, context),
    notices: sources.notices.all(),
    callbacks_due: sources.callbacksDue(),
    ...(crm === undefined ? {} : { crm: true }),
    keys: keysInForce(keys),
    language: sources.language(),
  };
}
