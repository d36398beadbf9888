import { expect, test } from 'vitest';
import { platforms } from '../../src/platforms/registry';
import { authentic, configOf, platformOf } from '../platforms/support/configs';
import { fixture, fixturesOf } from '../platforms/support/fixtures';
import { nastyBodies } from './platform-nasty-bodies';
import { describePlatform } from './platform-contract';

const SIGNED = new Set(['vinfer', 'voiceinfra']);

for (const name of platforms.keys()) {
  describePlatform({
    platform: platformOf(name),
    config: configOf(name),
    fixtures: fixturesOf(name),
    authentic: (rawBody) => authentic(name, rawBody),
    trust: SIGNED.has(name) ? 'signed' : 'secret',
  });
}

test('four platforms are registered, each under its own name, and nothing else is', () => {
  expect([...platforms.keys()].sort()).toEqual(['infer', 'salpre', 'vinfer', 'voiceinfra']);
  for (const [name, { traits }] of platforms) expect(traits.name).toBe(name);
  expect(platforms.get('constructor')).toBeUndefined();
});

test('every body is spoilt in at least sixty ways', () => {
  expect(nastyBodies(fixture('vinfer', 'call.escalated.json')).length).toBeGreaterThanOrEqual(60);
});
