/** The built relay (`out/relay`), killed at any moment while it starts calls at a platform that knows no keys. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adminFileOf, askRelay } from '../../../src/relay/admin/channel';
import { callableNow } from './support/callable-now';
import { StubPlatform } from './support/stub-platform';

const CYCLES = 6;
/** Kill points spread over this, ms: from before the request is read to after its answer is sent. */
const SPREAD_MS = 45;
const READY_WITHIN_MS = 15_000;

const cli = path.resolve(import.meta.dirname, '../../..', process.env.HANDOVER_RELAY_OUT ?? 'out/relay', 'cli.js');

let stub: StubPlatform;
let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  stub = await StubPlatform.start();
  folder = await mkdtemp(path.join(os.tmpdir(), 'handover-killed-'));
  const api = { base: stub.base, key: 'k', agent_id: 'a', from_number: '+14155550100' };
  await writeFile(
    path.join(folder, 'relay.json'),
    JSON.stringify({
      listen: { port: 0 },
      store: { kind: 'sqlite', path: 'relay.db' },
      // No call of this stub ever ends.
      dialling: { purpose: 'service', calls_at_once: 50 },
      platforms: { voiceinfra: { secrets: ['a-webhook-secret-of-32-characters'], api } },
    }),
  );
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true, force: true });
  await stub.stop();
});

/** Starts the relay and resolves with its address. */
function up(): Promise<string> {
  const started = spawn(process.execPath, [cli, 'serve', '--config', path.join(folder, 'relay.json')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = started;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the relay is not ready')), READY_WITHIN_MS);
    started.once('exit', (code) => reject(new Error(`the relay ended with ${code ?? 'a signal'}; was it built?`)));
    started.stdout.once('data', (line: Buffer) => {
      clearTimeout(timer);
      resolve((JSON.parse(line.toString()) as { url: string }).url);
    });
  });
}

async function kill(): Promise<void> {
  const running = child;
  child = undefined;
  if (running?.exitCode !== null || running.signalCode !== null) return;
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGKILL');
  await gone;
}

it('rings each person at most once, whatever the moment of the kill, and says which it does not know', async () => {
  let url = await up();
  const added = await askRelay(adminFileOf(path.join(folder, 'relay.db')), {
    command: 'agent.add',
    id: 'asha',
    name: 'Asha',
    numbers: [],
    queues: [],
    role: 'agent',
  });
  if (added?.ok !== true) throw new Error('the agent was not added');
  const { token } = added.value as { token: string };
  const start = async (phone: string, key: string) => {
    const response = await fetch(`${url}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ phone }),
    });
    return { status: response.status, body: (await response.json()) as { code?: string } };
  };
  const numbers = callableNow(CYCLES);
  for (let n = 0; n < CYCLES; n += 1) {
    const phone = numbers[n] ?? '';
    const before = stub.rung.length;
    const first = start(phone, `key-${n}`).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, (SPREAD_MS * n) / CYCLES));
    await kill();
    await first;
    url = await up();
    const again = await start(phone, `key-${n}`);
    const rung = stub.rung.slice(before);
    expect(rung.filter((one) => one === phone).length, `kill ${n}`).toBeLessThanOrEqual(1);
    if (again.status === 201) expect(rung).toEqual([phone]);
    else expect(again).toMatchObject({ status: 409, body: { code: 'unclear' } });
  }
}, 60_000);
