/** What every decoder shares: from raw bytes to checked events, with nothing thrown and nothing thrown away. */
import { callIdSchema, eventDataSchemas, type EventType } from '../../shared/contract/events';
import type { DecodedEvent } from '../platform';
import { parseBody } from './body';
import { Fields } from './fields';

/** Longest event id or type name taken from a platform, characters. */
const MAX_EVENT_ID_CHARS = 200;
const MAX_TYPE_CHARS = 100;
// eslint-disable-next-line no-control-regex -- control characters in an id would reach logs and headers
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Authentic but not understood. `reason` is for a person reading the deliveries and never quotes the body. */
export function unknownEvent(
  reason: string,
  about: { type?: string | undefined; istest?: boolean } = {},
): DecodedEvent {
  const type = about.type?.slice(0, MAX_TYPE_CHARS);
  return {
    type: 'platform.unknown',
    istest: about.istest ?? false,
    data: { reason, ...(type === undefined ? {} : { type }) },
  };
}

/** `<platform>:<id>`, or undefined where the id is missing, empty, overlong or holds control characters. */
export function subjectOf(platform: string, id: string | undefined): string | undefined {
  const trimmed = id?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  const subject = callIdSchema.safeParse(`${platform}:${trimmed}`);
  return subject.success ? subject.data : undefined;
}

/** The platform's event id where it can serve as one. */
export function eventIdOf(id: string | undefined): string | undefined {
  const usable = id !== undefined && id !== '' && id.length <= MAX_EVENT_ID_CHARS && !CONTROL.test(id);
  return usable ? id : undefined;
}

/** The envelope fields that are known. */
export function envelopeOf(said: { id?: string | undefined; time?: string | undefined; istest: boolean | undefined }): {
  id?: string;
  time?: string;
  istest: boolean;
} {
  return {
    istest: said.istest ?? false,
    ...(said.id === undefined ? {} : { id: said.id }),
    ...(said.time === undefined ? {} : { time: said.time }),
  };
}

/** The same object without its undefined properties: absent means absent. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

/**
 * Fields the adapter does not know, under their own names, to spread into `data`. One that has the name of a field of
 * our own but could not be read as that (a negative duration, a time without zone) goes under `unread` instead.
 */
export function extras(type: EventType, ...sources: Fields[]): Record<string, unknown> {
  const own = eventDataSchemas[type].shape;
  const kept: Record<string, unknown> = {};
  const unread: Record<string, unknown> = {};
  for (const [name, value] of sources.flatMap((source) => Object.entries(source.rest()))) {
    if (!Object.hasOwn(own, name)) kept[name] ??= value;
    else if (value !== null) unread[name] ??= value;
  }
  return Object.keys(unread).length === 0 ? kept : { ...kept, unread };
}

/** Name and number of the customer with whatever else the platform says of them; undefined where it says nothing. */
export function contactOf(
  name: string | undefined,
  phone: string | undefined,
  more: Record<string, unknown> = {},
): { name?: string; phone?: string } | undefined {
  const others = Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'name' && key !== 'phone'));
  const contact = { ...others, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
  return Object.keys(contact).length === 0 ? undefined : contact;
}

function checked(event: DecodedEvent): DecodedEvent {
  const data = compact(event.data);
  // The net below the adapters: whatever they missed is listed as not understood instead of poisoning the log.
  if (!eventDataSchemas[event.type].safeParse(data).success)
    return unknownEvent('fields of an unexpected kind', { type: event.type, istest: event.istest });
  return { ...event, data } as DecodedEvent;
}

/** Runs an adapter's `read` over a raw body; whatever goes wrong becomes one `platform.unknown`. */
export function decodeWith(rawBody: Uint8Array, read: (body: Fields) => DecodedEvent[]): DecodedEvent[] {
  const body = parseBody(rawBody);
  if (!body.ok) return [unknownEvent(body.reason)];
  try {
    const events = read(new Fields(body.value)).map(checked);
    return events.length > 0 ? events : [unknownEvent('nothing recognised')];
  } catch (error) {
    // An authentic body must never be answered with a 5xx: the platform would repeat it for hours, then switch us off.
    return [unknownEvent(`decoder fault: ${error instanceof Error ? error.name : 'unknown'}`)];
  }
}
