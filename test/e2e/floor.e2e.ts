/** A floor: agents' desks at two relays over one PostgreSQL, and a supervisor who watches from the second. */
import { expect, test } from '@playwright/test';
import { DeskApp } from '../support/desk-app';
import { escalation } from '../support/escalation';
import { until } from '../support/poll';
import { PostgresServer } from '../support/postgres/server';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';

/** A database, two relays and three desks, on a busy machine. */
const STARTS_WITHIN_MS = 180_000;
const MOVES_WITHIN_MS = 3_000;
/** The floor page asks every 2 s. */
const FLOOR_SHOWS_WITHIN_MS = 6_000;

let server: PostgresServer;
let first: RelayProcess;
let second: RelayProcess;
let asha: DeskApp;
let ravi: DeskApp;
let mina: DeskApp;

/** A desk that knows both relays and begins with this one. */
function join(relay: RelayProcess, token: string): Promise<DeskApp> {
  const relays = [relay, relay === first ? second : first].map(({ url }) => url.replace('http', 'ws'));
  return DeskApp.join(relay, token, { team: { relays }, notifications: { enabled: false } });
}

async function desksAt(relay: RelayProcess): Promise<number> {
  const text = await (await fetch(`${relay.url}/metrics`)).text();
  return Number(/^handover_desks (\d+)$/m.exec(text)?.[1]);
}

test.beforeAll(async () => {
  test.setTimeout(STARTS_WITHIN_MS);
  server = await PostgresServer.start();
  const store = { kind: 'postgres', url: await server.database() };
  const shared = { store, deliveries: { key: 'e2e-deliveries-key-0123456789' } };
  [first, second] = await Promise.all([RelayProcess.start(shared), RelayProcess.start(shared)]);
  const tokens = await Promise.all([
    first.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] }),
    first.addAgent('ravi', { name: 'Ravi Iyer', numbers: [AGENT_NUMBER] }),
    first.addAgent('mina', { name: 'Mina Shah', role: 'supervisor' }),
  ]);
  [asha, ravi, mina] = await Promise.all([join(first, tokens[0]), join(second, tokens[1]), join(second, tokens[2])]);
});

test.afterAll(async () => {
  await Promise.all([asha.close(), ravi.close(), mina.close()]);
  await Promise.all([first.stop(), second.stop()]);
  await server.stop();
});

test('two agents at two relays race for one call: one has it, the other is told who, and a supervisor sees it live', async () => {
  expect([await desksAt(first), await desksAt(second)]).toEqual([1, 2]);
  await mina.workspace.getByTestId('nav-floor').click();
  const doing = (agent: string) => mina.workspace.getByTestId(`floor-agent-${agent}`);
  const shown = { timeout: FLOOR_SHOWS_WITHIN_MS };
  for (const agent of ['asha', 'ravi']) await expect(doing(agent)).toHaveAttribute('data-doing', 'available', shown);

  const { body, call } = escalation({ id: 'race' });
  expect(await first.post(body)).toBe(200);
  await Promise.all([asha.painted(call), ravi.painted(call)]);
  await expect(mina.workspace.getByTestId(`floor-call-${call}`)).toBeVisible(shown);

  // The pop of whoever is slower may be gone before the press.
  const press = (desk: DeskApp) => desk.pop.getByTestId('pop-claim').click({ timeout: MOVES_WITHIN_MS });
  await Promise.allSettled([press(asha), press(ravi)]);
  const row = (desk: DeskApp) => desk.workspace.getByTestId(`call-row-${call}`);
  const claimAt = (desk: DeskApp) => row(desk).getAttribute('data-claim');
  const claims = await until('the race to be decided at both desks', async () => {
    const [one, other] = [await claimAt(asha), await claimAt(ravi)];
    return one !== 'open' && other !== 'open' && [one, other];
  });
  expect([...claims].sort()).toEqual(['mine', 'other']);
  const [winner, loser, name] = claims[0] === 'mine' ? ['asha', ravi, 'Asha Rao'] : ['ravi', asha, 'Ravi Iyer'];
  await expect(row(loser)).toContainText(name);
  await until('the pop to leave the other desk', async () => !(await loser.popVisible()));

  await expect(doing(winner)).toHaveAttribute('data-doing', 'call', shown);
  await expect(doing(winner === 'asha' ? 'ravi' : 'asha')).toHaveAttribute('data-doing', 'available');
  await expect(mina.workspace.getByTestId(`floor-call-${call}`)).toBeHidden();
});

test('a relay is killed: its desk is at the other within three seconds and has every call, each once', async () => {
  const ids = Array.from({ length: 6 }, (_, n) => `moved${n}`);
  const calls: string[] = [];
  const post = async (id: string) => {
    const { body, call } = escalation({ id });
    expect(await second.post(body)).toBe(200);
    calls.push(call);
  };
  for (const id of ids.slice(0, 2)) await post(id);
  await first.kill();
  const killed = Date.now();
  // Nobody is there to show these to Asha yet.
  for (const id of ids.slice(2)) await post(id);
  await until('all desks to be at the other relay', async () => (await desksAt(second)) === 3, MOVES_WITHIN_MS);
  expect(Date.now() - killed).toBeLessThan(MOVES_WITHIN_MS);
  await asha.live();
  const known = async () => (await asha.rows()).map(({ call }) => call);
  await until('every call at the desk that moved', async () => {
    const rows = await known();
    return calls.every((call) => rows.includes(call));
  });
  const events = asha.trace().filter(({ mark, call }) => mark === 'event.received' && calls.includes(call));
  expect(events.map(({ call }) => call).sort()).toEqual([...calls].sort());
});
