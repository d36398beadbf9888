/**
 * `check`: a test event per platform goes the way a real one would, in at the webhook and out at a desk, and each hop is
 * graded. Runs inside the relay that is checked, against its own address.
 */
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { issueToken } from '../admin/commands';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import type { Store } from '../store/port';
import { connectProbe, type ProbeDesk } from './probe-desk';

/** One hop and how it went. */
export interface Grade {
  hop: string;
  ok: boolean;
  ms: number;
  note?: string;
}

export interface CheckDeps {
  /** Where the relay can be reached from itself. */
  url: string;
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  store: Store;
  clock: Clock;
}

const unsignedSchema = z.object({ unsigned: z.literal(true) });

const ANSWER_WITHIN_MS = 5_000;
const EVENT_WITHIN_MS = 5_000;

/** The relay's own certificate need not name the loopback address: what is checked is the relay, not the name. */
function send(url: string, options: { method: string; headers?: Record<string, string> }, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https') ? httpsRequest : httpRequest;
    const sent = request(url, { ...options, timeout: ANSWER_WITHIN_MS, rejectUnauthorized: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)));
    sent.once('error', reject);
    sent.end(body);
  });
}

async function expectStatus(wanted: number, got: Promise<number>): Promise<undefined> {
  const status = await got;
  if (status !== wanted) throw new Error(`answered ${status} instead of ${wanted}`);
  return undefined;
}

export async function runCheck(deps: CheckDeps): Promise<Grade[]> {
  const { url, platforms, store, clock } = deps;
  const grades: Grade[] = [];
  const grade = async <T>(hop: string, work: () => Promise<T>): Promise<T | undefined> => {
    const began = clock.monotonic();
    try {
      const result = await work();
      grades.push({ hop, ok: true, ms: clock.monotonic() - began });
      return result;
    } catch (error) {
      const note = error instanceof Error ? error.message : 'failed';
      grades.push({ hop, ok: false, ms: clock.monotonic() - began, note });
      return undefined;
    }
  };

  await grade('address answers', () => expectStatus(200, send(`${url}/healthz`, { method: 'GET' })));
  await grade('store takes writes', () => expectStatus(200, send(`${url}/readyz`, { method: 'GET' })));
  const id = `check-${randomUUID()}`;
  const agent = { id, name: 'check', numbers: [], queues: [], role: 'supervisor' as const };
  const desk = await grade('desk signs in', async () => connectProbe(url, await issueToken(store, agent)));
  try {
    for (const [name, configured] of platforms) await checkPlatform(name, configured, desk);
    await grade('wrong signature is refused', () => refusesForgery());
  } finally {
    desk?.close();
    await store.removeAgent(id);
  }
  return grades;

  async function checkPlatform(name: string, configured: ConfiguredPlatform, live?: ProbeDesk): Promise<void> {
    const call = `check-${randomUUID()}`;
    const test = configured.platform.testEvent(configured.config, call, clock.now());
    const headers = { 'content-type': 'application/json', ...test.headers };
    const path = ['hooks', name, ...(test.pathSecret === undefined ? [] : [test.pathSecret])].join('/');
    const taken = await grade(`${name}: webhook durable and answered`, async () => {
      await expectStatus(200, send(`${url}/${path}`, { method: 'POST', headers }, test.body));
      return true;
    });
    if (taken !== true || live === undefined) return;
    await grade(`${name}: event at the desk`, () => live.waitFor(`${name}:${call}`, EVENT_WITHIN_MS));
  }

  async function refusesForgery(): Promise<undefined> {
    for (const [name, { config }] of platforms) {
      // By configuration anybody may deliver there.
      if (unsignedSchema.safeParse(config).success) continue;
      await expectStatus(401, send(`${url}/hooks/${name}`, { method: 'POST' }, '{"forged":true}'));
    }
    return undefined;
  }
}
