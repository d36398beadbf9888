import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RelayOutcomes } from '../../../src/main/outcomes/relay-outcomes';
import type { RelayRest } from '../../../src/main/rest/relay-rest';
import { relayDispositionSchema, type RelayDisposition } from '../../../src/shared/contract/dispositions';
import { builtWorker, temporaryFolder } from '../journal/built';
import { deskOutcomes, endedCall, type DeskOutcomes } from './desk-outcomes';

const named = (...ids: string[]) => ids.map((id) => relayDispositionSchema.parse({ id }));
const complaints: string[] = [];

function relayOutcomes(file: string, answer: () => RelayDisposition[] | undefined): RelayOutcomes {
  const ask = () => {
    const data = answer();
    return Promise.resolve(
      data === undefined ? { ok: false, reason: 'offline', done: 'no' } : { ok: true, status: 200, value: { data } },
    );
  };
  // What is asked is always the same, and so is the kind of answer.
  const rest = { ask: ask as unknown as RelayRest['ask'] };
  return new RelayOutcomes({ rest, file, failed: (what) => complaints.push(what) });
}

describe('the outcomes that the relay names', () => {
  test('hold from the next connection on, with what they ask for', async () => {
    const file = path.join(temporaryFolder(), 'relay-outcomes.json');
    const data = [
      relayDispositionSchema.parse({ id: 'visit', labels: { en: 'Wants a visit' }, callback: 'required' }),
      relayDispositionSchema.parse({ id: 'stop', dnc: 'all', final: true, needs_note: true }),
      relayDispositionSchema.parse({ id: 'pays', needs_amount: true, currency: 'TRY' }),
    ];
    const outcomes = relayOutcomes(file, () => data);
    expect(outcomes.tree).toBeNull();
    await outcomes.read();
    expect(outcomes.tree).toMatchObject([
      { code: 'visit', labels: { en: 'Wants a visit' }, callback: 'required' },
      { code: 'stop', dnc: true, final: true, needs_note: true },
      { code: 'pays', needs_amount: true, currency: 'TRY' },
    ]);
  });

  test('hold after a restart while the relay is away, until it names none', async () => {
    const file = path.join(temporaryFolder(), 'relay-outcomes.json');
    await relayOutcomes(file, () => named('visit')).read();
    const later = relayOutcomes(file, () => undefined);
    await later.read();
    expect(later.tree).toMatchObject([{ code: 'visit' }]);
    await relayOutcomes(file, () => []).read();
    expect(relayOutcomes(file, () => undefined).tree).toBeNull();
  });

  test('count as none where their file cannot be read, and that is logged', () => {
    const file = path.join(temporaryFolder(), 'relay-outcomes.json');
    writeFileSync(file, '{"data":[{"id":"Not a code"}]}');
    complaints.length = 0;
    expect(relayOutcomes(file, () => undefined).tree).toBeNull();
    expect(complaints).toEqual(['relay_outcomes.unreadable']);
  });
});

describe('a desk whose relay names the outcomes', () => {
  let desk: DeskOutcomes;
  beforeAll(async () => {
    await builtWorker();
  });
  afterEach(() => desk.close());

  test('asks for the amount that the relay wants, and saves no outcome without one', async () => {
    desk = await deskOutcomes({ settings: { currency: 'TRY' } });
    desk.relayTree = [{ code: 'pays', needs_amount: true }];
    const call = 'vinfer:call_1';
    desk.calls.set(call, endedCall(call));
    expect((await desk.outcomes.get(call)).currency).toBe('TRY');
    expect(await desk.outcomes.save(call, { path: ['pays'] })).toEqual({ ok: false, reason: 'amount_needed' });
  });

  test('offers those and no others, and tells the relay the name, whatever the platform calls it', async () => {
    desk = await deskOutcomes();
    desk.relayTree = [{ code: 'visit', platform: { vinfer: 'interested' } }];
    const call = 'vinfer:call_1';
    desk.calls.set(call, endedCall(call));
    expect((await desk.outcomes.get(call)).dispositions).toEqual(desk.relayTree);
    expect(await desk.outcomes.save(call, { path: ['interested'] })).toEqual({ ok: false, reason: 'not_in_tree' });
    expect(await desk.outcomes.save(call, { path: ['visit'] })).toMatchObject({ ok: true });
    const due = await desk.journal.ask('dueOutcomes', 'team/asha', Number.MAX_SAFE_INTEGER, 10);
    expect(due.map(({ value }) => value)).toEqual(['visit']);
  });
});
