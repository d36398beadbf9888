/**
 * A lane of writes: what waits is carried out in transactions, and no promise settles before its commit. Each of its
 * sessions is opened when there is something to write and dropped when it is in doubt.
 */
import { StoreError } from '../port';
import type { Request } from '../works';
import { isWorthAnotherTry, storeErrorOf } from './faults';
import type { Session } from './session';

/** After a server could not be reached, requests are refused at once for this long. */
const LEAVE_ALONE_MS = 250;

/**
 * Longest wait for a turn. Whoever waited so long is about to give up, or has: to do it all the same would only keep those
 * waiting who came later.
 */
const WAIT_WITHIN_MS = 5_000;

export interface Waiting {
  request: Request;
  resolve: (value: unknown) => void;
  reject: (error: StoreError) => void;
}

export interface Lane {
  /**
   * Its promise settles with the commit, or `busy` when its turn came too late.
   * @param options `first`: before all others that wait
   */
  push(waiting: Waiting, options?: { first: boolean }): void;
  /** Resolves once nothing is under way any more. */
  close(): Promise<void>;
}

export interface LaneDeps {
  open: () => Promise<Session>;
  /**
   * Carries requests out in one transaction and commits it; resolves with a value for each, in order. It may leave the last
   * of them for the next transaction, but does one at least.
   * @param n which of the lane's sessions it is, from 0
   */
  commit: (session: Session, requests: readonly Request[], n: number) => Promise<unknown[]>;
  /** Monotonic ms. */
  now: () => number;
  /** How many transactions at a time, each on a session of its own. */
  sessions: number;
  /** Most requests in one transaction. */
  batch: number;
}

export function createLane(deps: LaneDeps): Lane {
  const { open, commit, now, batch } = deps;
  let queue: (Waiting & { since: number })[] = [];
  let refused: { error: StoreError; until: number } | undefined;

  /** Those whose turn it is. Refuses who waited too long. */
  const next = () => {
    const oldest = now() - WAIT_WITHIN_MS;
    const inTime = queue.findIndex(({ since }) => since >= oldest);
    const gone = inTime < 0 ? queue.length : inTime;
    for (const { reject } of queue.slice(0, gone)) reject(new StoreError('busy', 'the database has no time for this'));
    const some = queue.slice(gone, gone + batch);
    queue = queue.slice(gone + batch);
    return some;
  };
  const worker = (n: number) => {
    let session: Session | undefined;
    let running: Promise<void> | undefined;

    const drop = async () => {
      const old = session;
      session = undefined;
      await old?.close();
    };
    const current = async (): Promise<Session> => {
      if (session?.isLost === true) await drop();
      if (session !== undefined) return session;
      if (refused !== undefined && now() < refused.until) throw refused.error;
      try {
        session = await open();
        refused = undefined;
        return session;
      } catch (error) {
        const failure = storeErrorOf(error);
        refused = { error: failure, until: now() + LEAVE_ALONE_MS };
        throw failure;
      }
    };
    const attempt = async (requests: readonly Request[]): Promise<unknown[]> => {
      const used = await current();
      try {
        return await commit(used, requests, n);
      } catch (error) {
        // Whatever state the transaction is in, it ends here.
        const clean = await used.command('ROLLBACK').then(
          () => true,
          () => false,
        );
        if (!clean || isWorthAnotherTry(error)) await drop();
        throw error;
      }
    };
    /** Returns how many were left for the next transaction. */
    const settle = async (some: readonly Waiting[], again = true): Promise<number> => {
      if (some.length === 0) return 0;
      try {
        const values = await attempt(some.map(({ request }) => request));
        for (const [at, value] of values.entries()) some[at]?.resolve(value);
        return some.length - values.length;
      } catch (error) {
        if (again && isWorthAnotherTry(error)) return settle(some, false);
        const failure = storeErrorOf(error);
        if (failure.fault === 'fault' && some.length > 1) {
          // One bad request must not fail its neighbours.
          for (const one of some) await settle([one]);
        } else for (const { reject } of some) reject(failure);
        return 0;
      }
    };
    const run = async () => {
      while (queue.length > 0) {
        const some = next();
        const left = await settle(some);
        if (left > 0) queue = [...some.slice(-left), ...queue];
      }
      running = undefined;
    };

    return {
      isIdle: () => running === undefined,
      start: () => {
        // What comes in at the same moment shares the first transaction. `settle` handles every failure.
        running ??= new Promise(setImmediate).then(run);
      },
      close: async () => {
        await running;
        await drop();
      },
    };
  };
  const workers = Array.from({ length: deps.sessions }, (_, n) => worker(n));

  return {
    push: (waiting, { first } = { first: false }) => {
      queue[first ? 'unshift' : 'push']({ ...waiting, since: now() });
      workers.find((one) => one.isIdle())?.start();
    },
    close: async () => {
      await Promise.all(workers.map((one) => one.close()));
    },
  };
}
