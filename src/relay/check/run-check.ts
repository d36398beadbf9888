/**
 * `check`: a test event per platform goes the way a real one would, in at the webhook and out at a desk, and each hop is
 * graded. Runs inside the relay that is checked, against its own address.
 */
import { randomUUID } from 'node:crypto';
import { issueToken } from '../admin/commands';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import type { Store } from '../store/port';
import { createGrader, expectStatus, refusesForgery, send, sendTest } from './hops';
import type { Grade } from './hops';
import { connectProbe, type ProbeDesk } from './probe-desk';

export interface CheckDeps {
  /** Where the relay can be reached from itself. */
  url: string;
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  store: Store;
  clock: Clock;
}

const EVENT_WITHIN_MS = 5_000;

export async function runCheck(deps: CheckDeps): Promise<Grade[]> {
  const { url, platforms, store, clock } = deps;
  const { grades, grade } = createGrader(clock);

  await grade('address answers', () => expectStatus(200, send(`${url}/healthz`, { method: 'GET' })));
  await grade('store takes writes', () => expectStatus(200, send(`${url}/readyz`, { method: 'GET' })));
  const id = `check-${randomUUID()}`;
  const agent = { id, name: 'check', numbers: [], queues: [], role: 'supervisor' as const };
  const desk = await grade('desk signs in', async () => connectProbe(url, await issueToken(store, agent)));
  try {
    for (const [name, configured] of platforms) await checkPlatform(name, configured, desk);
    await grade('wrong signature is refused', () => refusesForgery(url, platforms));
  } finally {
    desk?.close();
    await store.removeAgent(id);
  }
  return grades;

  async function checkPlatform(name: string, configured: ConfiguredPlatform, live?: ProbeDesk): Promise<void> {
    const call = `check-${randomUUID()}`;
    const taken = await grade(`${name}: webhook durable and answered`, async () => {
      await sendTest(url, name, configured, call, clock.now());
      return true;
    });
    if (taken !== true || live === undefined) return;
    await grade(`${name}: event at the desk`, () => live.waitFor(`${name}:${call}`, EVENT_WITHIN_MS));
  }
}
