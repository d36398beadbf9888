/** The only way out to other programs: `https` addresses of hosts that the settings allow, in the system's browser. */
import type { Scheduler } from '../timing/scheduler';

/** `failed`: the system did not open it, or said nothing in time. */
export type Opened = 'opened' | 'refused' | 'failed';

export interface OpenExternalOptions {
  /** `host` or `host:port`, lower case. */
  hosts: () => readonly string[];
  /** Electron's `shell.openExternal`. */
  open: (url: string) => Promise<void>;
  scheduler: Scheduler;
  failed: (what: string, cause: unknown) => void;
}

const MAX_URL = 2_048;
/** A desktop that has not opened an address by then is not going to. */
const OPENS_WITHIN_MS = 5_000;

export function mayOpen(address: string, hosts: readonly string[]): boolean {
  if (address.length > MAX_URL || !URL.canParse(address)) return false;
  const url = new URL(address);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '';
  // Only what is already in its final spelling: what is checked is what is opened.
  return plain && url.href === address && hosts.includes(url.host);
}

/** @returns opens an address; never rejects */
export function createOpenExternal(options: OpenExternalOptions): (address: string) => Promise<Opened> {
  return (address) => {
    if (!mayOpen(address, options.hosts())) return Promise.resolve('refused');
    return new Promise((resolve) => {
      const cancel = options.scheduler.after(OPENS_WITHIN_MS, () => resolve('failed'));
      options
        .open(address)
        .then(() => resolve('opened'))
        .catch((error: unknown) => {
          options.failed('external.not_opened', error);
          resolve('failed');
        })
        .finally(cancel);
    });
  };
}
