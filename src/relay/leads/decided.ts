/** What an agent's decision on a call means for leads and callbacks, made of the request that carried it. */
import type { DialPurpose } from '../../shared/contract/dialling-policies';
import { DEFAULT_DISPOSITIONS, type DispositionNode } from '../../shared/contract/dispositions';
import { e164Schema } from '../../shared/contract/phone';
import type { PutDisposition } from '../../shared/contract/rest';
import type { BookRequest } from '../callbacks/port';
import { customerOf } from '../callbacks/service';
import type { FindPlaces } from '../dialling/places';
import type { Person } from './port';
import type { CallDecided } from './store/outcomes';

/** Flags of a value and of everything it stands under. */
function flagsOf(value: string, nodes: readonly DispositionNode[]): { final: boolean; dnc: boolean } | undefined {
  for (const { code, final = false, dnc = false, children = [] } of nodes) {
    if (code === value) return { final, dnc };
    const below = flagsOf(value, children);
    if (below !== undefined) return { final: final || below.final, dnc: dnc || below.dnc };
  }
  return undefined;
}

export interface Decision {
  call: string;
  /** Id of the event that holds it: a repeat books nothing. */
  event: string;
  body: PutDisposition;
  agent: Person;
  now: number;
  /** The call folded, as JSON; absent where it is not the agent's to see any more. */
  snapshot: string | undefined;
  places: FindPlaces;
  /** Of calls whose own purpose is not known. */
  purpose: DialPurpose;
  /** What the configuration says of the value; without it the platforms' own words are known. */
  meant?: { final: boolean; dnc: boolean; retryMinutes?: number };
}

/** The promised call back; what is not known of zone and wall time stays unknown. */
function bookingOf({ body, call, event, agent, now, snapshot, places, purpose }: Decision): BookRequest | null {
  const { callback, notes } = body;
  if (callback === undefined) return null;
  const customer = snapshot === undefined ? undefined : customerOf(snapshot);
  const phone = customer?.phone ?? '';
  const zone = callback.zone ?? null;
  const where = e164Schema.safeParse(phone).success ? places(phone, { zone: zone ?? undefined }) : undefined;
  return {
    ...{ id: event.replace(/[^A-Za-z0-9_-]/g, '-').slice(-64), source: event, at: Date.parse(callback.at), zone },
    wallTime: callback.wall_time ?? null,
    owner: callback.owner === 'queue' ? null : agent,
    ...{
      name: customer?.name ?? null,
      phone,
      lead: null,
      call,
      purpose,
      note: notes ?? null,
      by: agent,
      now,
    },
    ...(where === undefined ? {} : { place: JSON.stringify(where) }),
  };
}

export function followsOf(decision: Decision): CallDecided {
  const { call, body, agent, now, meant } = decision;
  const flags = meant ?? flagsOf(body.value, DEFAULT_DISPOSITIONS);
  const retryMinutes = meant?.retryMinutes ?? null;
  const dnc = body.dnc !== undefined || flags?.dnc === true;
  return {
    call,
    agent,
    now,
    value: body.value,
    final: flags?.final === true,
    dnc,
    retryMinutes,
    book: bookingOf(decision),
  };
}
