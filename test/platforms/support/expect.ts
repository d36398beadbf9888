/** Shorthands for decoding one body in a test. */
import type { DecodedEvent } from '../../../src/platforms/platform';
import type { EventData, EventType } from '../../../src/shared/contract/events';
import { platformOf } from './configs';
import { json } from './fixtures';

/** The one event of a body. */
export function decoded(platform: string, body: unknown): DecodedEvent {
  const events = platformOf(platform).webhook.decode(json(body));
  if (events.length !== 1 || events[0] === undefined) throw new Error(`expected one event, got ${events.length}`);
  return events[0];
}

/** The data of the one event of a body, which must be of that type. */
export function dataOf<T extends EventType>(platform: string, type: T, body: unknown): EventData<T> {
  const event = decoded(platform, body);
  if (event.type !== type) throw new Error(`expected ${type}, got ${event.type}: ${JSON.stringify(event.data)}`);
  return event.data as EventData<T>;
}
