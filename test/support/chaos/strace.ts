/** strace as a fault injector and as a witness. Linux only, and only where it is installed and allowed. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';

/** Why strace cannot be used here, or undefined when it can. */
export function straceMissing(): string | undefined {
  if (process.platform !== 'linux') return 'system calls can only be traced on Linux';
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'strace is missing or not allowed here (apt-get install strace)';
  }
}

/** Words to put before a program so that every fsync takes this much longer. Only fsync is stopped at, the rest runs free. */
export function slowFsync(ms: number): string[] {
  const inject = `inject=fsync:delay_enter=${ms * 1000}`;
  return ['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', '-e', inject];
}

/** Words to put before a program so that what it reads, writes and syncs is written to a file. */
export function witness(file: string): string[] {
  // Longest excerpt per call: a whole database page or webhook request.
  const excerpt = '5000';
  const calls = 'trace=fsync,fdatasync,read,write,writev,pwrite64,pwritev,sendto,sendmsg';
  return ['strace', '-f', '-y', '--seccomp-bpf', '-qq', '-s', excerpt, '-o', file, '-e', calls];
}

/** Words to put before a program so that its writes and syncs, without what was written, go to a file. */
export function syncWitness(file: string): string[] {
  return ['strace', '-f', '-y', '--seccomp-bpf', '-qq', '-s', '0', '-o', file, '-e', 'trace=fsync,fdatasync,pwrite64'];
}

/** Makes every fsync of a running process fail until the returned function is called. */
export async function failFsync(pid: number, error: 'EIO'): Promise<() => Promise<void>> {
  const inject = `inject=fsync,fdatasync:error=${error}`;
  const args = ['-f', '-p', String(pid), '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', inject];
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise<void>((resolve) => tracer.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    tracer.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('attached')) resolve();
    });
    tracer.once('exit', () => reject(new Error(`strace did not attach: ${said}`)));
  });
  return async () => {
    tracer.kill('SIGINT');
    await gone;
  };
}

/** A file system of its own that is soon full. Returns why not, where only root may mount. */
export function mountSmall(folder: string, bytes: number): string | undefined {
  const { status, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  return status === 0 ? undefined : `only root may mount a small file system${error ? ` (${error.message})` : ''}`;
}

export function unmount(folder: string): void {
  spawnSync('umount', [folder]);
}
