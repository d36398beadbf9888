/** Brings stops to the platforms that keep such a list, until each has acknowledged. Never gives up by itself. */
import type { Logger } from 'pino';
import { PlatformError } from '../../platforms/api';
import type { Clock } from '../clock';
import { DueWork, type Duty } from '../gateway/background';
import type { PlatformClient } from '../gateway/platform-client/client';
import type { DncStore, EntryWrite, EntryWriteEnd } from './port';

const RETRY_BASE_MS = 2_000;
/** The law counts in days; a platform that is down for longer is asked every hour. */
const RETRY_CAP_MS = 3600_000;
/** A platform that says no is asked again the next day: a key or an account may have been put right. */
const REFUSED_RETRY_MS = 24 * 3600_000;

export interface ForwarderDeps {
  store: Pick<DncStore, 'dueEntryWrites' | 'endEntryWrite' | 'nextEntryWriteDue'>;
  duty: Duty;
  clients: ReadonlyMap<string, PlatformClient>;
  clock: Clock;
  random: () => number;
  log: Logger;
}

export class StopForwarder extends DueWork<EntryWrite, EntryWriteEnd> {
  constructor(private readonly deps: ForwarderDeps) {
    super('do-not-call requests to platforms', deps);
  }

  protected due(now: number, limit: number): Promise<EntryWrite[]> {
    return this.deps.store.dueEntryWrites(now, limit);
  }

  protected end(end: EntryWriteEnd): Promise<void> {
    return this.deps.store.endEntryWrite(end);
  }

  protected nextDue(): Promise<number | undefined> {
    return this.deps.store.nextEntryWriteDue();
  }

  protected async act({ entry, platform, phone, scope, call, attempts: before }: EntryWrite): Promise<EntryWriteEnd> {
    const { clients, clock, random, log } = this.deps;
    const attempts = before + 1;
    const now = clock.now();
    const client = clients.get(platform);
    if (client?.can('suppress') !== true) return { entry, platform, state: 'unsupported', attempts, due: now };
    const stop = { phone, scope, ...(call === undefined ? {} : { call: call.slice(call.indexOf(':') + 1) }) };
    try {
      await client.ask('suppress', { agent: '~stops', repeat: 'safe' }, stop, entry);
      return { entry, platform, state: 'written', attempts, due: now };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      log.warn(
        { platform, fault: error.fault, attempts },
        'a do-not-call request could not be brought to the platform',
      );
      if (error.fault === 'unsupported') return { entry, platform, state: 'unsupported', attempts, due: now };
      const refused = error.fault === 'rejected' || error.fault === 'not_found';
      const reason = refused
        ? 'The platform refused it; it is asked again every day'
        : 'The platform has not taken it yet';
      const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 20));
      const waitMs = (error.details.retryAfterS ?? 0) * 1000 + Math.round(random() * ceiling) + RETRY_BASE_MS / 2;
      return { entry, platform, state: 'pending', attempts, due: now + (refused ? REFUSED_RETRY_MS : waitMs), reason };
    }
  }
}
