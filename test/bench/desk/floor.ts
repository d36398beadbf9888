/** A bare Electron window, driven in the same way as the desk. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { until } from '../../support/poll';

const FOLDER = path.resolve(import.meta.dirname, '../../../out/bench/floor');

/** Electron's own folder with the floor as its program: the way a program is shipped, and every build can run it. */
async function unpacked(electron: string): Promise<string> {
  await cp(path.dirname(electron), FOLDER, { recursive: true });
  await cp(path.join(import.meta.dirname, 'floor'), path.join(FOLDER, 'resources/app'), { recursive: true });
  return path.join(FOLDER, path.basename(electron));
}

let prepared: Promise<string> | undefined;

export class Floor {
  private constructor(
    readonly app: ElectronApplication,
    private readonly port: number,
  ) {}

  /** @param shown as a program that starts with its window on screen */
  static async launch(shown = false): Promise<Floor> {
    const electron = process.env.HANDOVER_BARE_ELECTRON;
    if (electron === undefined) throw new Error('Run the measurements through npm run bench -- desk.');
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    // Once per run: the copying is no part of a start.
    const executablePath = await (prepared ??= unpacked(electron));
    const app = await _electron.launch({ executablePath, args: [...sandbox, ...(shown ? ['--shown'] : [])] });
    const window = await app.firstWindow();
    await window.locator('h1').waitFor({ state: 'attached' });
    const port = await until('the port of the floor', () =>
      app.evaluate(() => (globalThis as { floorPort?: number }).floorPort),
    );
    return new Floor(app, port);
  }

  /** Shows a caller. Resolves with the epoch ms at which they were painted. */
  async show(body: string): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.port}/`, { method: 'POST', body });
    return ((await response.json()) as { at: number }).at;
  }

  hidden(): Promise<boolean> {
    return this.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().every((window) => !window.isVisible()),
    );
  }
}
