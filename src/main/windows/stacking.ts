/**
 * What lies over a window of the X server, asked of the server's own tools where they are installed. The window manager
 * keeps the order of its windows; nothing else tells whether "always on top" was obeyed.
 */
import type { Rectangle } from 'electron';
import type { RunHelper } from '../session-bus/session-bus';

/** Windows above that are looked at: the pop should have none. */
const MOST_ABOVE = 8;

/** The windows' numbers, lowest first. */
export function parseStacking(output: string): number[] {
  const list = /_NET_CLIENT_LIST_STACKING\(WINDOW\): window id # (.*)/.exec(output)?.[1] ?? '';
  return [...list.matchAll(/0x[0-9a-f]+/g)].map(([id]) => Number.parseInt(id, 16));
}

/** Where a window lies, physical px; undefined when it is not on the screen or the output is not understood. */
export function parseGeometry(output: string): Rectangle | undefined {
  if (!output.includes('Map State: IsViewable')) return undefined;
  const value = (label: string) => Number(new RegExp(`${label}:\\s+(-?\\d+)`).exec(output)?.[1] ?? Number.NaN);
  const [x, y] = [value('Absolute upper-left X'), value('Absolute upper-left Y')];
  const [width, height] = [value('Width'), value('Height')];
  return [x, y, width, height].some(Number.isNaN) ? undefined : { x, y, width, height };
}

/** Part of `window`, 0–1, that the others lie over; those that overlap each other count twice, at most the whole. */
export function hiddenPart(window: Rectangle, others: readonly Rectangle[]): number {
  const area = window.width * window.height;
  if (area === 0) return 0;
  const over = others.map((other) => {
    const width = Math.min(window.x + window.width, other.x + other.width) - Math.max(window.x, other.x);
    const height = Math.min(window.y + window.height, other.y + other.height) - Math.max(window.y, other.y);
    return Math.max(0, width) * Math.max(0, height);
  });
  return Math.min(1, over.reduce((sum, part) => sum + part, 0) / area);
}

/** @param id the server's number of the window @returns part of it that is covered; undefined: nobody can tell */
export async function coveredPart(id: number, run: RunHelper): Promise<number | undefined> {
  const order = await run('xprop', ['-root', '_NET_CLIENT_LIST_STACKING']);
  const ids = order.status === 'answered' ? parseStacking(order.output) : [];
  if (!ids.includes(id)) return undefined;
  const above = ids.slice(ids.indexOf(id) + 1).slice(-MOST_ABOVE);
  if (above.length === 0) return 0;
  const lie = async (window: number) => {
    const found = await run('xwininfo', ['-id', `0x${window.toString(16)}`]);
    return found.status === 'answered' ? parseGeometry(found.output) : undefined;
  };
  const [own, ...others] = await Promise.all([id, ...above].map(lie));
  return own === undefined
    ? undefined
    : hiddenPart(
        own,
        others.filter((other) => other !== undefined),
      );
}
