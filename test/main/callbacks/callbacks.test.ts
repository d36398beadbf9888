import { beforeEach, describe, expect, test } from 'vitest';
import { Callbacks } from '../../../src/main/callbacks/callbacks';
import type { CallbacksView } from '../../../src/shared/contract/callback-views';
import type { Callback } from '../../../src/shared/contract/callbacks';
import type { OutcomeEntry } from '../../../src/shared/contract/outcomes';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { until } from '../../support/poll';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const START = Date.parse('2026-03-02T10:00:00.000Z');
const MINUTE = 60_000;
const LIST = 'GET /v1/callbacks';
const asha = { id: 'asha', name: 'Asha Rao' };

function promise(id: string, inMinutes: number, more: Partial<Callback> = {}): Callback {
  const at = new Date(START + inMinutes * MINUTE).toISOString();
  return {
    ...{ id, at, remind_at: at, state: 'waiting', zone: 'Asia/Kolkata', wall_time: '2026-03-02T15:35', owner: asha },
    ...{ released: null, name: 'Priya Sharma', phone: '+915551230001', lead: 'lead_1', list: null, call: null },
    ...{ purpose: 'service', note: null, booked_by: asha, booked_at: at, deferred: 0, held_by: null, done: null },
    ...more,
  };
}

const listed = (...data: Callback[]) => ({
  ok: {
    ...{ data, total: data.length, limit: 100, offset: 0 },
    counts: { due_mine: 0, due_queue: 0, overdue: 0, next_at: null },
  },
});

let rest: FakeRest;
let scheduler: ManualScheduler;
let kept: { agent: string; rows: string } | null;
let unsent: OutcomeEntry[];
let view: CallbacksView;
let reminded: string[];
let quiet: string[];

function desk(me: string | undefined = 'asha'): Callbacks {
  const journal = (name: string, ...args: unknown[]): unknown => {
    if (name === 'keptCallbacks') return kept;
    if (name === 'keepCallbacks') kept = { agent: String(args[0]), rows: String(args[1]) };
    return name === 'listOutcomes' ? unsent : undefined;
  };
  return new Callbacks({
    ...{ rest, scheduler, me: () => me, local: (instant) => Date.parse(instant), phone: (raw) => ({ raw }) },
    journal: { ask: (name, ...args) => Promise.resolve(journal(name, ...args) as never) },
    customer: () => ({ name: 'Elif Kaya', phone: { raw: '+905551230000' } }),
    remind: ({ id }, times) => reminded.push(`${id} ${times}`),
    quiet: (id) => quiet.push(id),
    publish: (next) => (view = next),
    failed: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
}

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    scheduler.advance(Math.min(left, 30_000));
    await settled();
    await settled();
  }
}

beforeEach(() => {
  rest = fakeRest({ [LIST]: listed() });
  scheduler = new ManualScheduler(START);
  kept = null;
  unsent = [];
  reminded = [];
  quiet = [];
});

describe('a reminder', () => {
  test('comes at its moment, again every five minutes, and more urgently when overdue, until somebody answers', async () => {
    rest.answers.set(LIST, listed(promise('c1', 5)));
    await desk().start();
    await settled();
    await pass(4.5 * MINUTE);
    expect([reminded, view.reminders, view.rows[0]?.state]).toEqual([[], [], 'waiting']);
    await pass(MINUTE);
    expect([reminded, view.reminders, view.due]).toEqual([['c1 1'], ['c1'], 1]);
    await pass(16 * MINUTE);
    expect(reminded).toEqual(['c1 1', 'c1 2', 'c1 3', 'c1 4']);
    expect([view.overdue, view.rows[0]?.state]).toEqual([1, 'overdue']);
    expect(quiet).toEqual([]);
  });

  test('is not lost behind a long queue, nor behind many promises of one’s own', async () => {
    const queue = Array.from({ length: 150 }, (_, n) => promise(`q${n}`, -200 + n, { owner: null }));
    const mine = Array.from({ length: 130 }, (_, n) => promise(`c${n}`, 60));
    mine.push(promise('due', -1));
    rest.answers.set(LIST, (_, query) => {
      const rows = { mine, queue, both: [...queue, ...mine] }[query.get('scope') ?? ''] ?? [];
      const sorted = [...rows].sort((a, b) => b.id.localeCompare(a.id));
      if (query.get('scope') === 'mine') sorted.reverse();
      const offset = Number(query.get('offset') ?? 0);
      const { ok } = listed(...sorted.slice(offset, offset + 100));
      return { ok: { ...ok, total: rows.length, offset } };
    });
    await desk().start();
    await until('the callbacks', () => view.state === 'ready');
    expect(reminded).toEqual(['due 1']);
    expect(view.rows.filter(({ owner }) => owner === 'mine')).toHaveLength(131);
    expect(view.rows).toHaveLength(231);
    expect(view.more).toBe(true);
  });

  test('is quiet at once when it is deferred, and comes anew at that time; what was promised stays', async () => {
    rest.answers.set(LIST, listed(promise('c1', 0)));
    const callbacks = desk();
    await callbacks.start();
    await pass(1_000);
    expect(reminded).toEqual(['c1 1']);
    const later = promise('c1', 0, { remind_at: new Date(START + 15 * MINUTE).toISOString(), deferred: 1 });
    rest.answers.set('POST /v1/callbacks/c1/defer', { ok: { callback: later } });
    rest.answers.set(LIST, listed(later));
    expect(await callbacks.verb('c1', 'defer', { minutes: 15 })).toEqual({ ok: true });
    expect([quiet, view.reminders, view.rows[0]?.state]).toEqual([['c1'], [], 'waiting']);
    await pass(14 * MINUTE);
    expect(reminded).toEqual(['c1 1']);
    await pass(2 * MINUTE);
    expect(reminded).toEqual(['c1 1', 'c1 1']);
    expect(view.rows[0]).toMatchObject({ at: START, deferred: 1 });
  });

  test('that could not be deferred goes on reminding, and says why', async () => {
    rest.answers.set(LIST, listed(promise('c1', 0)));
    const callbacks = desk();
    await callbacks.start();
    await settled();
    expect(await callbacks.verb('c1', 'defer', { minutes: 15 })).toEqual({ ok: false, reason: 'offline' });
    expect(view.reminders).toEqual(['c1']);
  });

  test('is for who promised: not for the queue, not for a colleague, not while somebody reads the lead', async () => {
    const vikram = { id: 'vikram', name: 'Vikram Joshi' };
    rest.answers.set(
      LIST,
      listed(
        promise('q', 0, { owner: null }),
        promise('v', 0, { owner: vikram }),
        promise('h', 0, { held_by: vikram }),
      ),
    );
    await desk().start();
    await pass(MINUTE);
    expect(reminded).toEqual([]);
    expect(view.rows.map(({ id, owner, state }) => `${id} ${owner} ${state}`).sort()).toEqual([
      'h mine due',
      'q queue due',
      'v other due',
    ]);
  });

  test('does not wait for a relay that is away, nor for a window: a restarted desk knows its promises', async () => {
    rest.answers.set(LIST, listed(promise('c1', 5)));
    const first = desk();
    await first.start();
    await settled();
    first.stop();
    rest.answers.set(LIST, { no: 'offline' });
    scheduler.sleep(10 * MINUTE);
    // Nobody has said hello yet: whoever worked here last.
    await desk(undefined).start();
    await settled();
    expect(reminded).toEqual(['c1 1']);
    expect(view).toMatchObject({ state: 'failed', reason: 'offline', reminders: ['c1'] });
  });

  test('comes for what was agreed here and has not reached the relay', async () => {
    unsent = [
      {
        ...{ id: 'o1', call: 'vinfer:c9', decided_at: START, state: 'waiting', attempts: 1 },
        decision: {
          path: ['callback_requested'],
          callback: {
            at: new Date(START).toISOString(),
            zone: 'Europe/Istanbul',
            wall_time: '2026-03-02T13:00',
            owner: 'mine',
          },
        },
      },
    ];
    rest.answers.set(LIST, { no: 'offline' });
    await desk().start();
    await settled();
    expect(reminded).toEqual(['o1 1']);
    expect(view.rows).toMatchObject([{ id: 'o1', unsent: true, name: 'Elif Kaya', zone: 'Europe/Istanbul' }]);
  });
});

test('what is done leaves at once, and a word of the relay brings the list anew', async () => {
  rest.answers.set(LIST, listed(promise('c1', 0)));
  rest.answers.set('POST /v1/callbacks/c1/done', { ok: { callback: promise('c1', 0, { state: 'done' }) } });
  const callbacks = desk();
  await callbacks.start();
  await settled();
  rest.answers.set(LIST, listed());
  await callbacks.verb('c1', 'done', { cancelled: false });
  expect([view.rows, view.reminders, quiet]).toEqual([[], [], ['c1']]);
  rest.answers.set(LIST, listed(promise('c2', 60)));
  callbacks.refresh();
  await settled();
  await settled();
  expect(view.rows).toMatchObject([{ id: 'c2', state: 'waiting' }]);
});
