/** Escalations the person put away, remembered across restarts: a dismissed pop does not come back. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file';

/** More than a month of declines; the oldest are forgotten first, long after the relay stopped offering them. */
const MAX_REMEMBERED = 2_000;

const fileSchema = z.object({ events: z.array(z.string().max(300)).max(MAX_REMEMBERED) });

export interface Dismissals {
  has(event: string): boolean;
  add(event: string): void;
}

/**
 * @param file JSON in the profile; holds event ids only. One that cannot be read counts as empty: the worst that
 * follows is a pop seen twice.
 */
export function openDismissals(file: string, log: (what: string, cause: unknown) => void): Dismissals {
  const events = new Set<string>();
  try {
    if (existsSync(file)) {
      for (const event of fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).events) events.add(event);
    }
  } catch (error) {
    log('dismissals.unreadable', error);
  }
  return {
    has: (event) => events.has(event),
    add(event) {
      if (events.has(event)) return;
      events.add(event);
      const kept = [...events].slice(-MAX_REMEMBERED);
      try {
        writeFileAtomic(file, JSON.stringify({ events: kept }));
      } catch (error) {
        log('dismissals.not_saved', error);
      }
    },
  };
}
