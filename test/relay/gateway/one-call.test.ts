/**
 * One decision, one call, at every platform and whatever goes wrong on the way. The stub counts who really rang; the desk
 * sends its request again and again, as desks do that hear nothing.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform, type Fault } from './support/stub-platform';

const PHONE = '+919876500001';
const PLATFORMS = ['vinfer', 'voiceinfra', 'infer', 'salpre'];

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const start = (key: string, body: object = {}) =>
  harness.ask('asha', 'POST', '/v1/calls', { body: { phone: PHONE, ...body }, key });

/** Goes wrong for the first requests, and never again. */
function failing(fault: Fault, times: number): void {
  let left = times;
  stub.fault = () => ((left -= 1) >= 0 ? fault : undefined);
}

const FAULTS: readonly [string, Fault][] = [
  ['does nothing and never answers', 'silent-before'],
  ['rings and never answers', 'silent-after'],
  ['cuts the connection', 'reset'],
  ['fails', { status: 500 }],
  ['is busy', { status: 503, headers: { 'retry-after': '1' } }],
  ['wants patience', { status: 429, headers: { 'retry-after': '1' } }],
  ['refuses', { status: 400, body: { message: 'no' } }],
];
const cases = PLATFORMS.flatMap((platform) => FAULTS.map(([what, fault]) => [platform, what, fault] as const));

describe('one wish for a call', () => {
  it.each(cases)('at %s that %s rings at most once, however often it is sent', async (platform, _what, fault) => {
    harness = await Harness.open(sectionsFor(stub.base, platform), { timings: { platformTimeoutMs: 150, breakMs: 1 } });
    failing(fault, 1);
    const first = await Promise.all([start('k'), start('k')]);
    for (let n = 0; n < 3; n += 1) await start('k');
    const last = await start('k');
    expect(stub.rung.length).toBeLessThanOrEqual(1);
    // The answer is the truth: who is told of a call has one, and who is told that it is unclear decides.
    if (last.status === 201) expect(stub.rung).toEqual([PHONE]);
    else expect(['unclear', 'platform_refused']).toContain(last.body.code);
    expect(first.map(({ status }) => status)).not.toContain(500);
    const started = (await harness.log()).filter(({ type }) => type === 'call.started');
    expect(started.length).toBe(last.status === 201 ? 1 : 0);
  });

  it.each(PLATFORMS)(
    'at %s rings at most once when the relay is killed with the request under way',
    async (platform) => {
      harness = await Harness.open(sectionsFor(stub.base, platform));
      failing('silent-after', 1);
      const lost = start('k');
      await until('the ring', () => stub.rung.length === 1);
      harness.kill();
      await lost;
      await harness.up();
      const answers = [await start('k'), await start('k')];
      expect(stub.rung).toHaveLength(1);
      expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['unclear']));
      // Only a person who looked makes another one.
      expect((await start('k2')).status).toBe(409);
      expect(stub.rung).toHaveLength(1);
      // For as long as an answer could come, the number is being called.
      harness.clock.offset += 61_000;
      expect((await start('k3', { confirm_unclear: true })).status).toBe(201);
    },
  );
});
