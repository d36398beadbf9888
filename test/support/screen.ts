/** Keyboard, windows and stacking on the X display, seen from outside the desk. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './poll';

function output(command: string, args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' });
}

/** The window that has the keyboard, as an X id. */
export function focusedWindow(): string {
  return output('xdotool', ['getwindowfocus']).trim();
}

/** Types on the real keyboard of the display; returns when every key was sent. */
export function typeKeys(text: string, delayMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdotool', ['type', '--delay', String(delayMs), text], { stdio: 'ignore' });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`xdotool ended with ${String(code)}`))));
    child.on('error', reject);
  });
}

/** Title of the window that has the keyboard; empty: none has it. */
export function focusedTitle(): string {
  try {
    return output('xdotool', ['getwindowfocus', 'getwindowname']).trim();
  } catch {
    // Between two windows nothing has the keyboard, and xdotool fails.
    return '';
  }
}

/** Presses and lets go a key of the display's real keyboard, `ctrl+shift+space`. */
export function pressKey(chord: string): void {
  output('xdotool', ['key', '--clearmodifiers', chord]);
}

/** Titles of all windows on screen from the top of the stack down. */
export function stackFromTop(): string[] {
  const tree = output('xwininfo', ['-root', '-tree']);
  return [...tree.matchAll(/0x[0-9a-f]+ "([^"]*)"/g)].map((match) => match[1] ?? '');
}

/** Whether the call window lies above every one of these. */
export function popAbove(titles: readonly string[]): boolean {
  const stack = stackFromTop();
  const pop = stack.findIndex((title) => title.includes('Handover Desk call'));
  return pop >= 0 && titles.every((title) => stack.indexOf(title) > pop);
}

/** Brings a window up and gives it the keyboard, as a click on it does. */
export function raise(title: string): void {
  output('wmctrl', ['-a', title]);
}

/** A maximised terminal that writes what is typed into it to a file: the agent's other program. */
export class Notepad {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly title: string,
  ) {}

  static async open(): Promise<Notepad> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-notepad-'));
    const title = `notepad-${String(process.pid)}-${String(Date.now())}`;
    const child = spawn('xterm', ['-T', title, '-e', 'sh', '-c', `stty -echo; cat > '${folder}/typed'`], {
      stdio: 'ignore',
    });
    const pad = new Notepad(child, folder, title);
    await until('the notepad window', () => output('wmctrl', ['-l']).includes(title));
    output('wmctrl', ['-r', title, '-b', 'add,maximized_vert,maximized_horz']);
    output('wmctrl', ['-a', title]);
    await until('the notepad to have the keyboard', () => {
      const focused = output('xdotool', ['getwindowfocus', 'getwindowname']).trim();
      return focused === title && existsSync(path.join(folder, 'typed'));
    });
    return pad;
  }

  /** What was typed so far; a line counts once Enter was pressed. */
  typed(): string {
    return readFileSync(path.join(this.folder, 'typed'), 'utf8');
  }

  close(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Another program in full screen with the keyboard: a film, a presentation. */
export class FullScreen {
  private constructor(private readonly pad: Notepad) {}

  static async open(): Promise<FullScreen> {
    const pad = await Notepad.open();
    output('wmctrl', ['-r', pad.title, '-b', 'add,fullscreen']);
    output('wmctrl', ['-a', pad.title]);
    return new FullScreen(pad);
  }

  close(): void {
    this.pad.close();
  }
}
