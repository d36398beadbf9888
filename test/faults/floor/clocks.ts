/** Relays whose machines' clocks are wrong by minutes and jump, while relays are killed. The clocks are libfaketime's. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { skipped, type FaultOptions, type Verdict } from '../../support/chaos/verdict';
import { floorRun } from './floor-run';
import { kill, type Trouble } from './troubles';

const NAME = 'clocks disagree';
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `/usr/lib/${arch}/faketime/libfaketime.so.1`);
/** How wrong the clocks of the three relays are at first, s. */
const SKEWS = [600, -600, 0];
const MOST_SKEW_S = 900;
const STRIKES = { short: 2, long: 20 };

export async function clocksDisagree(options: FaultOptions): Promise<Verdict> {
  const library = LIBRARIES.find((file) => existsSync(file));
  if (library === undefined) return skipped(NAME, 'libfaketime is not installed: apt-get install libfaketime');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-clocks-'));
  const clock = (relay: number) => path.join(folder, String(relay));
  const set = (relay: number, skewS: number) => writeFile(clock(relay), `${skewS < 0 ? '' : '+'}${skewS}`);
  const jumpAndKill: Trouble = async (floor, random) => {
    await set(random.between(0, floor.relays.length - 1), random.between(-MOST_SKEW_S, MOST_SKEW_S));
    await kill(floor, random);
  };
  try {
    for (const [relay, skewS] of SKEWS.entries()) await set(relay, skewS);
    const env = (relay: number) => ({
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clock(relay),
      // Timers go on as they are: a wrong clock is not a slow one.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_CACHE_DURATION: '1',
    });
    const strikes = Array.from({ length: options.long ? STRIKES.long : STRIKES.short }, () => jumpAndKill);
    return await floorRun({ name: NAME, strikes, env }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
