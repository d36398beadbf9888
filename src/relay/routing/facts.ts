/** What routing and the call register need to know of an event, taken out once so that the store never parses bodies. */
import type { EventType, HandoverEvent } from '../../shared/contract/events';

export interface EventFacts {
  type: EventType;
  /** Event time, RFC 3339 UTC. */
  time: string;
  /** `<platform>:<id>`; absent for campaigns and unknown bodies. */
  call?: string;
  /** Where an escalation wants to go, in the platform's words. */
  target?: { to?: string; label?: string };
  /** The number an inbound call dialled: one of ours. */
  dialled?: string;
  /** Agent who started the call from a desk. */
  origin?: string;
  /** The other party's phone numbers, as written: what `forget` looks for. */
  phones: string[];
  /** Agent whose doing a claim, an outcome or a started call was. */
  actor?: string;
  campaign?: string;
  /** An agent recorded that the person asked not to be called again. */
  dnc?: true;
  /** An escalation that was too old to ring when it came. */
  late?: boolean;
  /** A test: counts in no statistics. */
  test?: boolean;
}

function isCallEvent(event: HandoverEvent): boolean {
  return event.type.startsWith('call.') && event.subject !== undefined;
}

interface Ends {
  direction?: 'inbound' | 'outbound' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  contact?: { phone?: string | undefined } | undefined;
}

/** The other party's numbers: our own end of the call is no person to be found or forgotten by. */
function phonesOf({ direction, from, to, contact }: Ends): string[] {
  const said = [direction === 'outbound' ? undefined : from, direction === 'inbound' ? undefined : to, contact?.phone];
  return said.filter((phone): phone is string => phone !== undefined && phone !== '');
}

/** Claims name an agent, outcomes an agent's id, started calls their origin. */
function actorOf(event: HandoverEvent): string | undefined {
  switch (event.type) {
    case 'call.claimed':
    case 'call.released':
      return event.data.agent.id;
    case 'call.disposition':
      return event.data.agent;
    case 'call.started':
      return event.data.origin?.agent;
    default:
      return undefined;
  }
}

/** The facts of an event. Pure. */
export function factsOf(event: HandoverEvent): EventFacts {
  const facts: EventFacts = { type: event.type, time: event.time, phones: [] };
  if (event.istest) facts.test = true;
  if (isCallEvent(event) && event.subject !== undefined) facts.call = event.subject;
  const actor = actorOf(event);
  if (actor !== undefined) facts.actor = actor;
  if ('campaign' in event.data && typeof event.data.campaign === 'string') facts.campaign = event.data.campaign;
  if (event.type === 'call.disposition' && event.data.dnc !== undefined) facts.dnc = true;
  switch (event.type) {
    case 'call.started':
    case 'call.ringing':
    case 'call.answered': {
      const { direction, to, origin } = event.data;
      if (direction === 'inbound' && to !== undefined) facts.dialled = to;
      if (origin?.agent !== undefined) facts.origin = origin.agent;
      facts.phones = phonesOf(event.data);
      return facts;
    }
    case 'call.escalated': {
      const { to, label } = event.data;
      facts.target = { ...(to === undefined ? {} : { to }), ...(label === undefined ? {} : { label }) };
      // `to` of an escalation is our own number: it says nothing about the person who calls.
      facts.phones = phonesOf({ from: event.data.from, contact: event.data.contact });
      facts.late = event.late;
      return facts;
    }
    case 'call.ended':
      facts.phones = phonesOf(event.data);
      return facts;
    default:
      return facts;
  }
}
