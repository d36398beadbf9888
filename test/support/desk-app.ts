/** The packaged desk with a fresh profile, driven as a person would. */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from './poll';
import type { RelayProcess } from './relay-process';

interface TraceMark {
  mark: string;
  call: string;
  event: string;
  at: number;
}

function executable(): string {
  const file = process.env.HANDOVER_DESK_EXECUTABLE;
  if (file === undefined) throw new Error('Run the end-to-end tests through npm test: it packages the app first.');
  return file;
}

export class DeskApp {
  private constructor(
    readonly app: ElectronApplication,
    readonly workspace: Page,
    readonly pop: Page,
    readonly profile: string,
  ) {}

  /** Starts a desk set to team mode on this relay and signs in by typing address and token into Settings. */
  static async join(relay: RelayProcess, token: string, settings: Record<string, unknown> = {}): Promise<DeskApp> {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'handover-desk-'));
    mkdirSync(profile, { recursive: true });
    writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({ mode: 'team', language: 'en', ...settings }));
    const desk = await DeskApp.launch(profile);
    await desk.workspace.getByTestId('nav-settings').click();
    await desk.workspace.getByTestId('team-relay').fill(relay.url.replace('http', 'ws'));
    await desk.workspace.getByTestId('team-token').fill(token);
    await desk.workspace.getByTestId('team-join').click();
    await desk.live();
    await desk.workspace.getByTestId('nav-calls').click();
    return desk;
  }

  static async launch(profile: string): Promise<DeskApp> {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({
      executablePath: executable(),
      args: [...sandbox, `--user-data-dir=${profile}`],
      env: { ...(process.env as Record<string, string>), HANDOVER_TRACE: path.join(profile, 'trace.jsonl') },
    });
    const page = (name: string) =>
      until(`the ${name} window`, () => app.windows().find((found) => found.url().includes(name)), 20_000);
    const workspace = await page('workspace');
    await workspace.getByTestId('connection').waitFor();
    const pop = await page('screen-pop');
    return new DeskApp(app, workspace, pop, profile);
  }

  async live(): Promise<void> {
    await this.workspace.locator('[data-testid=connection][data-state=live]').waitFor();
  }

  /** Whether the pop window is on screen. */
  popVisible(): Promise<boolean> {
    return this.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().includes('screen-pop') && window.isVisible(),
      ),
    );
  }

  trace(): TraceMark[] {
    try {
      const lines = readFileSync(path.join(this.profile, 'trace.jsonl'), 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TraceMark);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.app.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}
