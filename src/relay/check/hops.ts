/** What both checks stand on: a request to the relay's own address, a hop with its time and grade. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import type { Trust } from '../../shared/contract/events';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';

/** One hop and how it went. */
export interface Grade {
  hop: string;
  ok: boolean;
  ms: number;
  note?: string;
}

const unsignedSchema = z.object({ unsigned: z.literal(true) });

const ANSWER_WITHIN_MS = 5_000;

/** The relay's own certificate need not name the loopback address: what is checked is the relay, not the name. */
export function send(
  url: string,
  options: { method: string; headers?: Record<string, string> },
  body = '',
): Promise<number> {
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

export async function expectStatus(wanted: number, got: Promise<number>): Promise<undefined> {
  const status = await got;
  if (status !== wanted) throw new Error(`answered ${status} instead of ${wanted}`);
  return undefined;
}

/** The platform's own test event, as the platform would send it. @param call the platform's id for it */
export function sendTest(
  url: string,
  name: string,
  { platform, config }: ConfiguredPlatform,
  call: string,
  now: number,
): Promise<undefined> {
  const test = platform.testEvent(config, call, now);
  const headers = { 'content-type': 'application/json', ...test.headers };
  const path = ['hooks', name, ...(test.pathSecret === undefined ? [] : [test.pathSecret])].join('/');
  return expectStatus(200, send(`${url}/${path}`, { method: 'POST', headers }, test.body));
}

/** Measures hops: what one resolves with, or undefined when it failed; `grades` fills up meanwhile. */
export function createGrader(clock: Pick<Clock, 'monotonic'>) {
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
  return { grades, grade };
}

/** How a platform's requests prove themselves, by its configuration. */
export function trustOf(config: unknown): Trust {
  if (isUnsigned(config)) return 'open';
  return z.object({ secrets: z.array(z.string()).min(1) }).safeParse(config).success ? 'signed' : 'secret';
}

/** By configuration anybody may deliver there. */
const isUnsigned = (config: unknown): boolean => unsignedSchema.safeParse(config).success;

/** @throws when a platform's route takes what nobody signed */
export async function refusesForgery(
  url: string,
  platforms: ReadonlyMap<string, Pick<ConfiguredPlatform, 'config'>>,
): Promise<undefined> {
  for (const [name, { config }] of platforms) {
    if (isUnsigned(config)) continue;
    await expectStatus(401, send(`${url}/hooks/${name}`, { method: 'POST' }, '{"forged":true}'));
  }
  return undefined;
}
