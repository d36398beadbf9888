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
import { addLeads, INDIA, LONDON, makeList, newLead } from '../../support/relay/leads';

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
      ...{ platform: 'vinfer', confirmed: false, role: 'agent', trigger: 'click', receipt: '{}', limit: 3, revision },
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

test('leads of an import take no more statements for being in many places and segments', () => {
  const { writes, reads } = worksOn(new Log(sqliteDialect, { relay: 'test', queues: [] }));
  const store = (more: (n: number) => { place?: string; segment?: string }): number => {
    const made = asked(writes.createLeadImport(NOW, '{}')).value;
    asked(writes.saveLeadImport(made, 'uploading', 'checked', '{}', NOW));
    asked(writes.beginLeadImport(made, { list: 1 }, '{}', NOW));
    asked(writes.takeLeadImport(made, 'importing'));
    const leads = Array.from({ length: 64 }, (_, n) =>
      newLead({ phone: `+91987${made}${String(n).padStart(6, '0')}`, ...more(n) }, n + 1),
    );
    const stored = asked(writes.storeLeads(made, 0, { upTo: 64, leads, bad: [] }, NOW));
    expect(stored.value).toEqual({ inList: [] });
    const published = asked(writes.publishLeads(made, 1, 1_000, { agent: 'a', import: made, seller: 'Acme' }));
    expect(published.value).toBe(64);
    asked(writes.saveLeadImport(made, 'importing', 'done', '{}', NOW));
    return stored.statements + published.statements;
  };
  const plain = store(() => ({}));
  const many = store((n) => ({ place: n % 2 === 0 ? INDIA : LONDON, segment: `segment ${n}` }));
  expect(asked(reads.leadSegments(1)).value).toHaveLength(64);
  expect(many).toBeLessThan(plain + 20);
});

/** What the database does, in its order, to find who is next. */
function planOfNext(): string[] {
  const { writes } = worksOn(new Log(sqliteDialect, { relay: 'test', queues: [] }));
  const plans: string[] = [];
  const request = { agent: { id: 'new', name: 'New' }, lists: [1], hold: 'plan', now: NOW };
  runSync(writes.takeLead(request), (statement: Statement) => {
    if (statement.sql.includes('FROM lead_lanes') && statement.sql.includes('lead_passes')) {
      const sql = `EXPLAIN QUERY PLAN ${statement.sql}`;
      const rows = database.execute({ ...statement, kind: 'all', sql }) as { detail: string }[];
      plans.push(...rows.map(({ detail }) => detail));
    }
    return database.execute(statement);
  });
  return plans;
}

test('a lane is asked whether it is paused before its first lead is looked for', () => {
  const plan = planOfNext();
  const at = (part: string) => plan.findIndex((line) => line.includes(part));
  expect(at('SEARCH lead_segments')).toBeGreaterThan(at('SEARCH lead_lanes'));
  expect(at('leads_ready')).toBeGreaterThan(at('SEARCH lead_segments'));
  expect(plan.filter((line) => line.startsWith('SCAN'))).toEqual([]);
});
