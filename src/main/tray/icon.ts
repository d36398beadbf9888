/** Tray images drawn from numbers: a filled disc per state, a ring when not connected. Pure. */
import type { AgentState } from '../../shared/contract/desk-protocol';

export type TrayState = 'available' | 'away' | 'waiting' | 'offline';

/** Colours that read on light and dark panels: red, green, blue. */
const COLOURS: Record<TrayState, readonly [number, number, number]> = {
  available: [46, 160, 67],
  away: [219, 171, 9],
  waiting: [218, 54, 51],
  offline: [139, 148, 158],
};

/** Opacity 0–1 of the pixel at this distance from the centre, with a soft edge. */
function coverage(distance: number, radius: number, hollow: boolean): number {
  const outer = Math.min(1, Math.max(0, radius - distance + 0.5));
  if (!hollow) return outer;
  const inner = Math.min(1, Math.max(0, radius * 0.6 - distance + 0.5));
  return outer - inner;
}

/** Square bitmap, 4 bytes per pixel in the order blue, green, red, alpha (premultiplied). */
export function drawTrayIcon(state: TrayState, size: number): Buffer {
  const [red, green, blue] = COLOURS[state];
  const bitmap = Buffer.alloc(size * size * 4);
  const centre = (size - 1) / 2;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const alpha = coverage(Math.hypot(x - centre, y - centre), size * 0.42, state === 'offline');
      bitmap.set(
        [blue, green, red, 255].map((channel) => Math.round(channel * alpha)),
        (y * size + x) * 4,
      );
    }
  }
  return bitmap;
}

/** Not connected comes first: nothing else shown would be true. */
export function trayState({ live, state, waiting }: { live: boolean; state: AgentState; waiting: number }): TrayState {
  if (!live || state === 'offline') return 'offline';
  if (waiting > 0) return 'waiting';
  return state === 'available' ? 'available' : 'away';
}
