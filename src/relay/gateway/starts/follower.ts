/**
 * Finds the call behind a campaign of one contact. Such a platform says only that it will dial; the call has no id until it
 * does. While nobody knows it, the call belongs to nobody's desk, so it is looked for until it is there.
 */
import type { Logger } from 'pino';
import { PlatformError } from '../../../platforms/api';
import type { PlatformClient } from '../platform-client/client';

/** A campaign that has not dialled by then will not: its schedule or the platform says no. */
const GIVE_UP_MS = 10 * 60_000;
/** Between looks once nobody waits for the answer any more. */
const SLOW_POLL_MS = 5_000;

interface Sought {
  client: PlatformClient;
  agent: string;
  campaign: string;
}

export class StartFollower {
  private readonly stopping = new AbortController();
  private readonly searches = new Set<Promise<void>>();

  constructor(private readonly log: Logger) {}

  /** Looks for the call for up to `waitMs`; undefined when it is not there by then. */
  async find(sought: Sought, waitMs: number, pollMs: number): Promise<string | undefined> {
    for (let left = waitMs; left > 0 && !this.stopping.signal.aborted; left -= pollMs) {
      const id = await this.look(sought);
      if (id !== undefined) return id;
      await this.pause(Math.min(pollMs, left));
    }
    return undefined;
  }

  /** Goes on looking in the background. `found` must not reject. */
  follow(sought: Sought, found: (id: string) => Promise<void>): void {
    const search = this.find(sought, GIVE_UP_MS, SLOW_POLL_MS)
      .then((id) => (id === undefined ? undefined : found(id)))
      .catch((error: unknown) => this.log.error({ err: error }, 'a started call could not be followed'))
      .finally(() => this.searches.delete(search));
    this.searches.add(search);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.searches);
  }

  private async look({ client, agent, campaign }: Sought): Promise<string | undefined> {
    try {
      return (await client.ask('findStartedCall', { agent, repeat: 'safe' }, campaign)).id;
    } catch (error) {
      if (error instanceof PlatformError) return undefined;
      throw error;
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.stopping;
      if (signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
    });
  }
}
