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
  /** Every phone number the event ties to the call, as written: what `forget` looks for. */
  phones: string[];
}

function isCallEvent(event: HandoverEvent): boolean {
  return event.type.startsWith('call.') && event.subject !== undefined;
}

function phonesOf(data: { from?: unknown; to?: unknown; contact?: { phone?: unknown } | undefined }): string[] {
  const said = [data.from, data.to, data.contact?.phone];
  return said.filter((phone): phone is string => typeof phone === 'string' && phone !== '');
}

/** The facts of an event. Pure. */
export function factsOf(event: HandoverEvent): EventFacts {
  const facts: EventFacts = { type: event.type, time: event.time, phones: [] };
  if (isCallEvent(event) && event.subject !== undefined) facts.call = event.subject;
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
      return facts;
    }
    case 'call.ended':
      facts.phones = phonesOf(event.data);
      return facts;
    default:
      return facts;
  }
}
