import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { homesOf } from '../../../src/main/windows/pop-place';
import { createPopWindow } from '../../../src/main/windows/pop-window';
import { ManualScheduler } from '../support/manual-scheduler';
import type { PopWindow } from '../../../src/main/windows/pop-window';

const LAPTOP = { id: 1, workArea: { x: 0, y: 0, width: 1366, height: 728 } };
const SCREEN = { id: 2, workArea: { x: 1366, y: -200, width: 2560, height: 1400 } };

/** A window that remembers what was asked of it. */
class FakeWindow extends EventEmitter {
  readonly did: string[] = [];
  readonly webContents = Object.assign(new EventEmitter(), {
    setZoomFactor: (factor: number) => this.did.push(`zoom ${factor}`),
  });
  bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  shown = false;
  isVisible = () => this.shown;
  setBounds = (bounds: Rectangle) => {
    this.bounds = bounds;
  };
  showInactive = () => {
    this.shown = true;
    this.did.push('showInactive');
  };
  hide = () => {
    this.shown = false;
    this.did.push('hide');
  };
  show = () => this.did.push('show');
  focus = () => this.did.push('focus');
  moveTop = () => this.did.push('moveTop');
  loadURL = (url: string) => {
    this.did.push(`load ${url}`);
    return Promise.resolve();
  };
  setAlwaysOnTop = (on: boolean, level: string) => this.did.push(`top ${on} ${level}`);
  setVisibleOnAllWorkspaces = (on: boolean, options: object) =>
    this.did.push(`everywhere ${on} ${JSON.stringify(options)}`);
  setContentProtection = (on: boolean) => this.did.push(`protected ${on}`);
}

let fake: FakeWindow;
let made: BrowserWindowConstructorOptions;
let home: typeof LAPTOP | undefined;
let size: number;
let pop: PopWindow;
let scheduler: ManualScheduler;

beforeEach(() => {
  fake = new FakeWindow();
  scheduler = new ManualScheduler();
  home = SCREEN;
  size = 100;
  pop = createPopWindow({
    preload: '/preload.cjs',
    open: (options) => {
      made = options;
      return fake as unknown as BrowserWindow;
    },
    home: () => home,
    loading: () => undefined,
    focused: () => undefined,
    textSize: { now: () => size, choose: () => undefined },
    closed: () => fake.did.push('closed'),
    scheduler,
    gaveUp: () => fake.did.push('gave up'),
    crashed: (reason) => fake.did.push(`crashed ${reason}`),
    failed: () => undefined,
  });
});

/** Part of the window inside an area, 0–1. */
function inside({ x, y, width, height }: Rectangle, area: Rectangle): number {
  const w = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  const h = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
  return (Math.max(0, w) * Math.max(0, h)) / (width * height);
}

describe('the call window', () => {
  it('is made to lie over full-screen programs, on every desktop, without a place in the taskbar', () => {
    expect(made).toMatchObject({ show: false, alwaysOnTop: true, skipTaskbar: true, fullscreenable: false });
    expect(fake.did).toContain('top true screen-saver');
    expect(fake.did).toContain('everywhere true {"visibleOnFullScreen":true,"skipTransformProcessType":true}');
  });

  // Row 21: a hidden page is slowed down to a turn a minute unless it is told not to be.
  it('goes on at full speed while it is hidden, so that it paints the moment it is shown', () => {
    expect(made.webPreferences).toMatchObject({ backgroundThrottling: false });
  });

  it('comes up without the keyboard, which it gets only when the person asks', () => {
    pop.focus();
    pop.show();
    pop.show();
    expect(fake.did.filter((one) => one !== 'moveTop').slice(-1)).toEqual(['showInactive']);
    expect(fake.did).not.toContain('show');
    expect(fake.did).not.toContain('focus');
    pop.focus();
    expect(fake.did).toContain('focus');
  });

  it('is kept out of screen captures in privacy mode, and only then', () => {
    pop.setPrivate(true);
    pop.setPrivate(false);
    expect(fake.did.slice(-2)).toEqual(['protected true', 'protected false']);
  });

  it('moves to a display that is left when its own is unplugged, whole', () => {
    pop.resize(640);
    pop.show();
    expect(inside(fake.bounds, SCREEN.workArea)).toBe(1);
    home = LAPTOP;
    pop.displaysChanged();
    expect(inside(fake.bounds, LAPTOP.workArea)).toBe(1);
    expect(fake.bounds.height).toBe(640);
  });

  it.each([1, 1.25, 1.5, 2])('fits the work area after a change of scale to %f', (scale) => {
    pop.resize(4_000);
    pop.show();
    const { width, height } = LAPTOP.workArea;
    home = { id: 1, workArea: { x: 0, y: 0, width: Math.round(width / scale), height: Math.round(height / scale) } };
    pop.displaysChanged();
    expect(inside(fake.bounds, home.workArea)).toBe(1);
    expect(fake.bounds.width).toBe(440);
  });

  it('grows with its text, as far as the work area has room', () => {
    pop.resize(300);
    pop.show();
    size = 150;
    pop.textSizeChanged();
    expect(fake.did).toContain('zoom 1.5');
    expect(fake.bounds).toMatchObject({ width: 660, height: 450 });
    size = 200;
    pop.resize(4_000);
    pop.textSizeChanged();
    expect(fake.bounds).toMatchObject({ width: 880, height: 1360 });
    home = LAPTOP;
    pop.displaysChanged();
    expect(inside(fake.bounds, LAPTOP.workArea)).toBe(1);
  });

  it('stays where it appeared while the mouse wanders to another display', () => {
    pop.show();
    home = LAPTOP;
    pop.resize(300);
    expect(inside(fake.bounds, SCREEN.workArea)).toBe(1);
  });

  it('is not shown where its display is gone', () => {
    home = undefined;
    pop.show();
    expect(fake.shown).toBe(false);
  });

  it('is not closed by the keys that close windows, and leaves to the desk what becomes of its call', () => {
    let prevented = false;
    pop.show();
    fake.emit('close', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
    expect(fake.did.at(-1)).toBe('closed');
    expect(fake.shown).toBe(true);
  });

  it('loads its page again after a crash', () => {
    fake.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(fake.did.slice(-2)).toEqual(['crashed crashed', 'load app://desk/screen-pop.html']);
  });

  it('does not load a page for ever that dies whenever it is loaded', () => {
    for (let death = 0; death < 20; death += 1) {
      fake.webContents.emit('render-process-gone', {}, { reason: 'oom' });
      scheduler.advance(20_000);
    }
    const loads = fake.did.filter((one) => one.startsWith('load')).length;
    expect(loads).toBeLessThan(10);
    expect(fake.did).toContain('gave up');
  });
});

describe('the display of the call window', () => {
  const displays = { all: [LAPTOP, SCREEN], primary: LAPTOP, cursor: SCREEN };

  it('is the one with the mouse, the primary one, or all with the mouse’s first', () => {
    expect(homesOf({ display: 'cursor' }, displays)).toEqual([SCREEN]);
    expect(homesOf({ display: 'primary' }, displays)).toEqual([LAPTOP]);
    expect(homesOf({ display: 'all' }, displays)).toEqual([SCREEN, LAPTOP]);
  });

  it('is the chosen one while it is connected, else the primary one', () => {
    expect(homesOf({ display: 'fixed', fixed_display: { id: 2, label: 'DELL' } }, displays)).toEqual([SCREEN]);
    expect(homesOf({ display: 'fixed', fixed_display: { id: 9, label: 'gone' } }, displays)).toEqual([LAPTOP]);
    expect(homesOf({ display: 'fixed' }, displays)).toEqual([LAPTOP]);
  });
});
