/** Whether the desk grows over a shift: memory before and after many pops and many turns of live conversations. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';
import { pssByProcess } from './processes';

const POPS = Number(process.env.HANDOVER_BENCH_GROWTH_POPS ?? 1_000);
const TURNS = Number(process.env.HANDOVER_BENCH_GROWTH_TURNS ?? 50_000);
/** Before the first look: caches and pools have filled, as after the first minutes of a shift. */
const WARM_POPS = 50;
const TURNS_PER_CALL = 500;
const POSTS_AT_ONCE = 16;
const REST_MS = 10_000;
const PATH_SECRET = 'bench-path-secret-0123456789';
const REPORT = path.resolve(import.meta.dirname, '../../../out/bench/desk-growth.json');

const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));

/** What was thrown away counts only once it is collected, which an idle program puts off. */
async function collectGarbage({ workspace, pop, inMain }: DeskApp): Promise<void> {
  for (const page of [workspace, pop]) {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
  }
  await inMain(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    (process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void)();
  });
}

interface Floor {
  relay: RelayProcess;
  desk: DeskApp;
}

/** One call from its pop to its end: the way most calls go. */
async function callOnce({ relay, desk }: Floor, id: string): Promise<void> {
  const { body, call } = escalation({ id });
  await relay.post(body);
  await desk.painted(call);
  await relay.post(completion(call));
  await until('the pop to leave', async () => !(await desk.popVisible()));
}

async function turn({ url }: RelayProcess, call: string, n: number): Promise<void> {
  const at = Date.now();
  const response = await fetch(`${url}/hooks/infer/${PATH_SECRET}`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'conversation-update',
      call_id: call,
      timestamp: new Date(at).toISOString(),
      metadata: {
        role: n % 2 === 0 ? 'agent' : 'user',
        message: `I paid the instalment number ${n} at the branch and nobody has booked it.`,
        time: at,
        secondsFromStart: n,
      },
    }),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`a turn was answered ${response.status}`);
}

/** A conversation turn by turn to the agent's number, and its end. */
async function conversation({ relay }: Floor, call: string): Promise<void> {
  const transfer = {
    type: 'transfer-call',
    call_id: call,
    timestamp: new Date().toISOString(),
    metadata: { transferred_to: AGENT_NUMBER },
  };
  await fetch(`${relay.url}/hooks/infer/${PATH_SECRET}`, { method: 'POST', body: JSON.stringify(transfer) });
  for (let n = 0; n < TURNS_PER_CALL; n += POSTS_AT_ONCE) {
    const batch = Array.from({ length: Math.min(POSTS_AT_ONCE, TURNS_PER_CALL - n) }, (_, m) => n + m);
    await Promise.all(batch.map((one) => turn(relay, call, one)));
  }
  const hangUp = { type: 'end-call', call_id: call, timestamp: new Date().toISOString() };
  await fetch(`${relay.url}/hooks/infer/${PATH_SECRET}`, { method: 'POST', body: JSON.stringify(hangUp) });
}

test('the desk after many pops and many turns', async () => {
  test.setTimeout(60 * 60_000);
  const load = os.loadavg()[0] ?? Number.NaN;
  const relay = await RelayProcess.start({
    platforms: { vinfer: { secrets: ['e2e-vinfer-secret-0123456789abcdef'] }, infer: { path_secret: PATH_SECRET } },
  });
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  const floor = { relay, desk: await DeskApp.join(relay, token) };
  const memory = async () => {
    await collectGarbage(floor.desk);
    await rest();
    return pssByProcess(floor.desk.app.process().pid ?? 0);
  };
  for (let n = 0; n < WARM_POPS; n += 1) await callOnce(floor, `warm${n}`);
  const warm = await memory();
  for (let n = 0; n < POPS; n += 1) await callOnce(floor, `grow${n}`);
  const popped = await memory();
  for (let n = 0; n < TURNS; n += TURNS_PER_CALL) await conversation(floor, `talk${n}`);
  await until('the last conversation', async () => {
    const rows = await floor.desk.rows();
    return rows.some(({ call }) => call === `infer:talk${TURNS - TURNS_PER_CALL}`);
  });
  const talked = await memory();
  await floor.desk.close();
  await relay.stop();

  const sum = (parts: typeof warm) => parts.reduce((all, { mib }) => all + mib, 0);
  const line = (what: string, parts: typeof warm) => {
    const grown = `${((sum(parts) / sum(warm) - 1) * 100).toFixed(1)} %`;
    const of = parts.map(({ is, mib }) => `${is} ${Math.round(mib)}`).join(', ');
    return `${what.padEnd(34)} ${sum(parts).toFixed(1).padStart(8)} MiB ${grown.padStart(9)}  (${of})`;
  };
  const table = [
    line(`after ${WARM_POPS} calls (PSS)`, warm),
    line(`after ${POPS} more`, popped),
    line(`after ${TURNS} turns more`, talked),
  ];
  process.stdout.write(`\n${table.join('\n')}\naim: under 10 %; load average ${load.toFixed(1)}\n`);
  mkdirSync(path.dirname(REPORT), { recursive: true });
  const report = { at: new Date().toISOString(), load, pops: POPS, turns: TURNS, warm, popped, talked };
  writeFileSync(REPORT, JSON.stringify(report, null, 2));
  expect(sum(talked)).toBeGreaterThan(0);
});
