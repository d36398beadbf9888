/** The PostgreSQL store: one log for several relays, one writer at a time (docs/adr/0004-one-writer-at-a-time.md). */
import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../../clock';
import { storeOver } from '../client';
import { Log, type LogOptions } from '../log';
import { createTeller } from '../events';
import { StoreError, type Store } from '../port';
import { byName, worksOn, type Ask, type Request } from '../works';
import { parseAddress } from './address';
import { createCommits } from './commit';
import { postgresDialect } from './dialect';
import { storeErrorOf } from './faults';
import { startFollower, type Follower } from './follower';
import { historyOf } from './history';
import { createLane } from './lane';
import { migrate } from './migrations';
import { createReadPool } from './read-pool';
import { Session } from './session';

/** Requests that may wait for the database before new ones are refused. */
const MAX_WAITING = 20_000;
/** Most writes to the log in one transaction: bounds what is done again when one of them is bad. */
const WRITES_PER_COMMIT = 512;
/** Transactions beside the log at a time. */
const ASIDE_SESSIONS = 3;
/** `VACUUM` of large tables. */
const UPKEEP_PATIENCE_MS = 600_000;

/** An acknowledgement waits no longer than this for its entries to be handed out to desks. */
const HAND_OUT_WITHIN_MS = 1_000;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

export interface PostgresPlace extends Omit<LogOptions, 'relay'> {
  url: string;
}

export interface PostgresStoreOptions {
  /** This machine's clock, which the database's is compared with. */
  clock?: Clock;
  /** Told of trouble that costs no event. */
  onWarning?: (error: unknown) => void;
}

/** Connects, and brings the schema up to date. @throws StoreError when no host takes writes */
export async function openPostgresStore(
  place: PostgresPlace,
  { clock = systemClock, onWarning = () => undefined }: PostgresStoreOptions = {},
): Promise<Store> {
  const address = parseAddress(place.url);
  const relay = randomUUID();
  const open = () => Session.open(address);
  const teller = createTeller();
  await migrate(address).catch(refuse);

  // Writers and readers keep different things in memory.
  const log = new Log(postgresDialect, { ...place, relay });
  const reading = new Log(postgresDialect, { ...place, relay });
  const { reads, upkeep } = worksOn(reading);
  const [named, kept] = [byName(reads), byName(upkeep)];
  const pool = createReadPool(open);
  const following: { by?: Follower } = {};
  const commits = createCommits(log, {
    clock,
    committed: (base, rows, news) => publish(base, rows, news),
  });
  const now = clock.monotonic;
  const writes = createLane({ open, commit: commits.write, now, sessions: 1, batch: WRITES_PER_COMMIT });
  const asides = createLane({ open, commit: commits.aside, now, sessions: ASIDE_SESSIONS, batch: 1 });
  let [lastId, waiting, closed] = [0, 0, false];

  const publish: Parameters<typeof createCommits>[1]['committed'] = async (base, rows, news) => {
    const { by } = following;
    if (by === undefined) return;
    const told = (rows.length > 0 ? by.committed(base, rows) : Promise.resolve()).then(() =>
      news ? by.look() : undefined,
    );
    // It is durable. What could not be handed out now, the follower reads from the log once it is connected again.
    await Promise.race([told.catch(() => undefined), after(HAND_OUT_WITHIN_MS)]);
  };
  const carryOut = (request: Request): Promise<unknown> => {
    if (commits.isWrite(request.name) || commits.isAside(request.name)) {
      const lane = commits.isWrite(request.name) ? writes : asides;
      // Whether the database takes writes must be known also while hundreds of desks wait for their seats.
      const options = { first: request.name === 'check' };
      return new Promise((resolve, reject) => lane.push({ request, resolve, reject }, options));
    }
    const read = named.get(request.name);
    if (read !== undefined) return pool.read(() => read(...request.args));
    return keepUp(request);
  };
  const keepUp = async ({ name, args }: Request): Promise<unknown> => {
    const session = await Session.open(address, { patienceMs: UPKEEP_PATIENCE_MS }).catch(refuse);
    try {
      const work = kept.get(name);
      return work === undefined ? undefined : await session.perform(work(...args)).catch(refuse);
    } finally {
      await session.close();
    }
  };
  const ask: Ask = async (name, ...args) => {
    if (closed) throw new StoreError('closed', 'the store is closed');
    if (waiting >= MAX_WAITING) throw new StoreError('busy', 'too many requests wait for the database');
    lastId += 1;
    waiting += 1;
    try {
      return (await carryOut({ id: lastId, name, args } as Request)) as never;
    } finally {
      waiting -= 1;
    }
  };

  await commits.start(open).catch(refuse);
  const follower = await startFollower({
    open,
    relay,
    reader: reading.reader,
    publish: teller.appended,
    restarted: teller.restarted,
    agentsChanged: teller.agentsChanged,
    seats: reading.seats,
    seatLost: teller.seatLost,
    clock,
    connected: async (session, seen) => {
      const history = await historyOf(session);
      if (history !== undefined) await ask('adoptHistory', history, seen);
    },
    onWarning,
  }).catch(refuse);
  following.by = follower;

  return {
    ...storeOver(ask),
    position: () => follower.position(),
    ...teller.events,
    shared: true,
    onDuty: () => follower.onDuty(),
    clockOffset: () => follower.clockOffset(),
    refresh: () => follower.look().catch(refuse),
    close: async () => {
      closed = true;
      await Promise.all([writes.close(), asides.close(), pool.close()]);
      await follower.close();
    },
  };
}

function refuse(error: unknown): never {
  throw storeErrorOf(error);
}
