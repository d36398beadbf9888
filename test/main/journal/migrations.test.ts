import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { MIGRATIONS } from '../../../src/main/journal/migrations';
import { emptyCall } from '../../../src/shared/lib/fold-call';
import { buildEntries, builtWorker, KEY, temporaryFolder, testJournal } from './built';

const FORM = { path: [], notes: 'typed before the update', callback: null, dnc: null };

/** What a desk of each released schema leaves behind, written with that schema's own SQL. */
const LEFT_BEHIND: Record<number, string> = {
  1: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'waiting');`,
  2: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'waiting');`,
  3: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'waiting');`,
  4: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'waiting');`,
  5: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, owner, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'team/asha', 'waiting');`,
  6: `INSERT INTO drafts VALUES ('vinfer:1', 4, '${JSON.stringify(FORM)}', 1);
      INSERT INTO outcomes (id, key, call, value, decision, decided_at, owner, state)
        VALUES ('o1', 'o1', 'vinfer:2', 'interested', '{"path":["interested"]}', 1, 'team/asha', 'waiting');`,
};

let program: string;

beforeAll(async () => {
  await builtWorker();
  program = path.join(await buildEntries({ 'old-desk': 'test/main/journal/old-desk.ts' }), 'old-desk.js');
});

function oldDesk(...args: string[]): { signal: NodeJS.Signals | null; said: string } {
  const [file = '', ...rest] = args;
  const { signal, stdout, stderr } = spawnSync(process.execPath, [program, file, KEY, ...rest], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return { signal, said: stdout };
}

test('every released schema has a test of its own', () => {
  expect(Object.keys(LEFT_BEHIND).map(Number)).toEqual(MIGRATIONS.map((_sql, index) => index + 1));
});

test.each(Object.keys(LEFT_BEHIND).map(Number))(
  'what schema %i left behind is all there afterwards',
  async (version) => {
    const file = path.join(temporaryFolder(), 'journal.db');
    oldDesk(file, 'leave', String(version), LEFT_BEHIND[version] ?? '');
    const journal = await testJournal({ path: file });
    expect(journal.storage).toEqual({ kept: 'disk' });
    expect(await journal.ask('draft', 'vinfer:1')).toEqual({ call: 'vinfer:1', rev: 4, form: FORM });
    expect(await journal.ask('dueOutcomes', 'team/asha', 10, 10)).toMatchObject([
      { id: 'o1', key: 'o1', call: 'vinfer:2' },
    ]);
    expect((await journal.ask('searchCalls', { text: '', filters: {}, limit: 10 })).rows).toEqual([]);
    await journal.close();
  },
);

test('a call that was kept before amounts were has none, and takes one', async () => {
  const file = path.join(temporaryFolder(), 'journal.db');
  const kept = `INSERT INTO calls (call, at, kind, digits, platform, trigger, agent_disposition, test, snapshot)
    VALUES ('vinfer:2', 1, 'answered', '', 'vinfer', 'upset', 'interested', 0, '${JSON.stringify(emptyCall('vinfer:2'))}');`;
  oldDesk(file, 'leave', '3', kept);
  const journal = await testJournal({ path: file });
  const rows = async () => (await journal.ask('searchCalls', { text: '', filters: {}, limit: 10 })).rows;
  expect(await rows()).toMatchObject([{ agent_disposition: 'interested', amount: null, currency: null }]);
  const decision = { path: ['payment_promised'], amount: { value: '1500.50', currency: 'INR' } };
  await journal.ask('saveOutcome', { id: 'o2', call: 'vinfer:2', value: 'payment_promised', decision, decided_at: 2 });
  expect(await rows()).toMatchObject([{ agent_disposition: 'payment_promised', amount: '1500.50', currency: 'INR' }]);
  await journal.close();
});

test('calls asked for and requests never to be called from before they had an owner are all there, and nobody’s', async () => {
  const file = path.join(temporaryFolder(), 'journal.db');
  const kept = `INSERT INTO dials (id, phone, body, at, state) VALUES ('d1', '+13055550142', '{}', 1, 'unclear');
    INSERT INTO never_call (id, lead, hold, phones, scope, at) VALUES ('n1', 'l1', 'h1', '["+13055550142"]', 'all', 1);
    INSERT INTO do_not_call VALUES ('13055550142', 'all', 'n1', '', 1);`;
  oldDesk(file, 'leave', '5', kept);
  const journal = await testJournal({ path: file });
  expect(await journal.ask('openDials')).toMatchObject([{ id: 'd1', owner: null }]);
  expect(await journal.ask('unsentNeverCall')).toMatchObject([{ id: 'n1', owner: null, seller: null }]);
  expect(await journal.ask('blocked', '13055550142')).toBe('all');
  await journal.close();
});

test.each(MIGRATIONS.map((_sql, index) => index + 1))(
  'a kill in the middle of migration %i leaves the version before, and the next start finishes it',
  async (version) => {
    const file = path.join(temporaryFolder(), 'journal.db');
    expect(oldDesk(file, 'kill', String(version)).signal).toBe('SIGKILL');
    expect(oldDesk(file, 'version').said).toBe(String(version - 1));
    const journal = await testJournal({ path: file });
    expect(journal.storage).toEqual({ kept: 'disk' });
    await journal.ask('putDraft', { call: 'vinfer:1', rev: 1, form: FORM }, 1);
    await journal.close();
    expect(oldDesk(file, 'version').said).toBe(String(MIGRATIONS.length));
  },
);

test('a journal of a newer desk is left untouched', async () => {
  const file = path.join(temporaryFolder(), 'journal.db');
  oldDesk(file, 'leave', String(MIGRATIONS.length), `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  const journal = await testJournal({ path: file });
  expect(journal.storage).toEqual({ kept: 'memory', why: 'newer_version' });
  await journal.close();
  expect(oldDesk(file, 'version').said).toBe(String(MIGRATIONS.length + 1));
});
