/**
 * Follows the log as all relays write it, and hands its entries out in order, each once. Notices of other relays only say
 * that there is something to read; one that is lost is made up for by the next poll.
 */
import type { Clock } from '../../clock';
import type { LogReader, EventRow } from '../log-reader';
import type { LogEntry, Position } from '../port';
import { all, get, type Work } from '../sql';
import type { LostSeat } from '../events';
import { RELAY_LEASE_MS } from '../log';
import type { SeatTable } from '../seats';
import { CHANNEL, postgresDialect } from './dialect';
import { storeErrorOf } from './faults';
import type { Session } from './session';

/** What a lost notice costs at most. */
const POLL_MS = 1_000;
/** How often a relay says that it is alive, in polls. */
const BEAT_POLLS = 2;
/** A relay on duty stops this long before another may begin. */
const DUTY_MARGIN_MS = 2_000;
const PAGE = 500;
const RECONNECT_FIRST_MS = 100;
const RECONNECT_CAP_MS = 2_000;

interface State extends Position {
  /** Counts changes of the agents. */
  agents: number;
  /** Epoch ms by the server's clock. */
  time: number;
  /** This relay lost seats, or they are in doubt. */
  evicted: number;
}

export interface Follower {
  position(): Position;
  /** This relay committed these rows, right after `base`. Resolves once everything up to them was handed out. */
  committed(base: number, rows: readonly EventRow[]): Promise<void>;
  /** Looks for what is new. */
  look(): Promise<void>;
  onDuty(): boolean;
  /** See `Store.clockOffset`. */
  clockOffset(): number;
  close(): Promise<void>;
}

export interface FollowerDeps {
  open: () => Promise<Session>;
  relay: string;
  reader: LogReader;
  publish: (entries: LogEntry[]) => void;
  /** The log's past changed. */
  restarted: () => void;
  /** Agents were added, changed or removed, by any relay. */
  agentsChanged: () => void;
  seats: SeatTable;
  seatLost: (seat: LostSeat) => void;
  clock: Clock;
  /** A session was made: checks that the database is still the one it was. */
  connected: (session: Session, seen: number) => Promise<void>;
  onWarning: (error: unknown) => void;
}

type StateRow = Pick<State, 'head' | 'agents' | 'time' | 'evicted'> & { epoch: string | null; floor: string | null };

function* stateOf(relay: string): Work<State> {
  const row = yield* get<StateRow>(
    `SELECT head, agents, (SELECT value FROM meta WHERE key = 'epoch') AS epoch,
       (SELECT value FROM meta WHERE key = 'floor') AS floor, ${postgresDialect.now} AS time,
       (SELECT count(*) FROM evictions WHERE relay = ?) AS evicted FROM log_head`,
    relay,
  );
  if (row === undefined) throw new Error('the log has no head');
  return { ...row, epoch: row.epoch ?? '', floor: Number(row.floor ?? 0) };
}

/** Resolves once the follower follows. @throws what kept it from connecting */
export async function startFollower(deps: FollowerDeps): Promise<Follower> {
  const { reader } = deps;
  let session: Session | undefined;
  let state: State = { epoch: '', head: 0, floor: 0, agents: 0, time: 0, evicted: 0 };
  let offsetMs = 0;
  let dutyUntil = 0;
  /** Everything up to here was handed out. */
  let published = 0;
  let closed = false;
  let polls = 0;
  let timer: NodeJS.Timeout | undefined;
  let connecting: Promise<void> | undefined;
  /** One thing at a time: entries are handed out in order. */
  let chain: Promise<void> = Promise.resolve();
  let looking: Promise<void> | undefined;

  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = chain.then(task);
    // Whoever asked hears of a failure; it must not keep the next one from its turn.
    chain = done.catch(() => undefined);
    return done;
  };
  const hand = async (on: Session | undefined, rows: readonly EventRow[]) => {
    const fresh = rows.filter(({ offset }) => offset > published);
    const last = fresh.at(-1);
    if (last === undefined) return;
    const moves = fresh.some(({ moved_from }) => moved_from !== null);
    const entries = moves ? await needed(on).perform(reader.entriesOf(fresh)) : plain(fresh);
    published = last.offset;
    state = { ...state, head: Math.max(state.head, published) };
    deps.publish(entries);
  };
  /** Entries of rows that moved no call need no reading. */
  const plain = (rows: readonly EventRow[]): LogEntry[] => {
    const done = reader.entriesOf(rows).next();
    return done.done === true ? done.value : [];
  };
  const readUpTo = async (on: Session, head: number) => {
    while (published < head) {
      const rows = await on.perform(
        all<EventRow>(
          `SELECT "offset", call, audience, moved_from, body FROM events
           WHERE "offset" > ? AND "offset" <= ? ORDER BY "offset" LIMIT ?`,
          published,
          head,
          PAGE,
        ),
      );
      await hand(on, rows);
      if (rows.length < PAGE) published = Math.max(published, head);
    }
  };
  const refresh = async () => {
    looking = undefined;
    const on = needed(session);
    const before = state;
    const now = await stateFrom(on);
    published = Math.min(published, now.head);
    await readUpTo(on, now.head);
    state = { ...now, head: published };
    if (now.epoch !== before.epoch) {
      reader.reset();
      deps.restarted();
    }
    if (now.agents !== before.agents) deps.agentsChanged();
    if (now.evicted > 0) for (const seat of await on.perform(deps.seats.lost())) deps.seatLost(seat);
  };
  const stateFrom = async (on: Session): Promise<State> => {
    const asked = deps.clock.now();
    const got = await on.perform(stateOf(deps.relay));
    // Halfway between question and answer, as well as it can be known.
    offsetMs = Math.round(got.time - (asked + deps.clock.now()) / 2);
    return got;
  };
  const beat = async (on: Session) => {
    const asked = deps.clock.monotonic();
    const duty = await on.perform(postgresDialect.beat(deps.relay));
    dutyUntil = duty ? asked + RELAY_LEASE_MS - DUTY_MARGIN_MS : 0;
  };
  const look = (): Promise<void> => {
    looking ??= inTurn(refresh);
    return looking;
  };
  const poll = async () => {
    if (session === undefined) return;
    try {
      polls += 1;
      if (polls % BEAT_POLLS === 0) await beat(session);
      await look();
    } catch (error) {
      // The session's end starts another; a statement that failed is tried again with the next poll.
      if (!closed) deps.onWarning(storeErrorOf(error));
    }
  };
  const tick = () => {
    timer = setTimeout(() => void poll().finally(() => (closed ? undefined : tick())), POLL_MS);
  };

  const connect = async () => {
    const fresh = await deps.open();
    try {
      const onNotice = (from: string) => {
        // Its own it has handed out already. A look that fails is made up for by the next poll, which tells.
        if (from !== deps.relay) look().catch(() => undefined);
      };
      await fresh.listen(CHANNEL, onNotice, () => lost(fresh));
      await beat(fresh);
      await deps.connected(fresh, published);
    } catch (error) {
      await fresh.close();
      throw error;
    }
    session = fresh;
  };
  const lost = (old: Session) => {
    if (closed || session !== old) return;
    session = undefined;
    connecting = reconnect();
  };
  const reconnect = async () => {
    for (let waitMs = RECONNECT_FIRST_MS; !closed; waitMs = Math.min(RECONNECT_CAP_MS, waitMs * 2)) {
      try {
        await connect();
        await look();
        return;
      } catch {
        // Whoever writes or reads meanwhile is told why; this only has to go on.
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  };

  await connect();
  state = await stateFrom(needed(session));
  published = state.head;
  tick();
  return {
    position: () => ({ epoch: state.epoch, head: state.head, floor: state.floor }),
    committed: (base, rows) =>
      inTurn(async () => {
        if (published < base) await readUpTo(needed(session), base);
        await hand(session, rows);
      }),
    look,
    onDuty: () => deps.clock.monotonic() < dutyUntil,
    clockOffset: () => offsetMs,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await connecting;
      await chain;
      const last = session;
      session = undefined;
      if (last === undefined) return;
      await last.perform(postgresDialect.leave(deps.relay)).catch(deps.onWarning);
      await last.close();
    },
  };
}

function needed(session: Session | undefined): Session {
  if (session === undefined) throw new Error('the connection to the database is lost');
  return session;
}
