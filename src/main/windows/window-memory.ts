/** Where the workspace was, brought back inside a display that is really there. */
import { existsSync, readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Part of a window that must lie inside a work area for it to stay where it is. */
const ENOUGH = 0.8;

/**
 * The bounds themselves when enough of them lies inside one work area; else moved, and shrunk if need be, into the area
 * they touch most (the first one when they touch none). @param areas work areas of the displays, the primary one first
 */
export function fitInside(bounds: Rectangle, areas: readonly Rectangle[]): Rectangle {
  const [first] = areas;
  if (first === undefined) return bounds;
  const best = areas.reduce((a, b) => (overlap(bounds, b) > overlap(bounds, a) ? b : a), first);
  if (overlap(bounds, best) >= ENOUGH * bounds.width * bounds.height) return bounds;
  const width = Math.min(bounds.width, best.width);
  const height = Math.min(bounds.height, best.height);
  return {
    width,
    height,
    x: Math.min(Math.max(bounds.x, best.x), best.x + best.width - width),
    y: Math.min(Math.max(bounds.y, best.y), best.y + best.height - height),
  };
}

type Size = Pick<Rectangle, 'width' | 'height'>;

/** What a window needs at the least for its text at this zoom, and never more than the display has. */
export function leastSize({ width, height }: Size, room: Size, zoom: number): Size {
  return {
    width: Math.min(Math.round(width * zoom), room.width),
    height: Math.min(Math.round(height * zoom), room.height),
  };
}

/** Undefined when nothing was kept or it cannot be read: then the system chooses. */
export function readBounds(file: string): Rectangle | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return boundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeBounds(file: string, bounds: Rectangle): void {
  writeFileAtomic(file, JSON.stringify(bounds));
}
