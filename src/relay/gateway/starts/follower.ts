/**
 * Waits for the call of a campaign of one contact, for as long as somebody waits for the answer. Such a platform says only
 * that it will dial; the call has no id until it does. The watcher goes on from there.
 */
import { PlatformError } from '../../../platforms/api';
import type { PlatformClient } from '../platform-client/client';

interface Sought {
  client: PlatformClient;
  agent: string;
  campaign: string;
}

export class StartFollower {
  private readonly stopping = new AbortController();

  /** Looks for the call for up to `waitMs`; undefined when it is not there by then. */
  async find(sought: Sought, waitMs: number, pollMs: number): Promise<string | undefined> {
    for (let left = waitMs; left > 0 && !this.stopping.signal.aborted; left -= pollMs) {
      const id = await this.look(sought);
      if (id !== undefined) return id;
      await this.pause(Math.min(pollMs, left));
    }
    return undefined;
  }

  stop(): void {
    this.stopping.abort();
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
