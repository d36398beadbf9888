/**
 * A lane of writes: what has come in since the last commit shares the next transaction, and no promise settles before its
 * commit. One session, opened when there is something to write and dropped when it is in doubt.
 */
import type { StoreError } from '../port';
import type { Request } from '../works';
import { isWorthAnotherTry, storeErrorOf } from './faults';
import type { Session } from './session';

/** Most requests in one commit: bounds how long the first of them waits for the last. */
const MAX_BATCH = 512;
/** After a server could not be reached, requests are refused at once for this long. */
const LEAVE_ALONE_MS = 250;

export interface Waiting {
  request: Request;
  resolve: (value: unknown) => void;
  reject: (error: StoreError) => void;
}

export interface Lane {
  push(waiting: Waiting): void;
  /** Resolves once nothing is under way any more. */
  close(): Promise<void>;
}

export interface LaneDeps {
  open: () => Promise<Session>;
  /** Carries the requests out in one transaction and commits it; resolves with a value for each, in order. */
  commit: (session: Session, requests: readonly Request[]) => Promise<unknown[]>;
  /** Monotonic ms. */
  now: () => number;
}

export function createLane({ open, commit, now }: LaneDeps): Lane {
  let queue: Waiting[] = [];
  let session: Session | undefined;
  let running: Promise<void> | undefined;
  let refused: { error: StoreError; until: number } | undefined;

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
      return await commit(used, requests);
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
  const settle = async (batch: readonly Waiting[], again = true): Promise<void> => {
    try {
      const values = await attempt(batch.map(({ request }) => request));
      for (const [n, { resolve }] of batch.entries()) resolve(values[n]);
    } catch (error) {
      if (again && isWorthAnotherTry(error)) return settle(batch, false);
      const failure = storeErrorOf(error);
      if (failure.fault === 'fault' && batch.length > 1) {
        // One bad request must not fail its neighbours.
        for (const one of batch) await settle([one]);
      } else for (const { reject } of batch) reject(failure);
    }
  };
  const run = async () => {
    while (queue.length > 0) {
      const batch = queue.slice(0, MAX_BATCH);
      queue = queue.slice(MAX_BATCH);
      await settle(batch);
    }
    running = undefined;
  };

  return {
    push: (waiting) => {
      queue.push(waiting);
      // `settle` handles every failure.
      running ??= new Promise(setImmediate).then(run);
    },
    close: async () => {
      await running;
      await drop();
    },
  };
}
