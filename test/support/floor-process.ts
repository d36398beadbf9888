/** The practice floor as a process of its own: platforms that dial, talk and escalate when they are told to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../../out/practice/cli.js');
const READY_WITHIN_MS = 15_000;

export const FLOOR_SECRETS = {
  webhook: 'e2e-floor-webhook-secret-0123456789',
  path: 'e2e-floor-path-secret-0123456789',
  key: 'e2e-floor-api-key',
};

interface Heard {
  platform?: string;
  method: string;
  path: string;
  status: number;
}

export class FloorProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** @param platforms the floor's own configuration of those that are played @param timeScale 0.01: a hundred times faster */
  static async start(platforms: Record<string, unknown>, timeScale: number, number: string): Promise<FloorProcess> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-floor-'));
    const config = path.join(folder, 'floor.json');
    const transfer_to = { numbers: [number], labels: ['Customer Support'] };
    await writeFile(config, JSON.stringify({ platforms, time_scale: timeScale, script: 'silent', transfer_to }));
    const child = spawn(process.execPath, [cli, '--config', config], { stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the floor is not ready')), READY_WITHIN_MS);
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (!text.includes('\n')) return;
        clearTimeout(timer);
        resolve(text.split('\n')[0] ?? '');
      });
    });
    return new FloorProcess(child, folder, (JSON.parse(line) as { url: string }).url);
  }

  async tell(command: string, body: object): Promise<void> {
    const response = await fetch(`${this.url}/_practice/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the floor refused ${command}: ${await response.text()}`);
  }

  /** Every request a platform's API has received. */
  async requests(): Promise<Heard[]> {
    const response = await fetch(`${this.url}/_practice/log`);
    return ((await response.json()) as { requests: Heard[] }).requests;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}
