import { beforeEach, describe, expect, it } from 'vitest';
import { CoverWatch, LOOK_AFTER_MS, isCovered } from '../../../src/main/windows/cover-watch';
import type { Sight } from '../../../src/main/windows/cover-watch';
import { coveredPart, hiddenPart, parseGeometry, parseStacking } from '../../../src/main/windows/stacking';
import type { HelperResult } from '../../../src/main/session-bus/session-bus';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const seen: Sight = { visible: true, alwaysOnTop: true, covered: 0 };

describe('whether the call window is covered', () => {
  it.each([
    [seen, false],
    [{ ...seen, covered: undefined }, false],
    [{ ...seen, covered: 0.2 }, false],
    [{ ...seen, covered: 0.9 }, true],
    [{ ...seen, visible: false }, true],
    [{ ...seen, alwaysOnTop: false }, true],
  ] as const)('%o: %s', (sight, covered) => {
    expect(isCovered(sight)).toBe(covered);
  });
});

describe('the watch over the call window', () => {
  let scheduler: ManualScheduler;
  let sights: (Sight | undefined)[];
  let did: string[];
  let watch: CoverWatch;
  const look = async () => {
    scheduler.advance(LOOK_AFTER_MS);
    await settled();
  };

  beforeEach(() => {
    scheduler = new ManualScheduler();
    did = [];
    watch = new CoverWatch({
      scheduler,
      look: () => Promise.resolve(sights.shift()),
      raise: () => did.push('raise'),
      changed: (covered) => did.push(covered ? 'covered' : 'seen'),
    });
  });

  it('says nothing of one that is seen', async () => {
    sights = [seen];
    watch.shown();
    await look();
    expect(did).toEqual([]);
  });

  it('raises one that is covered, and is content when that helps', async () => {
    sights = [{ ...seen, covered: 1 }, seen];
    watch.shown();
    await look();
    await look();
    expect(did).toEqual(['raise']);
  });

  it('tells when raising does not help, once, and takes it back when the call is over', async () => {
    sights = [
      { ...seen, covered: 1 },
      { ...seen, covered: 1 },
    ];
    watch.shown();
    await look();
    await look();
    await look();
    expect(did).toEqual(['raise', 'covered']);
    expect(watch.covered).toBe(true);
    watch.hidden();
    expect(did).toEqual(['raise', 'covered', 'seen']);
  });

  it('judges nothing that was hidden meanwhile', async () => {
    sights = [
      { ...seen, visible: false },
      { ...seen, visible: false },
    ];
    watch.shown();
    watch.hidden();
    await look();
    await look();
    expect(did).toEqual([]);
  });
});

describe('what lies over a window of the X server', () => {
  const geometry = (x: number, y: number, width: number, height: number) =>
    `  Absolute upper-left X:  ${x}\n  Absolute upper-left Y:  ${y}\n  Width: ${width}\n  Height: ${height}\n  Map State: IsViewable\n`;

  it('is read from the window manager’s order', () => {
    expect(parseStacking('_NET_CLIENT_LIST_STACKING(WINDOW): window id # 0x1e00003, 0x2000003\n')).toEqual([
      0x1e00003, 0x2000003,
    ]);
    expect(parseStacking('_NET_CLIENT_LIST_STACKING:  not found.\n')).toEqual([]);
  });

  it('does not count what is not on the screen', () => {
    expect(parseGeometry(geometry(-5, 10, 440, 680))).toEqual({ x: -5, y: 10, width: 440, height: 680 });
    expect(parseGeometry(geometry(0, 0, 1, 1).replace('IsViewable', 'IsUnMapped'))).toBeUndefined();
    expect(parseGeometry('Map State: IsViewable')).toBeUndefined();
  });

  it('is counted as the part of the window that it hides', () => {
    const window = { x: 100, y: 100, width: 100, height: 100 };
    expect(hiddenPart(window, [])).toBe(0);
    expect(hiddenPart(window, [{ x: 150, y: 0, width: 500, height: 500 }])).toBe(0.5);
    expect(hiddenPart(window, [{ x: 0, y: 0, width: 50, height: 50 }])).toBe(0);
    expect(hiddenPart(window, [window, window])).toBe(1);
  });

  const server = (order: string, windows: Record<string, string>) => (command: string, args: readonly string[]) =>
    Promise.resolve<HelperResult>(
      command === 'xprop'
        ? { status: 'answered', output: `_NET_CLIENT_LIST_STACKING(WINDOW): window id # ${order}` }
        : { status: 'answered', output: windows[args[1] ?? ''] ?? '' },
    );

  it('is only what is above it', async () => {
    const windows = {
      '0x1': geometry(0, 0, 100, 100),
      '0x2': geometry(0, 0, 100, 100),
      '0x3': geometry(0, 0, 100, 40),
    };
    expect(await coveredPart(2, server('0x1, 0x2, 0x3', windows))).toBe(0.4);
    expect(await coveredPart(3, server('0x1, 0x2, 0x3', windows))).toBe(0);
  });

  it('is unknown where the tools are missing, or the server does not know the window', async () => {
    expect(await coveredPart(2, () => Promise.resolve({ status: 'not_installed' }))).toBeUndefined();
    expect(await coveredPart(9, server('0x1, 0x2', {}))).toBeUndefined();
  });
});
