/** A PostgreSQL server of the test's own: a temporary folder, a free port, gone with the test. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { until } from '../poll';
import { binaries, runAs } from './binaries';

/** For the hook that starts one, on a busy machine. */
export const SERVER_STARTS_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 30_000;
/** How much of the server's last words is kept for an error message, characters. */
const KEPT_LOG = 4_000;
const USER = 'handover';

export interface PostgresOptions {
  /** `name = value` lines of postgresql.conf. */
  settings?: readonly string[];
  /** Writes reach the disk, as they must where a crash is to be survived. Otherwise they do not, which is quicker. */
  durable?: boolean;
}

/** What a copy of a running server's data leaves out: its lock, its log (the standby is sent it), what it replicates to. */
const NOT_COPIED = ['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot'];

/** Ends a server's first process and all that it started, none of which is left to tidy up. Linux only. */
function killTree(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  for (const each of [pid, ...children.map(Number)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch (error) {
      // It ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class PostgresServer {
  private child: ChildProcess | undefined;
  private log = '';
  private databases = 0;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Makes a cluster and starts a server on it. */
  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-pg-'));
    const server = new PostgresServer(folder, await freePort());
    try {
      await server.initialise(options);
      await server.up();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /**
   * Makes a standby that follows a running server: a copy of its data made with its backup functions (the npm package has
   * no pg_basebackup), then its log as it is written.
   * @param port where it listens; a free one by default
   */
  static async standbyOf(primary: PostgresServer, port?: number): Promise<PostgresServer> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-pg-'));
    const standby = new PostgresServer(folder, port ?? (await freePort()));
    try {
      await standby.copyOf(primary);
      await standby.up();
    } catch (error) {
      await standby.stop();
      throw error;
    }
    return standby;
  }

  /** A standby becomes a server that takes writes, on a timeline of its own. */
  async promote(): Promise<void> {
    await this.run('SELECT pg_promote()');
  }

  /** Folder of the data. */
  get data(): string {
    return path.join(this.folder, 'data');
  }

  url(database = 'postgres'): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes a database and returns its URL. @param model URL of one to copy, which nobody uses; empty by default */
  async database(model = this.url('template1')): Promise<string> {
    this.databases += 1;
    const name = `test_${process.pid}_${this.databases}`;
    const template = new URL(model).pathname.slice(1);
    await this.run(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
    return this.url(name);
  }

  /** Runs one statement as the owner of everything. */
  async run<Row extends object>(sql: string, url = this.url()): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Starts the server again on the same data and port. */
  async up(): Promise<void> {
    const { postgres } = await binaries();
    const args = ['-D', this.data, '-p', String(this.port), '-k', this.folder, '-h', '127.0.0.1'];
    const child = spawn(postgres, args, { ...runAs, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`PostgreSQL is not ready: ${this.log}`)), READY_WITHIN_MS);
      child.stderr.on('data', (chunk: Buffer) => {
        this.log = (this.log + chunk.toString()).slice(-KEPT_LOG);
        if (!chunk.includes('ready to accept')) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`PostgreSQL ended with ${code ?? signal ?? ''}: ${this.log}`));
      });
    });
  }

  /** `fast` ends sessions and shuts down in order; `crash` is as if the power failed; `kill` is SIGKILL to every process. */
  async down(how: 'fast' | 'crash' | 'kill' = 'fast'): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (how === 'kill') killTree(child.pid ?? 0);
    else child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  /** A standby receives nothing more, as when its network lags behind, until it is promoted. */
  async stopReceiving(): Promise<void> {
    await this.run(`ALTER SYSTEM SET primary_conninfo = ''`);
    await this.run('SELECT pg_reload_conf()');
    const receives = async () => (await this.run('SELECT 1 FROM pg_stat_wal_receiver')).length > 0;
    await until('the standby to receive nothing', async () => !(await receives()));
  }

  async stop(): Promise<void> {
    await this.down('crash');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ownFolders(): Promise<void> {
    await mkdir(this.data, { mode: 0o700 });
    if (runAs.uid === undefined || runAs.gid === undefined) return;
    for (const folder of [this.folder, this.data]) await chown(folder, runAs.uid, runAs.gid);
  }

  private async copyOf(primary: PostgresServer): Promise<void> {
    await this.ownFolders();
    const client = new pg.Client({ connectionString: primary.url() });
    await client.connect();
    try {
      await client.query(`SELECT pg_backup_start('standby', true)`);
      const names = (await readdir(primary.data)).filter((name) => !NOT_COPIED.includes(name));
      const sources = names.map((name) => path.join(primary.data, name));
      await this.asServer('cp', ['-R', ...sources, this.data]);
      const stopped = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
      await this.put('backup_label', stopped.rows[0]?.labelfile ?? '');
    } finally {
      await client.end();
    }
    const empty = ['pg_wal/archive_status', 'pg_wal/summaries', 'pg_replslot'].map((name) =>
      path.join(this.data, name),
    );
    await this.asServer('mkdir', ['-p', ...empty]);
    await this.put('standby.signal', '');
    const follow = `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=${USER}'`;
    // Last line wins. Promoted, it has nobody to wait for.
    const lines = [follow, `synchronous_standby_names = ''`, `wal_retrieve_retry_interval = '100ms'`];
    await appendFile(path.join(this.data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
  }

  /** Writes a file of the data. */
  private async put(name: string, text: string): Promise<void> {
    const file = path.join(this.data, name);
    await writeFile(file, text);
    if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(file, runAs.uid, runAs.gid);
  }

  private async asServer(command: string, args: readonly string[]): Promise<void> {
    await promisify(execFile)(command, args, { ...runAs, cwd: this.folder });
  }

  private async initialise({ settings = [], durable = false }: PostgresOptions): Promise<void> {
    await this.ownFolders();
    const { initdb } = await binaries();
    const args = ['-D', this.data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    await this.asServer(initdb, args);
    const lines = [
      'max_connections = 300',
      ...(durable ? [] : ['fsync = off', 'synchronous_commit = on', 'full_page_writes = off']),
      ...settings,
    ];
    await appendFile(path.join(this.data, 'postgresql.conf'), `${lines.join('\n')}\n`);
  }
}
