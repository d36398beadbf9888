/**
 * A relay as a process of its own that may be killed, wrapped in a tracer, or given a disk of its own. Agents are added
 * over the admin channel, because five thousand starts of the command line would take minutes.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { adminFileOf, askRelay } from '../../../src/relay/admin/channel';
import type { AgentRole } from '../../../src/shared/contract/desk-protocol';
import { QUEUE_NUMBER, WEBHOOK_SECRET } from './webhook';

/** On a busy machine three of them start at once. */
const READY_WITHIN_MS = 60_000;
/** The relay itself answers within 2 s whatever its store does. */
const STATUS_WITHIN_MS = 5_000;
/** How much of a relay's last words is kept for an error message, characters. */
const KEPT_LOG = 4_000;

export const QUEUE = 'collections';

export interface HostOptions {
  /** Folder of the database; a fresh temporary one by default. */
  dataFolder?: string;
  /** Words put before `node …`, such as a tracer with its options. */
  wrap?: readonly string[];
  /** What is started instead of the relay: another server with the same ready line. */
  program?: readonly string[];
  /** Top keys of relay.json that stand in for the usual ones. */
  settings?: Readonly<Record<string, unknown>>;
  /** Added to the process's environment. */
  env?: Readonly<Record<string, string>>;
}

export interface NewAgent {
  id: string;
  numbers?: string[];
  queues?: string[];
  role?: AgentRole;
}

/** The checkout's root, found from wherever this code was bundled to. */
export function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'vite.relay.config.ts'))) folder = path.dirname(folder);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class RelayHost {
  private child: ChildProcess | undefined;
  private log = '';

  private constructor(
    private readonly folder: string,
    readonly databasePath: string,
    readonly port: number,
    private wrap: readonly string[],
    private readonly program: readonly string[],
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts a relay on a port that it keeps across restarts. */
  static async start(options: HostOptions = {}): Promise<RelayHost> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-chaos-'));
    const config = path.join(folder, 'relay.json');
    const databasePath = path.join(options.dataFolder ?? folder, 'relay.db');
    const port = await freePort();
    const settings = {
      listen: { host: '127.0.0.1', port },
      store: { kind: 'sqlite', path: databasePath },
      platforms: { vinfer: { secrets: [WEBHOOK_SECRET] } },
      queues: [{ id: QUEUE, name: 'Collections', numbers: [QUEUE_NUMBER] }],
      ...options.settings,
    };
    await writeFile(config, JSON.stringify(settings));
    const cli = path.resolve(projectRoot(), process.env.HANDOVER_RELAY_OUT ?? 'out/relay', 'cli.js');
    const program = options.program ?? [cli, 'serve', '--config', config];
    const host = new RelayHost(folder, databasePath, port, options.wrap ?? [], program, options.env ?? {});
    try {
      await host.up();
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the process again on the same data and address. */
  async up(wrap: readonly string[] = this.wrap): Promise<void> {
    this.wrap = wrap;
    const [command = process.execPath, ...args] = [...wrap, process.execPath, ...this.program];
    const env = { ...process.env, ...this.env, CHAOS_PORT: String(this.port) };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.child = child;
    await this.readyLine(child);
  }

  /** Process id of the node process itself, also when a tracer was put before it. */
  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error('the relay does not run');
    if (this.wrap.length === 0) return pid;
    const inner = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0];
    return Number(inner);
  }

  /** The end of what it logged. */
  get lastWords(): string {
    return this.log;
  }

  get running(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Resident memory of the relay, bytes. Linux only. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
  }

  /** Processor time used so far by all threads, s: what a server costs, whoever else uses the machine. Linux only. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // Fields after the command's closing bracket; user and system time in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (child === undefined || !this.running) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(this.pid, signal);
    await gone;
    this.child = undefined;
  }

  /** The process stands still, as on a machine that is paused or swaps: its connections stay and nothing answers. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  resume(): void {
    if (this.running) process.kill(this.pid, 'SIGCONT');
  }

  /** Adds an agent to the running relay, which has its database to itself, and returns the token. */
  async addAgent({ id, numbers = [], queues = [], role = 'agent' }: NewAgent): Promise<string> {
    const request = { command: 'agent.add' as const, id, name: `Agent ${id}`, numbers, queues, role };
    const answer = await askRelay(adminFileOf(this.databasePath), request);
    if (answer?.ok !== true) throw new Error(`agent not added: ${JSON.stringify(answer)}`);
    return (answer.value as { token: string }).token;
  }

  async status(where: '/readyz' | '/healthz'): Promise<number> {
    const response = await fetch(this.url + where, { signal: AbortSignal.timeout(STATUS_WITHIN_MS) });
    await response.arrayBuffer();
    return response.status;
  }

  /** One number of `/metrics`, by its full name with labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split('\n').find((found) => found.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? Number.NaN);
  }

  /** Ends the process and removes what it left. */
  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private readyLine(child: ChildProcess): Promise<void> {
    this.log = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`relay not ready: ${this.log}`)), READY_WITHIN_MS);
      child.stdout?.once('data', () => {
        clearTimeout(timer);
        resolve();
      });
      child.stderr?.on('data', (chunk: Buffer) => (this.log = (this.log + chunk.toString()).slice(-KEPT_LOG)));
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`relay ended with ${code ?? signal ?? ''}: ${this.log}`));
      });
    });
  }
}
