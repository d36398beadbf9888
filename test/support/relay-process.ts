/** A real relay as a process of its own, with a fresh database on port 0. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { adminFileOf, askRelay } from '../../src/relay/admin/channel';
import type { AdminAnswer } from '../../src/relay/admin/commands';
import { keepSecret } from './canaries';

const cli = path.resolve(import.meta.dirname, '../../out/relay/cli.js');
const READY_WITHIN_MS = 30_000;

export const VINFER_SECRET = 'e2e-vinfer-secret-0123456789abcdef';
keepSecret(VINFER_SECRET);
export const AGENT_NUMBER = '+918001234567';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const timer = setTimeout(() => reject(new Error(`relay not ready: ${err}`)), READY_WITHIN_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const end = out.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(out.slice(0, end));
    });
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`relay ended with ${String(code)}: ${err}`));
    });
  });
}

function tokenIn(answer: AdminAnswer): string {
  if (!answer.ok) throw new Error(`agent not added: ${answer.message}`);
  return (answer.value as { token: string }).token;
}

export interface AgentOptions {
  name?: string;
  numbers?: string[];
  queues?: string[];
  role?: 'agent' | 'supervisor' | 'admin';
}

export class RelayProcess {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly config: string,
    private readonly database: string,
    readonly url: string,
  ) {}

  /** Starts a relay. The port is chosen once, so that a restarted relay answers at the same address. */
  static async start(extra: Record<string, unknown> = {}): Promise<RelayProcess> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-relay-'));
    const port = await freePort();
    const config = path.join(folder, 'relay.json');
    const database = path.join(folder, 'relay.db');
    await writeFile(
      config,
      JSON.stringify({
        listen: { host: '127.0.0.1', port },
        store: { kind: 'sqlite', path: database },
        platforms: { vinfer: { secrets: [VINFER_SECRET] } },
        queues: [{ id: 'collections', name: 'Collections', numbers: [AGENT_NUMBER], labels: ['Customer Support'] }],
        ...extra,
      }),
    );
    const relay = new RelayProcess(folder, config, database, `http://127.0.0.1:${port}`);
    await relay.up();
    return relay;
  }

  /** Starts the process again, on the same database and address. */
  async up(): Promise<void> {
    this.child = spawn(process.execPath, [cli, 'serve', '--config', this.config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await readyLine(this.child);
  }

  /** Ends the process at once, as a crash would. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child?.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Adds an agent as the command line does, which has its own tests: over the running relay's channel for it. */
  async addAgent(id: string, options: AgentOptions = {}): Promise<string> {
    const { name = id, numbers = [], queues = [], role = 'agent' } = options;
    const request = { command: 'agent.add' as const, id, name, numbers, queues, role };
    const answer = await askRelay(adminFileOf(this.database), request);
    // Over PostgreSQL there is no such channel: the command line goes to the database.
    const token = answer === undefined ? await this.byCommandLine(id, options) : tokenIn(answer);
    keepSecret(token);
    return token;
  }

  private async byCommandLine(
    id: string,
    { name = id, numbers = [], queues = [], role }: AgentOptions,
  ): Promise<string> {
    const args = ['agent', 'add', id, '--name', name, '--config', this.config];
    for (const number of numbers) args.push('--number', number);
    for (const queue of queues) args.push('--queue', queue);
    if (role !== undefined) args.push('--role', role);
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args]);
    const token = /[A-Za-z0-9_-]{40,}/.exec(stdout)?.[0];
    if (token === undefined) throw new Error(`no token in: ${stdout}`);
    return token;
  }

  /** An invite for this agent; the code names this relay. */
  async invite(id: string): Promise<{ code: string; link: string }> {
    const host = ['--host', new URL(this.url).host];
    const args = ['agent', 'invite', id, '--name', id, ...host, '--config', this.config];
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args]);
    const [code = '', link = ''] = stdout.split('\n');
    return { code, link };
  }

  /** Ids of the agents there are. */
  async agents(): Promise<string[]> {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'agent', 'list', '--config', this.config]);
    return stdout.split('\n').flatMap((line) => line.split('\t')[0] ?? []);
  }

  /** Removes the agent and cuts off its desk. */
  async revokeAgent(id: string): Promise<void> {
    await promisify(execFile)(process.execPath, [cli, 'agent', 'revoke', id, '--config', this.config]);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Posts a signed VInfer webhook. */
  async post(body: string, options: { signature?: string } = {}): Promise<number> {
    const signature = options.signature ?? createHmac('sha256', VINFER_SECRET).update(body).digest('hex');
    const response = await fetch(`${this.url}/hooks/vinfer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vinfer-signature': signature },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}
