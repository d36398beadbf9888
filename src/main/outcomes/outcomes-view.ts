/** What the workspace shows of all outcomes, read from the journal. */
import type { OutcomesView } from '../../shared/contract/outcomes';
import type { Journal } from '../journal/journal';

/** Calls whose state is published: more than fits a shift. */
const RECENT = 200;

export async function outcomesView(
  journal: Journal,
  sending: ReadonlySet<string>,
  owner: string | undefined,
): Promise<Omit<OutcomesView, 'wrap_ups' | 'next_state'>> {
  const [counts, recent, drafted] = await Promise.all([
    journal.ask('outcomeCounts', owner ?? null),
    journal.ask('listOutcomes', [], Number.MAX_SAFE_INTEGER, RECENT),
    journal.ask('draftedCalls'),
  ]);
  const calls = new Map<string, OutcomesView['calls'][number]>();
  // A draft was begun after the outcome it stands beside: saving takes the draft away.
  for (const call of drafted.slice(0, RECENT)) calls.set(call, { call, state: 'draft' });
  for (const { id, call, state, why } of recent) {
    if (calls.has(call)) continue;
    calls.set(call, {
      call,
      state: sending.has(id) ? 'sending' : state,
      ...(why === undefined ? {} : { why }),
    });
  }
  return { storage: journal.storage, ...counts, calls: [...calls.values()] };
}
