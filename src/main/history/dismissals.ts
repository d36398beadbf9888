/** Pops the person put away, kept in the journal: they do not come back after a restart. */
import type { Journal } from '../journal/journal';

export interface KeptDismissals {
  has(event: string): boolean;
  /** @param call whose escalation `event` is, where known */
  add(event: string, call?: string): void;
}

export async function loadDismissals(
  journal: Pick<Journal, 'ask'>,
  now: () => number,
  failed: (what: string, cause: unknown) => void,
): Promise<KeptDismissals> {
  const events = new Set((await journal.ask('dismissals')).map(({ event }) => event));
  return {
    has: (event) => events.has(event),
    add(event, call = '') {
      if (events.has(event)) return;
      events.add(event);
      journal.ask('addDismissal', { call, event }, now()).catch((error: unknown) => {
        failed('dismissal.not_kept', error);
      });
    },
  };
}
