/** What can be asked of the journal's thread. The types of the main side are derived from this table. */
import type { HistoryQuery } from '../../shared/contract/history';
import type { OutcomeState } from '../../shared/contract/outcomes';
import type { Sqlite } from './sqlite';
import { CallTable, type CallRecord } from './tables/calls';
import { DialTable, type DialChange, type NewDial } from './tables/dials';
import { DraftTable, type DraftRow } from './tables/drafts';
import { CallbackTable } from './tables/callbacks';
import { NeverCallTable, type NeverCall } from './tables/never-call';
import { OutcomeTable, type NewOutcome, type Settlement } from './tables/outcomes';
import { CallSearch } from './tables/search';
import { WrapUpTable } from './tables/wrap-ups';

export function operationsOn(database: Sqlite) {
  const dials = new DialTable(database);
  const neverCall = new NeverCallTable(database);
  const callbacks = new CallbackTable(database);
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
        calls.decided(outcome.call, outcome.value, outcome.decision.amount);
      },
      settleOutcome: (settlement: Settlement) => outcomes.settle(settlement),
      retryOutcome: (id: string, key: string) => outcomes.retry(id, key),
      wakeOutcomes: () => outcomes.wake(),
      enterWrapUp: (call: string, at: number, endsAt: number | null, owner: string | null) =>
        wrapUps.enter(call, at, endsAt, owner),
      extendWrapUp: (call: string, endsAt: number) => wrapUps.extend(call, endsAt),
      leaveWrapUp: (call: string, at: number) => wrapUps.leave(call, at),
      putDial: (dial: NewDial) => dials.put(dial),
      changeDial: (change: DialChange) => dials.change(change),
      interruptedDials: () => dials.interrupted(),
      putNeverCall: (request: NeverCall, digits: readonly string[]) => neverCall.put(request, digits),
      settleNeverCall: (id: string, at: number) => neverCall.settle(id, at),
      liftBlock: (digits: string, corrected: number) => neverCall.lift(digits, corrected),
      keepCallbacks: (agent: string, rows: string, at: number) => callbacks.keep(agent, rows, at),
      putCall: (record: CallRecord) => calls.put(record),
      /** Forgets calls older than `before`, at most `limit`, except those whose outcome the relay does not have yet. */
      pruneCalls: (before: number, limit: number) => calls.prune(before, limit),
      /** Forgets the small things that are older; what the relay does not have yet is kept. */
      pruneTrail: (before: number) => {
        outcomes.prune(before);
        wrapUps.prune(before);
        dials.prune(before);
      },
    },
    reads: {
      draft: (call: string) => drafts.get(call),
      draftedCalls: () => drafts.calls(),
      dueOutcomes: (owner: string, now: number, limit: number) => outcomes.due(owner, now, limit),
      recheckOutcomes: (owner: string, now: number, limit: number) => outcomes.rechecks(owner, now, limit),
      nextTryAt: (owner: string, now: number) => outcomes.nextTryAt(owner, now),
      outcomesOf: (call: string) => outcomes.trail(call),
      listOutcomes: (states: readonly OutcomeState[], before: number, limit: number, owner: string | null = null) =>
        outcomes.list(states, before, limit, owner),
      outcomeCounts: (owner: string | null = null) => outcomes.counts(owner),
      blocked: (digits: string) => outcomes.blocked(digits),
      unsentNeverCall: () => neverCall.unsent(),
      keptCallbacks: () => callbacks.kept(),
      openDials: () => dials.open(),
      dialsMade: (from: number, to: number) => dials.made(from, to),
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
