/** What supervisors' pages ask again and again takes as many statements for a floor as for one agent. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tokenHash } from '../../../src/relay/desks/token';
import { Log } from '../../../src/relay/store/log';
import { runSync, type Statement, type Work } from '../../../src/relay/store/sql';
import { SqliteDatabase } from '../../../src/relay/store/sqlite/database';
import { sqliteDialect } from '../../../src/relay/store/sqlite/dialect';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { inlineThread } from '../../../src/relay/store/sqlite/thread';
import { worksOn } from '../../../src/relay/store/works';
import { addLeads, makeList } from '../../support/relay/leads';

const AGENTS = Array.from({ length: 12 }, (_, n) => ({ id: `agent${n}`, name: `Agent ${n}` }));
const NOW = 1_000_000;

let folder: string;
let database: SqliteDatabase;

/** A floor in which everybody holds a lead, has a call under way and a limit of their own. */
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-statements-'));
  const file = { path: path.join(folder, 'store.db'), exclusive: false, queues: [] };
  const store = await openSqliteStore(file, inlineThread);
  const list = await makeList(store);
  await addLeads(
    store,
    list,
    AGENTS.map((_, n) => ({ phone: `+9198765000${String(n).padStart(2, '0')}`, name: `Customer ${n}` })),
  );
  for (const [n, agent] of AGENTS.entries()) {
    await store.putAgent({ ...agent, numbers: [], queues: [], role: 'agent' }, tokenHash(agent.id));
    await store.leads.take({ agent, lists: [list], hold: `h${n}`, now: NOW + n });
    await store.gateway.putMark(`calls_at_once:${agent.id}`, n + 1);
    const { revision } = await store.dialling.dialFacts(agent.id, '1', 0);
    await store.gateway.beginKey({ agent: agent.id, key: 'k', fingerprint: 'f', now: NOW, expires: NOW + 1e9 });
    await store.dialling.beginAttempt({
      ...{ id: `a${n}`, agent: agent.id, key: 'k', phoneHash: agent.id, at: NOW, kind: 'ai_voice', purpose: 'service' },
      ...{ platform: 'vinfer', confirmed: false, trigger: 'click', receipt: '{}', limit: 3, revision },
      person: '{"phone":"+919876500001"}',
    });
  }
  await store.close();
  database = new SqliteDatabase(file.path, file);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a work comes to, and how many statements it took. */
function asked<T>(work: Work<T>): { value: T; statements: number } {
  let statements = 0;
  const value = runSync(work, (statement: Statement) => {
    statements += 1;
    return database.execute(statement);
  });
  return { value, statements };
}

test('who holds which lead is one statement', () => {
  const { reads } = worksOn(new Log(sqliteDialect, { relay: 'test', queues: [] }));
  const everybody = asked(reads.heldLeads(null));
  expect(everybody.statements).toBe(1);
  expect(everybody.value).toHaveLength(AGENTS.length);
  expect(everybody.value[3]).toMatchObject({ hold: { agent: AGENTS[3] }, name: 'Customer 3', phone: '+919876500003' });
  const one = asked(reads.heldLeads('agent5'));
  expect([one.statements, one.value.map(({ name }) => name)]).toEqual([1, ['Customer 5']]);
});

test('the limits of all agents are two', () => {
  const { reads } = worksOn(new Log(sqliteDialect, { relay: 'test', queues: [] }));
  const own = asked(reads.marks('calls_at_once:'));
  const calls = asked(reads.allDialsUnderWay(NOW + 1));
  expect([own.statements, own.value.length]).toEqual([1, AGENTS.length]);
  expect([calls.statements, calls.value.length]).toEqual([1, AGENTS.length]);
  expect(calls.value).toContainEqual({ agent: 'agent7', calls: 1 });
});
