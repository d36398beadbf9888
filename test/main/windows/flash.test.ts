import { beforeEach, describe, expect, it } from 'vitest';
import { Flash } from '../../../src/main/windows/flash';

describe('the flash in the taskbar', () => {
  let focused: boolean;
  let gone: boolean;
  let flashes: boolean[];
  let flash: Flash;

  beforeEach(() => {
    focused = false;
    gone = false;
    flashes = [];
    flash = new Flash({ flash: (on) => flashes.push(on), focused: () => focused, gone: () => gone });
  });

  it('lasts from the call until the person turns to the desk', () => {
    flash.start();
    flash.start();
    flash.stop();
    flash.stop();
    expect(flashes).toEqual([true, true, false]);
  });

  it('does not begin under the eyes of the person', () => {
    focused = true;
    flash.start();
    flash.stop();
    expect(flashes).toEqual([]);
  });

  it('asks nothing of a window that is gone', () => {
    flash.start();
    gone = true;
    flash.stop();
    flash.start();
    expect(flashes).toEqual([true]);
  });
});
