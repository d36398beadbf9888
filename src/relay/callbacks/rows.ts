/** Rows of callbacks as they are read: with the name of their list, and who has their lead open. */
import type { CallbackRow } from './port';

export interface RawCallback {
  id: string;
  state: CallbackRow['state'];
  at: number;
  zone: string | null;
  wall_time: string | null;
  remind_at: number;
  owner: string | null;
  owner_name: string | null;
  released: string | null;
  name: string | null;
  phone: string;
  lead: number | null;
  list: number | null;
  list_name: string | null;
  call: string | null;
  purpose: CallbackRow['purpose'];
  note: string | null;
  booked_by: string;
  booked_name: string;
  booked_at: number;
  deferred: number;
  done_at: number | null;
  done_by: string | null;
  done_name: string | null;
  holder: string | null;
  holder_name: string | null;
}

export const SELECT = `SELECT callbacks.*, lead_lists.name AS list_name, lead_holds.agent AS holder,
    lead_holds.agent_name AS holder_name
  FROM callbacks LEFT JOIN lead_lists ON lead_lists.id = callbacks.list
    LEFT JOIN lead_holds ON lead_holds.lead = callbacks.lead AND callbacks.state = 'open'`;

const person = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id });

export function callbackOf(raw: RawCallback): CallbackRow {
  const { id, state, at, zone, name, phone, lead, call, purpose, note, deferred } = raw;
  const by = person(raw.done_by, raw.done_name);
  return {
    ...{ id, state, at, zone, name, phone, lead, call, purpose, note, deferred },
    wallTime: raw.wall_time,
    remindAt: raw.remind_at,
    owner: person(raw.owner, raw.owner_name),
    released: raw.released === null ? null : (JSON.parse(raw.released) as CallbackRow['released']),
    list: raw.list === null ? null : { id: raw.list, name: raw.list_name ?? '' },
    bookedBy: { id: raw.booked_by, name: raw.booked_name },
    bookedAt: raw.booked_at,
    heldBy: person(raw.holder, raw.holder_name),
    done: raw.done_at === null || by === null ? null : { at: raw.done_at, by },
  };
}
