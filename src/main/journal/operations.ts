/** What can be asked of the journal's thread. The types of the main side are derived from this table. */
import type { HistoryQuery } from '../../shared/contract/history';
import type { OutcomeState } from '../../shared/contract/outcomes';
import type { Sqlite } from './sqlite';
import { CallTable, type CallRecord } from './tables/calls';
import { DraftTable, type DraftRow } from './tables/drafts';
import { OutcomeTable, type NewOutcome, type Settlement } from './tables/outcomes';
import { CallSearch } from './tables/search';
import { WrapUpTable } from './tables/wrap-ups';

export function operationsOn(database: Sqlite) {
  const drafts = new DraftTable(database);
  const outcomes = new OutcomeTable(database);
  const wrapUps = new WrapUpTable(database);
  const calls = new CallTable(database);
  const search = new CallSearch(database, calls);
  return {
    /** All writes that have come in share one commit; each is answered after it. */
    writes: {
      putDraft: (draft: DraftRow, at: number) => drafts.put(draft, at),
      /** The outcome, its do-not-call block, the end of its draft: all of it or nothing. */
      saveOutcome: (outcome: NewOutcome) => {
        outcomes.insert(outcome);
        drafts.remove(outcome.call);
        wrapUps.saved(outcome.call, outcome.decided_at);
        calls.decided(outcome.call, outcome.value);
      },
      settleOutcome: (settlement: Settlement) => outcomes.settle(settlement),
      retryOutcome: (id: string, key: string) => outcomes.retry(id, key),
      wakeOutcomes: () => outcomes.wake(),
      enterWrapUp: (call: string, at: number, endsAt: number | null) => wrapUps.enter(call, at, endsAt),
      extendWrapUp: (call: string, endsAt: number) => wrapUps.extend(call, endsAt),
      leaveWrapUp: (call: string, at: number) => wrapUps.leave(call, at),
      putCall: (record: CallRecord) => calls.put(record),
      /** Forgets calls older than `before`, at most `limit`, except those whose outcome the relay does not have yet. */
      pruneCalls: (before: number, limit: number) => calls.prune(before, limit),
      /** Forgets the small things that are older; what the relay does not have yet is kept. */
      pruneTrail: (before: number) => {
        outcomes.prune(before);
        wrapUps.prune(before);
      },
    },
    reads: {
      draft: (call: string) => drafts.get(call),
      draftedCalls: () => drafts.calls(),
      dueOutcomes: (now: number, limit: number) => outcomes.due(now, limit),
      recheckOutcomes: (now: number, limit: number) => outcomes.rechecks(now, limit),
      nextTryAt: (now: number) => outcomes.nextTryAt(now),
      outcomesOf: (call: string) => outcomes.trail(call),
      listOutcomes: (states: readonly OutcomeState[], before: number, limit: number) =>
        outcomes.list(states, before, limit),
      outcomeCounts: () => outcomes.counts(),
      blocked: (digits: string) => outcomes.blocked(digits),
      wrapUp: (call: string) => wrapUps.get(call),
      openWrapUps: () => wrapUps.open(),
      searchCalls: (query: HistoryQuery) => search.find(query),
      callSnapshot: (call: string) => calls.snapshot(call),
      takenCalls: (from: number, to: number) => ({ ...calls.taken(from, to), wrap_up_s: wrapUps.seconds(from, to) }),
    },
  };
}

type Tables = ReturnType<typeof operationsOn>;
export type Operations = Tables['writes'] & Tables['reads'];
export type OperationName = keyof Operations;

/** One request to the thread, with the arguments of its operation. */
export type JournalRequest = {
  [N in OperationName]: { id: number; name: N; args: Parameters<Operations[N]> };
}[OperationName];
