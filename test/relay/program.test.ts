/** The relay as it is shipped: built, started as a process, killed, asked from the command line. */
import { execFile, fork, spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importJobSchema, type ImportJob } from '../../src/shared/contract/lead-imports';
import { fromRelaySchema, type FromRelay } from '../../src/shared/contract/processes';
import { escalation } from '../support/escalation';
import { until } from '../support/poll';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../support/postgres/server';
import { TestDesk } from '../support/relay/test-desk';

const root = path.resolve(import.meta.dirname, '../..');
// Inside the project, so that the built program finds its packages.
const out = path.join(root, 'node_modules/.cache', `relay-test-${process.pid}`);
const cli = path.join(out, 'cli.js');
const SECRET = 'program-test-secret-0123456789abcdef';
const run = promisify(execFile);

let folder: string;
let config: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.relay.config.ts', '--logLevel', 'error'],
    {
      cwd: root,
      env: { ...process.env, HANDOVER_RELAY_OUT: out },
    },
  );
}, 60_000);
afterAll(() => rm(out, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handover-program-'));
  config = path.join(folder, 'relay.json');
  await configure({});
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function configure(more: object): Promise<void> {
  const base = {
    listen: { port: 0 },
    store: { kind: 'sqlite', path: 'relay.db' },
    platforms: { vinfer: { secrets: [SECRET] } },
  };
  return writeFile(config, JSON.stringify({ ...base, ...more }));
}

async function serve(): Promise<{ child: ChildProcess; url: string; out: () => string; err: () => string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await until('the ready line', () => stdout.includes('\n') || child.exitCode !== null);
  const ready = JSON.parse(stdout === '' ? '{}' : (stdout.split('\n')[0] ?? '')) as { ready?: boolean; url?: string };
  if (ready.ready !== true || ready.url === undefined) throw new Error(`not ready: ${stderr}`);
  return { child, url: ready.url, out: () => stdout, err: () => stderr };
}

async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await run(process.execPath, [cli, ...args, '--config', config])) };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
  }
}

async function post(url: string, body: string): Promise<number> {
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const response = await fetch(`${url}/hooks/vinfer`, {
    method: 'POST',
    headers: { 'x-vinfer-signature': signature },
    body,
  });
  return response.status;
}

const exited = (child: ChildProcess) =>
  until('the exit', () => child.exitCode ?? (child.signalCode === null ? undefined : -1));
const AGENT = ['agent', 'add', 'asha', '--name', 'Asha Rao', '--number', '+918001234567'];

describe('serve', () => {
  test('prints one JSON line, logs elsewhere, and ends with 0 on SIGTERM after closing desks with 1001', async () => {
    const token = (await command(...AGENT)).stdout.trim();
    const relay = await serve();
    const desk = await TestDesk.connect(relay.url, token);
    await desk.welcome();
    relay.child.kill('SIGTERM');
    expect(await desk.waitClosed()).toMatchObject({ code: 1001 });
    expect(await exited(relay.child)).toBe(0);
    expect(relay.out().trim().split('\n')).toHaveLength(1);
    await expect(stat(path.join(folder, 'relay.db.admin'))).rejects.toThrow();
  });

  test('what it answered 200 outlives kill -9', async () => {
    const token = (await command(...AGENT)).stdout.trim();
    const first = await serve();
    expect(await post(first.url, escalation({ id: 'a' }).body)).toBe(200);
    first.child.kill('SIGKILL');
    await exited(first.child);
    const second = await serve();
    const desk = await TestDesk.connect(second.url, token);
    expect((await desk.welcome()).calls?.map(({ call }) => call)).toEqual(['vinfer:call_a']);
    expect(await post(second.url, escalation({ id: 'a' }).body)).toBe(200);
    expect(await post(second.url, escalation({ id: 'b' }).body)).toBe(200);
    await until('the new event', () => desk.events.length === 1);
    desk.drop();
  });

  test('says which key of the configuration is wrong, and refuses a database that is in use', async () => {
    await configure({ queus: [] });
    expect(await command('serve')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('queus: unknown key') as string,
    });
    await configure({});
    await serve();
    expect(await command('serve')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Another process') as string,
    });
  });

  test('logs hold nothing of what a caller said, nor a token', async () => {
    const token = (await command(...AGENT)).stdout.trim();
    const relay = await serve();
    await post(relay.url, escalation().body);
    await fetch(`${relay.url}/hooks/vinfer`, { method: 'POST', body: 'Amit Patel' });
    const desk = await TestDesk.connect(relay.url, token);
    await desk.welcome();
    desk.socket.send('Amit Patel');
    await desk.waitClosed();
    relay.child.kill('SIGTERM');
    await exited(relay.child);
    expect(relay.err()).not.toMatch(/Amit|9123456789|disputed/);
    expect(relay.err()).not.toContain(token);
  });
});

describe('agent', () => {
  test.each([
    ['with a running relay', true],
    ['with none', false],
  ])('add, list and revoke work %s', async (_what, running) => {
    const relay = running ? await serve() : undefined;
    const added = await command(...AGENT, '--queue', 'unrouted', '--role', 'supervisor');
    expect(added.stdout).toMatch(/^[\w-]{43}\n$/);
    expect((await command('agent', 'list')).stdout).toBe('asha\tAsha Rao\tsupervisor\t+918001234567\tunrouted\n');
    const desk = relay === undefined ? undefined : await TestDesk.connect(relay.url, added.stdout.trim());
    await desk?.welcome();
    expect((await command('agent', 'revoke', 'asha')).code).toBe(0);
    expect((await command('agent', 'list')).stdout).toBe('');
    if (desk !== undefined) expect(await desk.waitClosed()).toMatchObject({ code: 4001 });
    expect(await command('agent', 'revoke', 'asha')).toMatchObject({ code: 1, stderr: 'no agent asha\n' });
  });

  test('the file that leads to the running relay is for its owner only', async () => {
    await serve();
    expect((await stat(path.join(folder, 'relay.db.admin'))).mode & 0o777).toBe(0o600);
  });

  test('a command that makes no sense is explained', async () => {
    const { stderr, ...result } = await command('dance');
    expect(result).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('unknown command: dance');
    expect(await command('agent', 'add', 'x', '--queue', 'none')).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('operating', () => {
  test('check sends a test event of every platform through and grades each hop', async () => {
    await configure({
      platforms: {
        vinfer: { secrets: [SECRET] },
        voiceinfra: { secrets: [SECRET] },
        infer: { path_secret: 'a-path-secret-of-22-characters' },
        salpre: { header: { name: 'x-handover-key', value: SECRET } },
      },
    });
    expect(await command('check')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no relay runs') as string,
    });
    await serve();
    const { code, stdout } = await command('check');
    expect(stdout).not.toContain('FAIL');
    expect(code).toBe(0);
    for (const platform of ['vinfer', 'voiceinfra', 'infer', 'salpre']) {
      expect(stdout).toContain(`${platform}: event at the desk`);
    }
    expect((await command('agent', 'list')).stdout).toBe('');
  });

  test.each([
    ['with a running relay', true],
    ['with none', false],
  ])('deliveries are listed, shown and replayed, and a person forgotten, %s', async (_what, running) => {
    const relay = await serve();
    expect(await post(relay.url, escalation({ id: 'a' }).body)).toBe(200);
    if (!running) {
      relay.child.kill('SIGTERM');
      await exited(relay.child);
    }
    const listed = await command('deliveries', 'list', '--verdict', 'accepted');
    expect(listed.stdout).toMatch(/^1\t\S+\tvinfer\taccepted\t200\t.*vinfer:call_a\n$/);
    expect((await command('deliveries', 'show', '1')).stdout).toContain('Amit Patel');
    expect((await command('deliveries', 'replay', '1')).stdout).toBe('0 new, 1 known already\n');
    expect((await command('forget', '+91 91234 56789')).stdout).toBe(
      'erased 1 calls, 1 events, 1 deliveries, 0 leads, 0 callbacks, 0 import files\n',
    );
    expect(await command('deliveries', 'show', '1')).toMatchObject({ code: 1, stderr: 'no delivery 1\n' });
    expect((await command('forget', '123')).code).toBe(2);
  });
});

describe('leads', () => {
  const CSV = 'Phone,Name\n9876500001,Priya\n+919876500001,Priya again\n123,Short\n9876500002,Amit\n';
  const leads = (...more: string[]) =>
    command('leads', 'import', path.join(folder, 'march.csv'), '--list', 'March', ...more);
  const NEW = ['--purpose', 'service', '--country', 'IN'];
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const supervisor = async () => (await command('agent', 'add', 'sup', '--role', 'supervisor')).stdout.trim();
  const counts = async (url: string, token: string): Promise<unknown> =>
    (await fetch(`${url}/v1/leads/lists`, { headers: as(token) })).json();

  beforeEach(() => writeFile(path.join(folder, 'march.csv'), CSV));

  test.each([
    ['with a running relay', true],
    ['with none', false],
  ])(
    'a file is checked, every row accounted for, and imported when that is said, %s',
    async (_what, running) => {
      const token = await supervisor();
      const relay = running ? await serve() : undefined;
      const checked = await leads(...NEW);
      expect(checked).toMatchObject({ code: 0, stderr: '' });
      expect(checked.stdout).toContain('4 rows = 2 to import + 1 duplicate + 1 refused\n');
      expect(checked.stdout).toContain('row 2, line 3: an earlier row has the number: row 1\n');
      expect(checked.stdout).toContain('row 3, line 4, Phone: the number is too short\n');
      expect(checked.stdout).toMatch(/nothing was imported; say --yes/);
      const done = await leads(...NEW, '--yes');
      expect(done).toMatchObject({ code: 0, stderr: '' });
      expect(done.stdout).toMatch(/imported 2 leads into list \d+; 1 duplicate, 1 refused\n$/);
      expect((await leads('--yes')).stdout).toContain('the list has the number already');
      const { url } = relay ?? (await serve());
      expect(await counts(url, token)).toMatchObject({ total: 1, data: [{ name: 'March', counts: { total: 2 } }] });
    },
    60_000,
  );

  test('what cannot be imported is said in words', async () => {
    expect(await leads()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('purpose: this list is new') as string,
    });
    await rm(path.join(folder, 'march.csv'));
    expect(await leads(...NEW)).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') as string });
    await writeFile(path.join(folder, 'march.csv'), 'Colour,Shape\nred,round\n');
    expect(await leads(...NEW)).toMatchObject({ code: 1, stderr: expect.stringContaining('no column') as string });
  });

  test('a file sent over REST is read by the thread that is shipped', async () => {
    const token = await supervisor();
    const { url } = await serve();
    const answered = async (response: Response) => importJobSchema.parse(await response.json());
    const post = async (where: string, type: string, body: string) => {
      const headers = { ...as(token), 'content-type': type };
      return answered(await fetch(`${url}/v1/leads/${where}`, { method: 'POST', headers, body }));
    };
    const ended = (id: string, state: ImportJob['state']) =>
      until(`the import is ${state}`, async () => {
        const job = await answered(await fetch(`${url}/v1/leads/imports/${id}`, { headers: as(token) }));
        return job.state === state ? job : undefined;
      });
    const { id } = await post('import?list=March&purpose=service&kind=ai_voice&country=IN', 'text/csv', CSV);
    const { report } = await ended(id, 'checked');
    expect(report).toMatchObject({ rows: 4, imported: 2, duplicates: 1, refused: 1 });
    expect(await counts(url, token)).toMatchObject({ total: 0 });
    await post(`imports/${id}/run`, 'application/json', JSON.stringify({ check: report?.check }));
    expect((await ended(id, 'done')).report).toMatchObject({ rows: 4, imported: 2 });
    expect(await counts(url, token)).toMatchObject({ data: [{ counts: { total: 2, ready: 2 } }] });
  });
});

describe('two relays over PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  }, SERVER_STARTS_WITHIN_MS);
  afterAll(() => server.stop());

  async function freePort(): Promise<number> {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    return port;
  }

  test('the command line asks the database, and every relay acts on what it did there', async () => {
    const url = await server.database();
    const more = { store: { kind: 'postgres', url }, deliveries: { key: 'a key for all the relays' } };
    await configure({ ...more, listen: { port: await freePort() } });
    const first = await serve();
    await configure({ ...more, listen: { port: await freePort() } });
    const second = await serve();
    const token = (await command(...AGENT)).stdout.trim();
    const desk = await TestDesk.connect(first.url, token);
    await desk.welcome();
    expect(await post(second.url, escalation({ id: 'a' }).body)).toBe(200);
    await until('the escalation', () => desk.events.length === 1);
    expect((await command('agent', 'list')).stdout).toContain('asha\tAsha Rao');
    expect((await command('deliveries', 'list')).stdout).toContain('accepted');
    expect(await command('check')).toMatchObject({ code: 0, stderr: '' });
    const revoked = performance.now();
    expect((await command('agent', 'revoke', 'asha')).code).toBe(0);
    expect(await desk.waitClosed()).toMatchObject({ code: 4001 });
    expect(performance.now() - revoked).toBeLessThan(5_000);
    for (const { child } of [first, second]) child.kill('SIGTERM');
    for (const { child } of [first, second]) expect(await exited(child)).toBe(0);
    for (const { err } of [first, second]) expect(err()).not.toContain('postgres://');
  }, 60_000);

  test('a database that is not there is said to be so', async () => {
    const nowhere = `postgres://u:secret@127.0.0.1:${await freePort()}/x`;
    await configure({ store: { kind: 'postgres', url: nowhere }, deliveries: { key: 'a key for all the relays' } });
    const { code, stderr } = await command('serve');
    expect(code).toBe(1);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('secret');
  });
});

describe('embedded in the desk', () => {
  /** Starts `embedded.js` as the desk does, with Node's own channel in the place of Electron's port. */
  async function embed(): Promise<{ child: ChildProcess; say: (message: object) => void; heard: FromRelay[] }> {
    const shim = path.join(folder, 'port.mjs');
    await writeFile(
      shim,
      `process.parentPort = {
         on: (event, listener) => process.on(event, (data) => listener({ data })),
         postMessage: (message) => process.send(message),
       };`,
    );
    const child = fork(path.join(out, 'embedded.js'), { execArgv: ['--import', shim], silent: true });
    children.push(child);
    const heard: FromRelay[] = [];
    child.on('message', (message) => heard.push(fromRelaySchema.parse(message)));
    return { child, say: (message) => child.send(message), heard };
  }
  const agent = { id: 'me', name: 'Me', numbers: [] };
  const settings = (more: object = {}) => ({
    listen: { port: 0 },
    store: { kind: 'sqlite', path: path.join(folder, 'desk.db') },
    platforms: { vinfer: { secrets: [SECRET] } },
    queues: [{ id: 'collections', name: 'Collections', numbers: ['+918001234567'] }],
    ...more,
  });

  test('it answers with address and token, its one agent sees every queue, and it stops with 0', async () => {
    const { child, say, heard } = await embed();
    say({ type: 'start', config: settings(), agent });
    const ready = await until('ready', () => heard[0]);
    if (ready.type !== 'ready') throw new Error('not ready');
    const desk = await TestDesk.connect(ready.url, ready.token);
    expect((await desk.welcome()).agent).toMatchObject({ id: 'me', queues: ['unrouted', 'collections'] });
    await post(ready.url, escalation({ id: 'a' }).body);
    await until('the escalation', () => desk.events.length === 1);
    await post(ready.url, escalation({ id: 'b', call: { transfer_to: '+15550100' } }).body);
    await until('the unrouted one', () => desk.events.length === 2);
    say({ type: 'stop' });
    expect(await desk.waitClosed()).toMatchObject({ code: 1001 });
    expect(await exited(child)).toBe(0);
  });

  test('it says what is wrong with the configuration', async () => {
    const { say, heard } = await embed();
    say({ type: 'start', config: settings({ queus: [] }), agent });
    expect(await until('failed', () => heard[0])).toEqual({ type: 'failed', message: 'queus: unknown key' });
  });
});
