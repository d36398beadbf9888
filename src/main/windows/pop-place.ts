/** Where the pop window lies: on which displays, bottom-right of the work area, inside it whatever its size. Pure. */
import type { Rectangle } from 'electron';
import type { Settings } from '../../shared/contract/settings';

/** CSS px (UX.md "Screen pop"). */
export const POP_WIDTH = 440;
export const POP_MAX_HEIGHT = 680;
export const POP_MIN_HEIGHT = 120;
/** Distance from the edges of the work area. */
export const POP_MARGIN = 16;

/** @param workArea of the display, DIP @param wanted height the content needs, CSS px @param zoom DIP per CSS px */
export function placePop(workArea: Rectangle, wanted: number, zoom = 1): Rectangle {
  const width = Math.round(Math.min(POP_WIDTH * zoom, workArea.width));
  const room = Math.max(0, workArea.height - 2 * POP_MARGIN);
  const height = Math.round(Math.min(zoom * Math.min(Math.max(wanted, POP_MIN_HEIGHT), POP_MAX_HEIGHT), room));
  const x = Math.max(workArea.x, workArea.x + workArea.width - width - POP_MARGIN);
  const y = Math.max(workArea.y, workArea.y + workArea.height - height - POP_MARGIN);
  return { x: Math.round(x), y: Math.round(y), width, height };
}

/** Where the agent wants it (section `pop` of the settings). */
export type PopDisplay = Pick<Settings['pop'], 'display' | 'fixed_display'>;

/** The displays there are at this moment. */
export interface Displays<D extends { id: number }> {
  all: readonly D[];
  primary: D;
  /** The one with the mouse. */
  cursor: D;
}

/**
 * The displays that show the call, at least one; the first has the keyboard shortcut and the sound. A chosen display
 * that is not connected gives way to the primary one.
 */
export function homesOf<D extends { id: number }>(
  { display, fixed_display }: PopDisplay,
  { all, primary, cursor }: Displays<D>,
): [D, ...D[]] {
  switch (display) {
    case 'cursor':
      return [cursor];
    case 'primary':
      return [primary];
    case 'fixed':
      return [all.find(({ id }) => id === fixed_display?.id) ?? primary];
    case 'all':
      return [cursor, ...all.filter(({ id }) => id !== cursor.id)];
  }
}

/** Whether the middle of a window lies on this display. */
export function standsOn({ x, y, width, height }: Rectangle, { bounds }: { bounds: Rectangle }): boolean {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const across = middleX >= bounds.x && middleX < bounds.x + bounds.width;
  return across && middleY >= bounds.y && middleY < bounds.y + bounds.height;
}
