/** Where the pop window lies: bottom-right of a display's work area, inside it whatever its size. Pure. */
import type { Rectangle } from 'electron';

/** CSS px (UX.md "Screen pop"). */
export const POP_WIDTH = 440;
export const POP_MAX_HEIGHT = 680;
export const POP_MIN_HEIGHT = 120;
/** Distance from the edges of the work area. */
export const POP_MARGIN = 16;

/** @param workArea of the display, DIP @param wanted height the content needs */
export function placePop(workArea: Rectangle, wanted: number): Rectangle {
  const width = Math.min(POP_WIDTH, workArea.width);
  const room = Math.max(0, workArea.height - 2 * POP_MARGIN);
  const height = Math.round(Math.min(Math.max(wanted, POP_MIN_HEIGHT), POP_MAX_HEIGHT, room));
  const x = Math.max(workArea.x, workArea.x + workArea.width - width - POP_MARGIN);
  const y = Math.max(workArea.y, workArea.y + workArea.height - height - POP_MARGIN);
  return { x: Math.round(x), y: Math.round(y), width, height };
}
