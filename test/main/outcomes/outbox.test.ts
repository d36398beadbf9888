import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Journal } from '../../../src/main/journal/journal';
import type { DueOutcome } from '../../../src/main/journal/tables/outcomes';
import { OUTBOX_LIMITS } from '../../../src/main/outcomes/after-attempt';
import { Outbox } from '../../../src/main/outcomes/outbox';
import type { Verdict } from '../../../src/main/outcomes/verdict';
import { until } from '../../support/poll';
import { testJournal } from '../journal/built';
import { VirtualTime } from './virtual-time';

let journal: Journal;
let run = 0;

beforeAll(async () => {
  journal = await testJournal({ path: 'unused', key: undefined });
});
afterAll(async () => {
  await journal.close();
});

/** What happens to one attempt. `lost`: the relay has it, the answer never came. */
type Fate = 'ok' | 'lost' | 'line_down' | 'line_busy' | 'failed' | 'sign_in';

const VERDICTS: Record<Fate, Verdict> = {
  ok: { kind: 'accepted', platform: 'written' },
  lost: { kind: 'line_down' },
  line_down: { kind: 'line_down' },
  line_busy: { kind: 'line_busy', retryAfterMs: 500 },
  failed: { kind: 'failed', code: 'relay_failed' },
  sign_in: { kind: 'sign_in' },
};

/** A relay by the book: one effect per key, poison refused for good, everything else as fate has it. */
class ModelRelay {
  readonly effects: { key: string; call: string; n: number }[] = [];
  overlap = false;
  token = 't0';

  constructor(
    private readonly fates: Fate[],
    private readonly poison: ReadonlySet<string>,
    private readonly time: VirtualTime,
  ) {}

  /** @param underWay calls of which this desk has a request under way; those of a killed desk still arrive */
  send = async (outcome: DueOutcome, token: string, underWay: Set<string>): Promise<Verdict> => {
    if (underWay.has(outcome.call)) this.overlap = true;
    underWay.add(outcome.call);
    await new Promise<void>((resolve) => this.time.after(5, resolve));
    underWay.delete(outcome.call);
    if (this.poison.has(outcome.id)) return { kind: 'refused', code: 'invalid' };
    if (token !== this.token) return VERDICTS.sign_in;
    const fate = this.fates.pop() ?? 'ok';
    if (fate === 'sign_in') this.token = `${this.token}+`;
    if ((fate === 'ok' || fate === 'lost') && !this.effects.some(({ key }) => key === outcome.key)) {
      this.effects.push({ key: outcome.key, call: outcome.call, n: Number(outcome.decision.notes) });
    }
    return VERDICTS[fate];
  };
}

const plan = fc.record({
  /** Call of each decision, in the order of deciding, and whether the relay will never take it. */
  decisions: fc.array(fc.record({ call: fc.nat(3), poison: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  }),
  fates: fc.array(fc.constantFrom<Fate>('ok', 'lost', 'line_down', 'line_busy', 'failed', 'sign_in'), {
    maxLength: 25,
  }),
  /** Steps of time after which the desk is killed and started again. */
  kills: fc.array(fc.nat(30), { maxLength: 4 }),
});

test('whatever fails and whenever the desk is killed: once in effect, in order per call, poison blocks nobody', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ decisions, fates, kills }) => {
      run += 1;
      const time = new VirtualTime();
      const made = decisions.map(({ call, poison }, n) => ({
        id: `${run}-${n}`,
        call: `vinfer:${run}-${call}`,
        poison,
        n,
      }));
      const poison = new Set(made.flatMap(({ id, poison: bad }) => (bad ? [id] : [])));
      const relay = new ModelRelay([...fates], poison, time);
      for (const { id, call, n } of made) {
        const decision = { path: ['interested'], notes: String(n) };
        await journal.ask('saveOutcome', { id, call, decision, value: 'interested', decided_at: n });
      }

      const start = () => {
        let dead = false;
        const underWay = new Set<string>();
        const outbox = new Outbox({
          // A killed desk writes nothing more.
          journal: { ask: (...request) => (dead ? new Promise(() => undefined) : journal.ask(...request)) },
          scheduler: time,
          random: () => 0.5,
          link: () => ({ relay: 'ws://relay', token: relay.token }),
          owner: () => 'team/asha',
          send: (outcome, { token }) => relay.send(outcome, token, underWay),
          changed: () => undefined,
          failed: (what, cause) => {
            throw new Error(what, { cause });
          },
        });
        outbox.kick();
        return {
          outbox,
          kill: () => {
            dead = true;
            outbox.stop();
          },
        };
      };

      let desk = start();
      const killAt = new Set(kills);
      const settled = async () => (await journal.ask('outcomeCounts')).waiting === 0;
      for (let step = 0; !(await settled()); step += 1) {
        if (step > 5_000) throw new Error('never settles');
        if (killAt.has(step)) {
          desk.kill();
          desk = start();
        }
        await time.next();
        // The agent signs in again as soon as the desk asks for it.
        if (step % 10 === 9) await desk.outbox.wake();
      }
      desk.kill();

      const expected = made.filter(({ poison: bad }) => !bad);
      expect(relay.overlap).toBe(false);
      expect(relay.effects).toHaveLength(expected.length);
      for (const call of new Set(expected.map((outcome) => outcome.call))) {
        const order = relay.effects.filter((effect) => effect.call === call).map(({ n }) => n);
        expect(order).toEqual(expected.filter((outcome) => outcome.call === call).map(({ n }) => n));
      }
      const refused = made.length - expected.length;
      const trail = await Promise.all(made.map(({ call }) => journal.ask('outcomesOf', call)));
      const states = new Map(trail.flat().map(({ id, state }) => [id, state]));
      expect([...states.values()].filter((state) => state === 'refused')).toHaveLength(refused);
    }),
    { numRuns: 40 },
  );
});

test('a relay that is down is asked by one request at a time, then a backlog drains eight abreast', async () => {
  const time = new VirtualTime();
  let down = true;
  let abreast = 0;
  /** Time until the line is tried again, as known when an attempt had failed. */
  const told: number[] = [];
  const most = { down: 0, up: 0 };
  const outbox = new Outbox({
    journal,
    scheduler: time,
    random: () => 0.5,
    link: () => ({ relay: 'ws://relay', token: 't' }),
    owner: () => 'team/asha',
    send: async () => {
      abreast += 1;
      const phase = down ? 'down' : 'up';
      most[phase] = Math.max(most[phase], abreast);
      await new Promise<void>((resolve) => time.after(5, resolve));
      abreast -= 1;
      return down ? VERDICTS.line_down : VERDICTS.ok;
    },
    changed: (_call, settled) => {
      if (settled !== undefined && down) told.push((outbox.lineTryAt ?? 0) - time.now());
    },
    failed: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
  for (let n = 0; n < 60; n += 1) {
    const [id, call] = [`b-${n}`, `vinfer:b-${n}`];
    await journal.ask('saveOutcome', {
      id,
      call,
      decision: { path: ['interested'] },
      value: 'interested',
      decided_at: n,
    });
  }
  outbox.kick();
  for (let step = 0; step < 12; step += 1) await time.next();
  expect(most.down).toBe(OUTBOX_LIMITS.parallel);
  most.down = 0;
  for (let step = 0; step < 12; step += 1) await time.next();
  expect(most.down).toBe(1);
  expect(Math.min(...told)).toBeGreaterThan(0);
  down = false;
  await outbox.wake();
  await until('the backlog is gone', async () => {
    await time.next();
    return (await journal.ask('outcomeCounts')).waiting === 0;
  });
  expect(most.up).toBe(OUTBOX_LIMITS.parallel);
  outbox.stop();
});

test('what is pending at its platform is asked after until the platform has answered, under the same key', async () => {
  const time = new VirtualTime();
  const keys: string[] = [];
  const told: unknown[] = [];
  const outbox = new Outbox({
    journal,
    scheduler: time,
    random: () => 0.5,
    link: () => ({ relay: 'ws://relay', token: 't' }),
    owner: () => 'team/asha',
    send: ({ key }) => {
      keys.push(key);
      return Promise.resolve({ kind: 'accepted', platform: keys.length < 3 ? 'pending' : 'written' });
    },
    changed: (_call, settled) => void told.push(settled),
    failed: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
  const call = 'vinfer:pending';
  const decided_at = time.now();
  await journal.ask('saveOutcome', {
    id: 'p',
    call,
    decision: { path: ['interested'] },
    value: 'interested',
    decided_at,
  });
  outbox.kick();
  const state = async () => (await journal.ask('outcomesOf', call))[0];
  await until('kept by the relay', async () => (await state())?.state === 'kept_by_relay');
  await until('sent', async () => {
    await time.next();
    return (await state())?.state === 'sent';
  });
  expect(keys).toEqual(['p', 'p', 'p']);
  expect(told.filter((settled) => settled !== undefined)).toHaveLength(1);
  outbox.stop();
});
