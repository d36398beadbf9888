import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSession } from '../../src/practice/session';
import { fromPracticeSchema, type FromPractice } from '../../src/shared/contract/processes';
import { until } from '../support/poll';
import { SECRETS } from './support/floor';
import { openReceiver } from './support/receiver';

let folder = '';
let cli = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'practice-'));
  // Inside the checkout, so that the program finds its npm packages as the real one does.
  const outDir = path.resolve('node_modules/.cache', path.basename(folder));
  await build({ configFile: 'vite.practice.config.ts', logLevel: 'warn', build: { outDir } });
  cli = path.join(outDir, 'cli.js');
});
afterAll(async () => {
  await rm(path.dirname(cli), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, said, exited };
}

test('the program says when it is ready in one line, plays, logs no person, and leaves with 0 on SIGTERM', async () => {
  const receiver = await openReceiver();
  onTestFinished(async () => {
    await receiver.close();
  });
  const file = path.join(folder, 'floor.json');
  await writeFile(file, JSON.stringify({ platforms: SECRETS, seed: 1, script: 'floor' }));
  const { child, said, exited } = run(
    '--config',
    file,
    '--relay',
    receiver.url,
    '--time-scale',
    '0.001',
    '--port',
    '0',
  );
  await until('the ready line', () => said.out.endsWith('\n'));
  const ready = JSON.parse(said.out) as { ready: boolean; url: string };
  expect(ready).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown });
  await until('a few callers', () => receiver.received.length > 5);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(said.out.trim().split('\n')).toHaveLength(1);
  expect(said.err).not.toMatch(/\+\d{8}|vinfer-signing-secret|vinfer-key|Customer/);
});

test('the program takes its configuration from standard input, and says what is wrong with it', async () => {
  const { child, said, exited } = run('--config', '-');
  child.stdin.end(JSON.stringify({ platforms: { vinfer: { secret: 'hush' } } }));
  expect(await exited).toBe(1);
  expect(said.err).toContain('platforms.vinfer.api_key');
  expect(said.err).not.toContain('hush');
  expect(await run().exited).toBe(2);
});

test('commanded by messages it starts, waits for the relay, escalates, reports every webhook and stops', async () => {
  const receiver = await openReceiver();
  onTestFinished(async () => {
    await receiver.close();
  });
  const posted: FromPractice[] = [];
  let stopped = false;
  const session = createSession({
    post: (message) => posted.push(fromPracticeSchema.parse(message)),
    fetch: globalThis.fetch,
    log: { info: () => undefined, error: () => undefined },
    onStopped: () => {
      stopped = true;
    },
  });
  await session({ type: 'escalate' });
  expect(posted).toMatchObject([{ type: 'failed' }]);
  await session({ type: 'start', config: { platforms: SECRETS, script: 'silent' } });
  expect(posted[1]).toMatchObject({ type: 'ready', url: expect.stringMatching(/^http/) as unknown });
  await session({ type: 'escalate' });
  await session({ type: 'relay', url: receiver.url });
  const sent = await until('the report', () => posted.find((message) => message.type === 'sent'));
  expect(sent).toMatchObject({
    platform: 'vinfer',
    status: 200,
    call: expect.stringMatching(/^vinfer:call_/) as unknown,
  });
  expect(receiver.json(0).event_id).toBe(sent.event);
  await session({ type: 'stop' });
  expect(stopped).toBe(true);
});
