/** One floor commanded by messages (`src/shared/contract/processes.ts`), whatever the port is made of. */
import { toPracticeSchema, type FromPractice } from '../shared/contract/processes';
import { parseConfig, relayUrlSchema } from './config';
import { openFloor, type Floor } from './floor';
import { systemClock } from './clock';
import type { Log } from './log';

export interface SessionDeps {
  post: (message: FromPractice) => void;
  fetch: typeof globalThis.fetch;
  log: Log;
  /** Called once the floor is closed after a `stop`. */
  onStopped: () => void;
}

/** Returns what takes the messages. They are worked off one after another, in the order in which they came. */
export function createSession({ post, fetch, log, onStopped }: SessionDeps): (message: unknown) => Promise<void> {
  let floor: Floor | undefined;
  let before = Promise.resolve();

  const handle = async (message: unknown): Promise<void> => {
    const asked = toPracticeSchema.parse(message);
    switch (asked.type) {
      case 'start': {
        await floor?.stop();
        const config = parseConfig(asked.config);
        floor = await openFloor(config, {
          clock: systemClock(config.time_scale),
          fetch,
          log,
          onSent: (sent) =>
            post({
              type: 'sent',
              platform: sent.platform,
              call: sent.call,
              event: sent.event_id,
              sent_at: sent.at,
              ...(sent.status === undefined ? {} : { status: sent.status, answered_at: sent.at + sent.duration_ms }),
            }),
        });
        post({ type: 'ready', url: floor.url });
        return;
      }
      case 'relay':
        opened(floor).setRelay(relayUrlSchema.parse(asked.url));
        return;
      case 'escalate':
        opened(floor).escalate({});
        return;
      case 'stop':
        await floor?.stop();
        floor = undefined;
        onStopped();
        return;
      default:
        asked satisfies never;
    }
  };

  return (message) => {
    before = before
      .then(() => handle(message))
      .catch((error: unknown) => {
        log.error('A message could not be followed.', error);
        post({ type: 'failed', message: error instanceof Error ? error.message : 'unknown' });
      });
    return before;
  };
}

function opened(floor: Floor | undefined): Floor {
  if (floor === undefined) throw new Error('The practice floor was not started yet.');
  return floor;
}
