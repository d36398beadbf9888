import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReadiness, healthRoutes, type Readiness } from '../../../src/relay/ops/health';
import { until } from '../../support/poll';
import { createMetrics } from '../../../src/relay/ops/metrics';
import { StoreError, type AppendResult } from '../../../src/relay/store/port';

let app: FastifyInstance;
let checks: { end: (error?: Error) => void }[];
let now: number;
let answersAtOnce: boolean;
let readiness: Readiness;
let appended: Promise<AppendResult>;
beforeEach(() => {
  [checks, now, answersAtOnce] = [[], 0, false];
  app = fastify();
  const check = () =>
    new Promise<void>((resolve, reject) => {
      checks.push({ end: (error) => (error === undefined ? resolve() : reject(error)) });
      if (answersAtOnce) resolve();
    });
  readiness = createReadiness({ check, append: () => appended }, { monotonic: () => now });
  healthRoutes(app, {
    store: { position: () => ({ epoch: 'e', head: 0, floor: 0 }) },
    readiness,
    metrics: createMetrics(),
    desks: () => 0,
    draining: () => false,
  });
});
afterEach(() => app.close());

const ready = () => app.inject({ method: 'GET', url: '/readyz' });

describe('whether the relay is ready', () => {
  test('is found out once for all who ask at a time, and asked again after a second', async () => {
    answersAtOnce = true;
    const answers = await Promise.all(Array.from({ length: 200 }, ready));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(checks).toHaveLength(1);
    now = 999;
    await ready();
    expect(checks).toHaveLength(1);
    now = 1_000;
    await ready();
    expect(checks).toHaveLength(2);
  });

  test('is not asked again while the store has not answered, however long that takes', async () => {
    const waiting = [ready()];
    expect((await waiting[0]!).json()).toMatchObject({ reason: 'the store does not answer' });
    now = 60_000;
    const late = ready();
    checks[0]?.end(new StoreError('full', 'disk full'));
    expect((await late).json()).toMatchObject({ reason: 'the store refuses writes (full)' });
    expect(checks).toHaveLength(1);
  });

  test('is asked again at once when a webhook shows that the answer does not hold any more', async () => {
    answersAtOnce = true;
    expect((await ready()).statusCode).toBe(200);
    appended = Promise.resolve({ offsets: [1] });
    await readiness.append([]);
    await ready();
    expect(checks).toHaveLength(1);
    appended = Promise.reject(new StoreError('full', 'disk full'));
    await expect(readiness.append([])).rejects.toThrow('disk full');
    answersAtOnce = false;
    const full = ready();
    await until('the second check', () => checks.length === 2);
    checks[1]?.end(new StoreError('full', 'disk full'));
    expect((await full).statusCode).toBe(503);
    expect((await ready()).statusCode).toBe(503);
    expect(checks).toHaveLength(2);
    appended = Promise.resolve({ offsets: [2] });
    await readiness.append([]);
    answersAtOnce = true;
    expect((await ready()).statusCode).toBe(200);
  });
});
