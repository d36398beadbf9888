/** Notices that this computer's addresses changed: another network, a VPN going up or down, a cable plugged in. */
import { networkInterfaces } from 'node:os';
import type { Scheduler } from '../timing/scheduler';

const LOOK_EVERY_MS = 3_000;

/** This computer's own addresses, in an order that does not depend on chance. Loopback says nothing and is left out. */
export function ownAddresses(interfaces: typeof networkInterfaces = networkInterfaces): string {
  const all = Object.values(interfaces()).flatMap((addresses) => addresses ?? []);
  return all
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(' ');
}

/** @returns stops watching */
export function watchNetwork(scheduler: Scheduler, addresses: () => string, changed: () => void): () => void {
  let known = addresses();
  const look = () => {
    const now = addresses();
    if (now !== known) changed();
    known = now;
    cancel = scheduler.after(LOOK_EVERY_MS, look);
  };
  let cancel = scheduler.after(LOOK_EVERY_MS, look);
  return () => {
    cancel();
  };
}
