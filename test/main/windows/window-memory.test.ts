import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitInside, leastSize, readBounds, writeBounds } from '../../../src/main/windows/window-memory';

const LAPTOP = { x: 0, y: 0, width: 1366, height: 728 };
const BESIDE = { x: 1366, y: 0, width: 1920, height: 1040 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-bounds-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the place of the workspace', () => {
  it('stays where it is as long as enough of it can be seen', () => {
    const bounds = { x: 1300, y: 10, width: 800, height: 600 };
    expect(fitInside(bounds, [LAPTOP, BESIDE])).toBe(bounds);
  });

  it('comes back when its display went away', () => {
    const undocked = fitInside({ x: 2000, y: 300, width: 1240, height: 700 }, [LAPTOP]);
    expect(undocked).toEqual({ x: 126, y: 28, width: 1240, height: 700 });
  });

  it('shrinks onto a small display', () => {
    expect(fitInside({ x: 5000, y: 5000, width: 2400, height: 1300 }, [LAPTOP])).toEqual(LAPTOP);
  });

  it('is remembered, and forgotten when it cannot be read', () => {
    const file = path.join(folder, 'window.json');
    expect(readBounds(file)).toBeUndefined();
    writeBounds(file, LAPTOP);
    expect(readBounds(file)).toEqual(LAPTOP);
    writeFileSync(file, '{"x":"left"}');
    expect(readBounds(file)).toBeUndefined();
  });
});

it('a window needs as much more as its text is larger, and never more than the display has', () => {
  const least = { width: 640, height: 480 };
  expect(leastSize(least, LAPTOP, 1)).toEqual(least);
  expect(leastSize(least, LAPTOP, 1.5)).toEqual({ width: 960, height: 720 });
  expect(leastSize(least, LAPTOP, 2)).toEqual({ width: 1280, height: 728 });
});
