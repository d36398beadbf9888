/** Webhook requests into the log: many that came together are appended with a handful of statements. */
import type { Arrival, Verdict } from '../deliveries/port';
import type { DeliveryTable } from '../deliveries/table';
import type { Log } from './log';
import type { AppendResult, NewEvent } from './port';
import type { Work } from './sql';

export interface AppendRequest {
  events: NewEvent[];
  arrival?: Arrival;
}

/** Appends the events of several requests in their order. A result for each. */
export function* appendBatch(
  log: Log,
  deliveries: DeliveryTable,
  requests: readonly AppendRequest[],
): Work<AppendResult[]> {
  const offsets = yield* log.appendAll(requests.flatMap(({ events }) => events));
  let at = 0;
  const results = requests.map(({ events }): AppendResult => {
    at += events.length;
    return { offsets: offsets.slice(at - events.length, at) };
  });
  const arrived = requests.flatMap(({ events, arrival }, n) => {
    const result = results[n];
    if (arrival === undefined || result === undefined) return [];
    return [{ result, arrival, verdict: verdictOf(arrival, result), calls: callsOf(events) }];
  });
  const ids = yield* deliveries.recordArrivals(arrived);
  for (const [n, { result }] of arrived.entries()) {
    const id = ids[n];
    if (id !== undefined) result.delivery = id;
  }
  return results;
}

function verdictOf(arrival: Arrival, { offsets }: AppendResult): Verdict {
  if (offsets.every((offset) => offset === null)) return 'repeated';
  return arrival.unknown ? 'unknown' : 'accepted';
}

function callsOf(events: readonly NewEvent[]): string[] {
  return [...new Set(events.flatMap(({ facts }) => (facts.call === undefined ? [] : [facts.call])))];
}
