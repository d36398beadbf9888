import { describe, expect, it } from 'vitest';
import { POP_MAX_HEIGHT, placePop } from '../../../src/main/windows/pop-place';

const DISPLAYS = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: -200, width: 2560, height: 1400 },
  { x: -1366, y: 100, width: 1366, height: 728 },
  { x: 0, y: 0, width: 960, height: 500 },
  { x: 0, y: 0, width: 320, height: 200 },
];

describe('the place of the pop', () => {
  it('is the bottom right of the work area', () => {
    expect(placePop({ x: 0, y: 0, width: 1920, height: 1040 }, 400)).toEqual({
      x: 1464,
      y: 624,
      width: 440,
      height: 400,
    });
  });

  it.each(DISPLAYS)('lies wholly inside the work area of $width × $height at $x,$y', (area) => {
    for (const wanted of [0, 300, 680, 4000]) {
      const place = placePop(area, wanted);
      expect(place.x).toBeGreaterThanOrEqual(area.x);
      expect(place.y).toBeGreaterThanOrEqual(area.y);
      expect(place.x + place.width).toBeLessThanOrEqual(area.x + area.width);
      expect(place.y + place.height).toBeLessThanOrEqual(area.y + area.height);
      expect(place.height).toBeLessThanOrEqual(POP_MAX_HEIGHT);
    }
  });
});
