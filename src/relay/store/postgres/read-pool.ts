/** Reads, a few at a time, each on one consistent state of the database. */
import { StoreError } from '../port';
import type { Work } from '../sql';
import { isWorthAnotherTry, storeErrorOf } from './faults';
import type { Session } from './session';

/** Sessions for reads. Each relay takes these and five more of the server's connections: writes, asides, the follower. */
const SESSIONS = 6;
/** Longest wait for one of them: whoever waited so long is about to give up. */
const WAIT_WITHIN_MS = 5_000;

export interface ReadPool {
  /** @param make the work anew for each attempt */
  read<T>(make: () => Work<T>): Promise<T>;
  close(): Promise<void>;
}

export function createReadPool(open: () => Promise<Session>): ReadPool {
  let idle: Session[] = [];
  let used = 0;
  let closed = false;
  let waiting: (() => void)[] = [];

  const turn = (): Promise<void> => {
    if (used < SESSIONS) {
      used += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const take = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting = waiting.filter((other) => other !== take);
        reject(new StoreError('busy', 'the database has no time for this'));
      }, WAIT_WITHIN_MS);
      waiting.push(take);
    });
  };
  const acquire = async (): Promise<Session> => {
    for (;;) {
      const session = idle.pop();
      if (session === undefined) return open();
      if (!session.isLost) return session;
      await session.close();
    }
  };
  const release = () => {
    const next = waiting.shift();
    if (next === undefined) used -= 1;
    else next();
  };
  const readOn = async <T>(session: Session, work: Work<T>): Promise<T> => {
    // Travels with the first statement; if it fails, so does that.
    const begun = session.command('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    begun.catch(() => undefined);
    const result = await session.perform(work);
    await begun;
    return result;
  };
  const attempt = async <T>(work: Work<T>): Promise<T> => {
    if (closed) throw new StoreError('closed', 'the store is closed');
    await turn();
    let session: Session | undefined;
    try {
      session = await acquire();
      return await readOn(session, work);
    } catch (error) {
      if (session !== undefined && isWorthAnotherTry(error)) await session.close();
      throw error;
    } finally {
      if (session === undefined) release();
      else finish(session);
    }
  };
  /** Nobody waits for the end of a transaction that only read. */
  const finish = (session: Session) => {
    session
      .command('COMMIT')
      .then(() => (closed ? session.close() : void idle.push(session)))
      .catch(() => session.close())
      .finally(release);
  };

  return {
    read: async (make) => {
      try {
        return await attempt(make());
      } catch (error) {
        if (!isWorthAnotherTry(error)) throw storeErrorOf(error);
        return attempt(make()).catch((second: unknown) => {
          throw storeErrorOf(second);
        });
      }
    },
    close: async () => {
      closed = true;
      await Promise.all(idle.map((session) => session.close()));
      idle = [];
    },
  };
}
