/** Looking at deliveries and replaying them, for the command line and the REST API. */
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import { decodeBody } from '../ingest/decode';
import { identify } from '../ingest/identity';
import type { NewEvent, Store } from '../store/port';
import type { Delivery, DeliveryFilter } from './port';
import type { Seal } from './seal';

export type Replay =
  | { ok: true; appended: number; repeated: number; /** Still not understood. */ unknown: boolean }
  | { ok: false; reason: 'not_found' | 'not_kept' | 'unreadable' | 'unconfigured' };

export interface Deliveries {
  list(filter: DeliveryFilter): Promise<{ total: number; deliveries: Delivery[] }>;
  /** `body` as text while it is kept and can be read. */
  show(id: number): Promise<{ delivery: Delivery; body?: string } | undefined>;
  /** Decodes the kept body again and appends what is new to the log. Harmless to repeat. */
  replay(id: number): Promise<Replay>;
}

export interface DeliveriesDeps {
  store: Pick<Store, 'append' | 'deliveries'>;
  seal: Seal;
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  clock: Clock;
  lateAfterS: number;
}

/**
 * Where the unknown event that an earlier decoding left in the log holds the id that the understood one would have, as of a
 * body whose events have no ids of their own: a suffix, which is the same at every replay.
 */
function renamed(event: NewEvent): NewEvent {
  const id = `${event.id}#replayed`;
  const body: unknown = JSON.parse(event.body);
  return { ...event, id, body: JSON.stringify({ ...(body as object), id }) };
}

const understood = ({ facts }: NewEvent): boolean => facts.type !== 'platform.unknown';

export function createDeliveries({ store, seal, platforms, clock, lateAfterS }: DeliveriesDeps): Deliveries {
  const replay = async (id: number): Promise<Replay> => {
    const found = await store.deliveries.get(id);
    if (found === undefined) return { ok: false, reason: 'not_found' };
    if (found.sealed === null) return { ok: false, reason: 'not_kept' };
    const rawBody = seal.open(found.sealed);
    if (rawBody === undefined) return { ok: false, reason: 'unreadable' };
    const { platform, trust } = found.delivery;
    const configured = platforms.get(platform);
    if (configured === undefined) return { ok: false, reason: 'unconfigured' };

    // Received now: an escalation that nobody saw for a day is a missed call, not a ringing one.
    const receipt = { platform, rawBody, trust: trust ?? 'open', received: clock.now(), lateAfterS };
    const events = identify(decodeBody(configured, rawBody), receipt);
    const unknown = !events.every(understood);
    const taken = new Set(await store.deliveries.heldByUnknown(events.map(({ source, id }) => ({ source, id }))));
    const { offsets } = await store.append(
      events.map((event) => (understood(event) && taken.has(event.id) ? renamed(event) : event)),
    );
    const appended = offsets.filter((offset) => offset !== null).length;
    if (!unknown) await store.deliveries.markUnderstood(id, callsOf(events));
    return { ok: true, appended, repeated: offsets.length - appended, unknown };
  };

  return {
    list: (filter) => store.deliveries.list(filter),
    show: async (id) => {
      const found = await store.deliveries.get(id);
      if (found === undefined) return undefined;
      const body = found.sealed === null ? undefined : seal.open(found.sealed)?.toString();
      return { delivery: found.delivery, ...(body === undefined ? {} : { body }) };
    },
    replay,
  };
}

function callsOf(events: readonly NewEvent[]): string[] {
  return [...new Set(events.flatMap(({ facts }) => (facts.call === undefined ? [] : [facts.call])))];
}
