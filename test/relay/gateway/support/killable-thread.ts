/** The database on the test's own thread, and a way to end it as a kill would: what waits is never written or answered. */
import { StoreError } from '../../../../src/relay/store/port';
import { Executor } from '../../../../src/relay/store/sqlite/executor';
import type { Request } from '../../../../src/relay/store/works';
import type { StartThread } from '../../../../src/relay/store/sqlite/thread';

export interface Killable {
  start: StartThread;
  kill: () => void;
}

export function killableThread(): Killable {
  let kill: () => void = () => undefined;
  let killed = false;
  return {
    kill: () => {
      killed = true;
      kill();
    },
    start: (file, events) => {
      // The store would open a failed file anew, and a dead process does not.
      if (killed) return Promise.reject(new StoreError('closed', 'killed'));
      const executor = new Executor(file);
      let waiting: Request[] = [];
      let alive = true;
      const end = () => {
        if (alive) executor.close();
        alive = false;
      };
      kill = () => {
        end();
        events.failed({ fault: 'closed', message: 'killed' });
      };
      const drain = () => {
        const batch = waiting;
        waiting = [];
        if (alive && batch.length > 0) events.outcome(executor.run(batch));
      };
      events.outcome({ replies: [], entries: [], position: executor.position() });
      return Promise.resolve({
        post: (request: Request) => {
          waiting.push(request);
          setImmediate(drain);
        },
        close: () => {
          drain();
          end();
          return Promise.resolve();
        },
      });
    },
  };
}
