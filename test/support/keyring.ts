/** A session with a keyring, as on an ordinary desktop: a bus of its own and gnome-keyring, unlocked. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './poll';

/** Both start within a second; a busy machine takes longer. */
const STARTS_WITHIN_MS = 15_000;

/** The first line that a program prints; it goes on running. */
function firstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`${name} printed nothing in time`)), STARTS_WITHIN_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.slice(0, text.indexOf('\n')));
    });
    child.on('exit', (code) => reject(new Error(`${name} ended with ${String(code)}`)));
    child.on('error', reject);
  });
}

const SECRETS = 'org.freedesktop.secrets';

function ask(env: NodeJS.ProcessEnv, destination: string, ...question: string[]): string {
  const args = ['--session', '--print-reply', `--dest=${destination}`, ...question];
  return spawnSync('dbus-send', args, { env, encoding: 'utf8' }).stdout;
}

/** Whether the keyring is there and open. Asked for its name first: whoever asks for it too early starts a locked one. */
function isUnlocked(env: NodeJS.ProcessEnv): boolean {
  const bus = ['/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', `string:${SECRETS}`];
  if (!ask(env, 'org.freedesktop.DBus', ...bus).includes('boolean true')) return false;
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
  const at = '/org/freedesktop/secrets/aliases/default';
  return ask(env, SECRETS, at, 'org.freedesktop.DBus.Properties.Get', ...property).includes('boolean false');
}

export interface Keyring {
  /** What a program needs to find the keyring. */
  env: Record<string, string>;
  stop(): void;
}

export async function startKeyring(): Promise<Keyring> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'handover-keyring-'));
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children.toReversed()) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const own = { XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, XDG_CACHE_HOME: home };
    const base = { ...process.env, ...own };
    const busArgs = ['--session', '--nofork', '--nopidfile', '--print-address=1'];
    const bus = spawn('dbus-daemon', busArgs, { env: base, stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(bus);
    const env = { ...own, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus, 'dbus-daemon') };
    const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: { ...base, ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    children.push(keyring);
    // The password of the new keyring, and the end of it.
    keyring.stdin.end('test');
    await until('the unlocked keyring', () => isUnlocked({ ...base, ...env }), STARTS_WITHIN_MS);
    return { env: { ...env, XDG_CURRENT_DESKTOP: 'GNOME' }, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
