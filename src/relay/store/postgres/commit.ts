/** What the lanes carry out: transactions that hold the log, and those beside it. */
import type { Clock } from '../../clock';
import type { EventRow } from '../log-reader';
import type { Log } from '../log';
import { get, run, type Work } from '../sql';
import { batchesOf, byName, worksOn, type Request } from '../works';
import { postgresDialect } from './dialect';
import type { Session } from './session';

/** Room that an event takes beside its body, bytes: its row, its indexes. As in the trigger that takes it off again. */
const AROUND_A_BODY = 512;

/**
 * After so long a transaction begins nothing more and commits. A work takes several round trips; where those are slow, and
 * many works wait, the other relays would else give up on the log's lock (`LOCK_WITHIN_MS`), come back with still more, and
 * no relay would get through any more.
 */
const HOLD_MS = 200;

interface Head {
  head: number;
  agents: number;
}

export interface Commits {
  write: (session: Session, requests: readonly Request[]) => Promise<unknown[]>;
  /**
   * The first of them, in a transaction of its own: nothing that it has locked waits for the others.
   * @param n which of the relay's sessions for these it is
   */
  aside: (session: Session, requests: readonly Request[], n: number) => Promise<unknown[]>;
  /** Makes this relay known. */
  start(open: () => Promise<Session>): Promise<void>;
  isWrite(name: string): boolean;
  isAside(name: string): boolean;
}

export interface CommitDeps {
  clock: Pick<Clock, 'monotonic'>;
  /**
   * A transaction is durable.
   * @param base head of the log before it
   * @param news it changed the epoch, the floor, or agents
   */
  committed: (base: number, rows: readonly EventRow[], news: boolean) => Promise<void>;
}

export function createCommits(log: Log, { committed, clock }: CommitDeps): Commits {
  const works = worksOn(log);
  const [writes, asides] = [byName(works.writes), byName(works.asides)];
  let agents: number | undefined;

  /** Begins a transaction and waits for the turn to write to the log. */
  const begin = async (session: Session): Promise<number> => {
    const [, row] = await Promise.all([
      session.command('BEGIN'),
      session.perform(get<Head>('SELECT head, agents FROM log_head FOR UPDATE')),
    ]);
    if (row === undefined) throw new Error('the log has no head');
    log.resume(row.head);
    if (row.agents !== agents) log.agentTable.reset();
    agents = row.agents;
    return row.head;
  };
  const end = async (session: Session, base: number): Promise<void> => {
    const news = log.hasNews;
    const rows = log.takeAppended();
    const bytes = rows.reduce((sum, { body }) => sum + Buffer.byteLength(body) + AROUND_A_BODY, 0);
    const last: Work<unknown>[] = [];
    if (rows.length > 0) {
      last.push(run('UPDATE log_head SET head = ?, bytes = bytes + ?', log.lastOffset, bytes));
    }
    if (rows.length > 0 || news) last.push(log.dialect.tellRelays(log.relay));
    // All on the wire at once: a commit after one that failed rolls back.
    await Promise.all([...last.map((work) => session.perform(work)), session.command('COMMIT')]);
    if (rows.length > 0 || news) await committed(base, rows, news);
  };
  const perform = async (session: Session, requests: readonly Request[]): Promise<unknown[]> => {
    const values: unknown[] = [];
    const until = clock.monotonic() + HOLD_MS;
    for (const batch of batchesOf(requests)) {
      if (values.length > 0 && clock.monotonic() >= until) break;
      if ('append' in batch) values.push(...(await session.perform(works.appendBatch(batch.append))));
      else values.push(await one(session, writes, batch.other));
    }
    return values;
  };
  const one = (session: Session, named: typeof writes, { name, args }: Request): Promise<unknown> => {
    const work = named.get(name);
    if (work === undefined) throw new Error(`no work ${name}`);
    return session.perform(work(...args));
  };

  return {
    write: async (session, requests) => {
      const base = await begin(session);
      const values = await perform(session, requests);
      await end(session, base);
      return values;
    },
    aside: async (session, [request], n) => {
      if (request === undefined) return [];
      const [, , value] = await Promise.all([
        session.command('BEGIN'),
        session.perform(postgresDialect.oneAtATime(log.relay, n)),
        one(session, asides, request),
      ]);
      await session.command('COMMIT');
      return [value];
    },
    start: async (open) => {
      const session = await open();
      try {
        const base = await begin(session);
        await session.perform(log.start());
        await end(session, base);
      } finally {
        await session.close();
      }
    },
    isWrite: (name) => writes.has(name),
    isAside: (name) => asides.has(name),
  };
}
