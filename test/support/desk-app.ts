/** The packaged desk with a fresh profile, driven as a person would. */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { canariesIn, canariesInArguments } from './canaries';
import { until } from './poll';

/** Anything that has the address of a relay: the relay itself, or a link in front of it. */
interface Reachable {
  readonly url: string;
}

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
    private readonly env: Record<string, string>,
    /** From the start until the workspace could be used, ms. The window for calls is only made after that. */
    readonly interactiveAfterMs: number,
  ) {}

  /** A fresh profile in team mode that knows no relay yet. */
  static async profile(settings: Record<string, unknown> = {}): Promise<string> {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'handover-desk-'));
    mkdirSync(profile, { recursive: true });
    writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({ mode: 'team', language: 'en', ...settings }));
    return profile;
  }

  /** Starts a desk set to team mode on this relay and signs in by typing address and token into Settings. */
  static async join(relay: Reachable, token: string, settings: Record<string, unknown> = {}): Promise<DeskApp> {
    const desk = await DeskApp.launch(await DeskApp.profile(settings));
    await desk.signIn(relay, token);
    await desk.live();
    await desk.workspace.getByTestId('nav-calls').click();
    return desk;
  }

  /** Types address and token into Settings and presses Join. What comes of it shows in the connection mark. */
  async signIn(relay: Reachable, token: string): Promise<void> {
    await this.workspace.getByTestId('nav-settings').click();
    await this.workspace.getByTestId('team-relay').fill(relay.url.replace('http', 'ws'));
    await this.workspace.getByTestId('team-token').fill(token);
    await this.workspace.getByTestId('team-join').click();
  }

  /** @param env what the desk finds in its environment beyond the test's own @param switches of Chromium */
  static async launch(profile: string, env: Record<string, string> = {}, switches: string[] = []): Promise<DeskApp> {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const began = performance.now();
    const app = await _electron.launch({
      executablePath: executable(),
      args: [...sandbox, `--user-data-dir=${profile}`, ...switches],
      env: { ...(process.env as Record<string, string>), ...env, HANDOVER_TRACE: path.join(profile, 'trace.jsonl') },
    });
    const page = (name: string) =>
      until(`the ${name} window`, () => app.windows().find((found) => found.url().includes(name)), 20_000);
    const workspace = await page('workspace');
    await workspace.getByTestId('connection').waitFor();
    const interactiveAfterMs = performance.now() - began;
    const pop = await page('screen-pop');
    return new DeskApp(app, workspace, pop, profile, env, interactiveAfterMs);
  }

  async live(): Promise<void> {
    await this.workspace.locator('[data-testid=connection][data-state=live]').waitFor();
  }

  /**
   * Runs a function in the desk's main process, as `app.evaluate` does. It may run twice: now and then the engine collects
   * the answer before it is read, and only a repeat tells it.
   */
  readonly inMain: ElectronApplication['evaluate'] = async (run: never, argument?: never) => {
    for (let left = 2; ; left -= 1) {
      try {
        return await this.app.evaluate(run, argument);
      } catch (error) {
        if (left === 0 || !String(error).includes('promise was garbage collected')) throw error;
      }
    }
  };

  /** Whether the pop window is on screen. */
  popVisible(): Promise<boolean> {
    return this.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().includes('screen-pop') && window.isVisible(),
      ),
    );
  }

  /** What the workspace itself may do: asks main on one channel of its bridge. */
  ask<T>(channel: string, args: object): Promise<T> {
    return this.workspace.evaluate(
      ([name, argument]) =>
        (globalThis as unknown as { desk: { request(channel: string, args: unknown): Promise<T> } }).desk.request(
          name,
          argument,
        ),
      [channel, args] as const,
    );
  }

  /** The rows of the call list as main publishes them, complete: what is on screen scrolls. */
  rows(): Promise<{ call: string; group: string; at: number }[]> {
    return this.workspace.evaluate(
      () =>
        new Promise<{ call: string; group: string; at: number }[]>((resolve, reject) => {
          interface Bridge {
            on(
              channel: string,
              listener: (view: { rows: { call: string; group: string; at: number }[] }) => void,
            ): () => void;
            request(channel: string, args: object): Promise<unknown>;
          }
          const { desk } = globalThis as unknown as { desk: Bridge };
          const stop = desk.on('desk:view', ({ rows }) => {
            stop();
            resolve(rows);
          });
          // Whoever says it listens is sent the present view.
          desk.request('window:ready', {}).catch(reject);
        }),
    );
  }

  /** Changes settings the way the settings page does: the whole file, with these keys replaced. */
  async changeSettings(changes: Record<string, unknown>): Promise<void> {
    const settings = await this.ask<Record<string, unknown>>('settings:get', {});
    await this.ask('settings:set', { settings: { ...settings, ...changes } });
  }

  /** The system's own word to main: what happens at the lid and at the lock screen. */
  power(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'): Promise<boolean> {
    return this.inMain(({ powerMonitor }, name) => powerMonitor.emit(name), event);
  }

  /** What the workspace window does when its title bar is used, or what a tray does with it. */
  toWorkspace(action: 'close' | 'hide' | 'minimize' | 'show'): Promise<void> {
    return this.inMain(({ BrowserWindow }, name) => {
      const all = BrowserWindow.getAllWindows();
      all.find((window) => window.webContents.getURL().includes('workspace'))?.[name]();
    }, action);
  }

  /** How the workspace window stands on the screen. */
  workspaceWindow(): Promise<{ visible: boolean; minimized: boolean; focused: boolean }> {
    return this.inMain(({ BrowserWindow }) => {
      const all = BrowserWindow.getAllWindows();
      const found = all.find((window) => window.webContents.getURL().includes('workspace'));
      if (found === undefined) throw new Error('no workspace window');
      return { visible: found.isVisible(), minimized: found.isMinimized(), focused: found.isFocused() };
    });
  }

  /** How often this call was painted in the pop window so far. */
  paints(call: string): number {
    return this.trace().filter((mark) => mark.mark === 'pop.painted' && mark.call === call).length;
  }

  /** The call was painted in the pop window. */
  async painted(call: string, timeoutMs = 10_000): Promise<void> {
    await until(`the pop of ${call}`, () => this.paints(call) > 0, timeoutMs);
  }

  /** Starts the program again on the same profile, as a second click on its icon does; that one ends by itself. */
  async startAgain(...args: string[]): Promise<void> {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(executable(), [...sandbox, `--user-data-dir=${this.profile}`, ...args], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
  }

  /** Ends it and starts it anew on the same profile. Signs in nowhere: without a keyring no token is kept. */
  async restart(): Promise<DeskApp> {
    await this.app.close();
    return DeskApp.launch(this.profile, this.env);
  }

  /** Ends it at once, as a power cut does to it, and starts it anew on the same profile. */
  async killAndRestart(): Promise<DeskApp> {
    const child = this.app.process();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    return DeskApp.launch(this.profile, this.env);
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

  /** Ends it and searches what it leaves behind for what must not be there. */
  async close(): Promise<void> {
    const found = canariesInArguments(executable());
    await this.app.close();
    found.push(...canariesIn(this.profile));
    await rm(this.profile, { recursive: true, force: true });
    if (found.length > 0) throw new Error(`left in clear: ${found.join(', ')}`);
  }
}
