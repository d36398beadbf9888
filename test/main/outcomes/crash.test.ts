import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEntries, builtWorker, temporaryFolder } from '../journal/built';
import { startRelayStub, type RelayStub } from './relay-stub';

/** Desks side by side and how often each is killed: 50 kill points in all. */
const DESKS = 5;
const KILLS = 10;
/** A desk is killed after it said this many words at most: about two calls. */
const WORDS = 28;
/** And up to this much later, ms. */
const THEN_WITHIN_MS = 4;
/** Typed every 3 ms here, so on a busy machine several fall into one commit; at a person's pace it is one at most. */
const KEYSTROKES_AT_RISK = 6;

let child: string;
let worker: string;
let relay: RelayStub;

beforeAll(async () => {
  child = path.join(await buildEntries({ 'crash-child': 'test/main/outcomes/crash-child.ts' }), 'crash-child.js');
  worker = fileURLToPath(await builtWorker());
  relay = await startRelayStub();
  // A bad line on top: every fifth answer is lost, half of those after the effect.
  let count = 0;
  relay.mishap = () => {
    count += 1;
    if (count % 5 !== 0) return undefined;
    return count % 10 === 0 ? 'cut_after' : 'cut_before';
  };
});
afterAll(async () => {
  await relay.close();
});

interface Life {
  saved: Set<string>;
  /** Highest keystroke typed, and the highest that was answered, by call. */
  typed: Map<string, number>;
  kept: Map<string, number>;
  /** What each life found, with what had been typed and answered before it. */
  restored: { call: string; rev: number; length: number; trail: number; typed: number; kept: number }[];
}

function watch(desk: ChildProcess, life: Life, on: Partial<Record<string, (value: string) => void>>): void {
  createInterface({ input: desk.stdout! }).on('line', (line) => {
    const [word = '', call = '', a = '0', b = '0', c = '0'] = line.split(' ');
    if (word === 'saved') life.saved.add(call);
    if (word === 'typed') life.typed.set(call, Number(a));
    if (word === 'kept') life.kept.set(call, Math.max(life.kept.get(call) ?? 0, Number(a)));
    if (word === 'restored') {
      const before = { typed: life.typed.get(call) ?? 0, kept: life.kept.get(call) ?? 0 };
      life.restored.push({ call, rev: Number(a), length: Number(b), trail: Number(c), ...before });
    }
    on[word]?.(call);
    on.any?.(word);
  });
}

function start(file: string, first: number, last: number): ChildProcess {
  const args = [child, worker, file, relay.relay, String(first), String(last)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** One desk, killed again and again; returns what it said in its lives. */
async function killedDesk(index: number, chance: () => number): Promise<Life> {
  const file = path.join(temporaryFolder(), 'journal.db');
  const life: Life = { saved: new Set(), typed: new Map(), kept: new Map(), restored: [] };
  const base = index * 1_000;
  const next = () => base + life.saved.size;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const desk = start(file, next(), base + 1_000);
    let words = 2 + Math.floor(chance() * WORDS);
    watch(desk, life, {
      any: () => {
        words -= 1;
        if (words === 0) setTimeout(() => desk.kill('SIGKILL'), chance() * THEN_WITHIN_MS);
      },
    });
    await once(desk, 'close');
  }
  const desk = start(file, next(), next() + 1);
  await new Promise<void>((resolve, reject) => {
    watch(desk, life, { drained: () => resolve() });
    desk.once('exit', () => reject(new Error('the last desk ended early')));
  });
  desk.kill('SIGKILL');
  await once(desk, 'close');
  return life;
}

/** Keystrokes of drafts that were typed and not found again. What was answered is found, and nothing is torn. */
function lostOf({ restored }: Life): number[] {
  const drafts = restored.filter(({ trail }) => trail === 0);
  for (const { rev, length, kept } of drafts) {
    expect(length).toBe(rev);
    expect(rev).toBeGreaterThanOrEqual(kept);
  }
  return drafts.map(({ typed, rev }) => typed - rev);
}

test('killed at 50 moments of wrap-up: every draft is restored, every outcome is in effect exactly once', async () => {
  let seed = 42;
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const lives = await Promise.all(Array.from({ length: DESKS }, (_, index) => killedDesk(index, chance)));
  const calls = lives.flatMap(({ saved }) => [...saved]);
  const lost = lives.flatMap(lostOf);
  expect(Math.max(...lost)).toBeLessThanOrEqual(KEYSTROKES_AT_RISK);
  expect(calls.length).toBeGreaterThan(DESKS * 2);
  const effects = relay.effects.map(({ call }) => call);
  expect([...effects].sort()).toEqual([...calls].sort());
  expect(relay.effects.every(({ call, body }) => body.notes === call)).toBe(true);
}, 180_000);
