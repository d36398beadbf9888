/** The reverse proxy of docs/deploy, really running: its own file, with the addresses of the test put in. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { until } from '../poll';
import { freePort, projectRoot } from './relay-host';

/** Debian puts it where only root looks. */
const PROGRAM = ['nginx', '/usr/sbin/nginx'].find((name) => spawnSync(name, ['-v']).status === 0);

/** Why the proxy cannot be started here; undefined when it can. */
export const nginxMissing = PROGRAM === undefined ? 'nginx is not installed: apt-get install nginx-light' : undefined;

/** Replaces what must be there: an example that changed must not leave the test with another proxy. */
function put(text: string, pattern: RegExp, value: string): string {
  if (!pattern.test(text)) throw new Error(`the example no longer has ${pattern.source}`);
  return text.replace(pattern, value);
}

export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** @param relays ports of two relays on this machine */
  static async start([first, second]: readonly [number, number]): Promise<Nginx> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-nginx-'));
    const port = await freePort();
    let site = await readFile(path.join(projectRoot(), 'docs/deploy/nginx-floor.conf'), 'utf8');
    site = put(site, /10\.0\.0\.11:4780 max/, `127.0.0.1:${first} max`);
    site = put(site, /10\.0\.0\.12:4780 max/, `127.0.0.1:${second} max`);
    site = put(site, /listen 443 ssl http2;/, `listen 127.0.0.1:${port};`);
    site = put(site, /ssl_certificate .*;\n\s*ssl_certificate_key .*;/, '');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`);
    const main = [
      'daemon off; master_process off; pid nginx.pid; error_log stderr crit;',
      'events { worker_connections 512; }',
      `http { ${temporary.join(' ')}\n${site}\n}`,
    ];
    const file = path.join(folder, 'nginx.conf');
    await writeFile(file, main.join('\n'));
    const child = spawn(PROGRAM ?? '', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const nginx = new Nginx(child, folder, port);
    try {
      await until('nginx to listen', () => listens(port));
      return nginx;
    } catch (error) {
      await nginx.stop();
      throw new Error(`nginx said: ${said}`, { cause: error });
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
