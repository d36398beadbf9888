/** What the lanes carry out: transactions that hold the log, and those beside it. */
import type { EventRow } from '../log-reader';
import type { Log } from '../log';
import { get, run, type Work } from '../sql';
import { batchesOf, byName, worksOn, type Request } from '../works';
import type { Session } from './session';

/** Room that an event takes beside its body, bytes: its row, its indexes. As in the trigger that takes it off again. */
const AROUND_A_BODY = 512;

interface Head {
  head: number;
  agents: number;
}

export interface Commits {
  write: (session: Session, requests: readonly Request[]) => Promise<unknown[]>;
  aside: (session: Session, requests: readonly Request[]) => Promise<unknown[]>;
  /** Makes this relay known. */
  start(open: () => Promise<Session>): Promise<void>;
  isWrite(name: string): boolean;
  isAside(name: string): boolean;
}

export interface CommitDeps {
  /**
   * A transaction is durable.
   * @param base head of the log before it
   * @param news it changed the epoch, the floor, or agents
   */
  committed: (base: number, rows: readonly EventRow[], news: boolean) => Promise<void>;
}

export function createCommits(log: Log, { committed }: CommitDeps): Commits {
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
    for (const batch of batchesOf(requests)) {
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
    aside: async (session, requests) => {
      const values: unknown[] = [];
      // Travels with the first statement; if it fails, it is awaited below all the same.
      const begun = session.command('BEGIN');
      begun.catch(() => undefined);
      for (const request of requests) values.push(await one(session, asides, request));
      await begun;
      await session.command('COMMIT');
      return values;
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
