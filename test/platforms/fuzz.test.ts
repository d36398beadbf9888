/**
 * Mutated bodies: none accepted, none crashes. 100,000 by default; `FUZZ_BODIES=5000000 npx vitest run
 * test/platforms/fuzz.test.ts` for a long run, `FUZZ_SEED` to repeat one.
 */
import { expect, test } from 'vitest';
import { handoverEventSchema } from '../../src/shared/contract/events';
import { platforms } from '../../src/platforms/registry';
import { authentic, configOf } from './support/configs';
import { fixturesOf } from './support/fixtures';

const BODIES = Number(process.env.FUZZ_BODIES ?? 100_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_240_115);
/** Every so many events the full contract is checked, too: the decoders check their own data each time. */
const CHECK_EVERY = 10;

/** mulberry32. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TOKENS = [
  'null',
  '[]',
  '{}',
  '""',
  '-1',
  '1e999',
  'true',
  ',',
  ':',
  '"',
  '{',
  '}',
  '[',
  ']',
  '\\u0000',
  '\\ud800',
  '"__proto__":',
];

function mutated(body: Buffer, random: (below: number) => number): Buffer {
  const at = random(body.length);
  const to = Math.min(body.length, at + 1 + random(20));
  const before = body.subarray(0, at);
  switch (random(6)) {
    case 0:
      return Buffer.concat([before, Buffer.from([body[at]! ^ (1 << random(8))]), body.subarray(at + 1)]);
    case 1:
      return Buffer.concat([before, body.subarray(to)]);
    case 2:
      return Buffer.concat([body.subarray(0, to), body.subarray(at)]);
    case 3:
      return Buffer.concat([before, Buffer.from(TOKENS[random(TOKENS.length)]!), body.subarray(to)]);
    case 4:
      return before;
    default:
      return Buffer.concat([before, Buffer.from([random(256), random(256)]), body.subarray(at)]);
  }
}

function accepted(name: string, original: Buffer, changed: Buffer): boolean {
  const request = authentic(name, original);
  // Where the body is not signed, the same mutation hits the secret instead.
  const secret = request.pathSecret ?? request.headers['x-handover-key'];
  const spoilt =
    typeof secret === 'string' ? mutated(Buffer.from(secret), randomOf(changed.length)).toString('latin1') : '';
  if (spoilt !== '' && spoilt === secret) return false;
  const forged =
    name === 'infer'
      ? { ...request, pathSecret: spoilt }
      : name === 'salpre'
        ? { ...request, headers: { 'x-handover-key': spoilt } }
        : { ...request, rawBody: changed };
  return platforms.get(name)!.webhook.authenticate(forged, configs.get(name)).ok;
}

const configs = new Map([...platforms.keys()].map((name) => [name, configOf(name)]));

test(
  `${BODIES.toLocaleString('en')} mutated bodies: none is accepted, none crashes a decoder`,
  () => {
    const random = randomOf(SEED);
    const subjects = [...platforms].flatMap(([name, { webhook }]) =>
      fixturesOf(name).map(({ bytes }) => ({ name, webhook, bytes })),
    );
    let understood = 0;
    for (let n = 0; n < BODIES; n += 1) {
      const { name, webhook, bytes } = subjects[n % subjects.length]!;
      let changed = bytes;
      for (let times = 1 + random(3); times > 0 && changed.length > 0; times -= 1) changed = mutated(changed, random);
      if (changed.equals(bytes)) continue;
      if (accepted(name, bytes, changed)) throw new Error(`accepted: ${changed.toString('base64')}`);
      const events = webhook.decode(changed);
      if (events.length === 0) throw new Error(`nothing from ${changed.toString('base64')}`);
      if (events[0]?.type !== 'platform.unknown') understood += 1;
      if (n % CHECK_EVERY > 0) continue;
      const envelope = { specversion: '1.0', id: '1', source: '/x', time: '2026-01-01T00:00:00.000Z', late: false };
      const more = { receivedtime: '2026-01-01T00:00:00.000Z', trust: 'signed' };
      for (const event of events)
        if (!handoverEventSchema.safeParse({ ...envelope, ...more, ...event }).success)
          throw new Error(`unsound: ${changed.toString('base64')}`);
    }
    // Were the mutations all garbage, the decoders behind the parser would not have been tried.
    expect(understood / BODIES).toBeGreaterThan(0.05);
  },
  Math.max(20_000, BODIES),
);
