/** What every desk saw, and who won every call, held against the log as a supervisor reads it in the end. */
import { isOneRegister, type ClaimOperation } from '../../support/chaos/claim-history';
import type { Renewal, SeenEvent } from '../../support/chaos/desk-probe';
import { DESK_LIMITS } from '../../../src/shared/contract/desk-protocol';

/** A snapshot holds no more calls than this (docs/protocol.md). */
const SNAPSHOT_CALLS = 500;
const LEASE_MS = DESK_LIMITS.leaseS * 1000;

export interface SeenByDesk {
  seen: readonly SeenEvent[];
  renewals: readonly Renewal[];
}

const placed = (events: readonly SeenEvent[]) => events.map(({ offset, id }) => `${offset} ${id}`).join('\n');

/**
 * A desk must have applied exactly what concerns it, in order, with no gap and nothing twice; where it had to begin again,
 * its snapshots must hold every call it knew.
 * @param mine the log's events that concern the desk's agent
 * @param from offset at which the desk came in
 * @param head last offset of the log when it was read
 * @param lossy what the log lost may have been seen before a renewal
 */
export function viewProblems(
  mine: readonly SeenEvent[],
  { seen, renewals }: SeenByDesk,
  { from, head, lossy }: { from: number; head: number; lossy: boolean },
): string[] {
  const problems: string[] = [];
  const starts = [{ offset: from, after: 0 }, ...renewals];
  for (const [n, { offset, after }] of starts.entries()) {
    const next = starts[n + 1];
    // Leases may have run out since the log was read.
    const chapter = seen.slice(after, next?.after).filter((event) => event.offset <= head);
    const upTo = next === undefined ? Infinity : (chapter.at(-1)?.offset ?? offset);
    if (lossy && next !== undefined) continue;
    const wanted = mine.filter((event) => event.offset > offset && event.offset <= upTo);
    if (placed(chapter) === placed(wanted)) continue;
    const at = chapter.findIndex((event, k) => event.offset !== wanted[k]?.offset || event.id !== wanted[k].id);
    const place = `from ${offset}${next === undefined ? '' : ` up to ${upTo}`}`;
    problems.push(
      `a desk applied ${chapter.length} events and not the log's ${wanted.length} ${place}, other from event ${at} on`,
    );
  }
  for (const { offset, calls } of renewals) {
    if (calls.length >= SNAPSHOT_CALLS) continue;
    const given = new Set(calls);
    const missing = new Set(mine.filter((event) => event.offset <= offset).map(({ call }) => call));
    for (const call of given) missing.delete(call);
    if (missing.size > 0 && !lossy) problems.push(`${missing.size} calls are missing in a snapshot`);
  }
  return problems;
}

/** The log itself must never give a call to somebody while another has it. */
export function logClaimProblems(log: readonly SeenEvent[]): string[] {
  const holders = new Map<string, string>();
  const problems: string[] = [];
  for (const { type, call = '', agent = '', offset } of log) {
    const holder = holders.get(call);
    if (type === 'call.claimed') {
      if (holder !== undefined && holder !== agent)
        problems.push(`${call} was given to ${agent} at ${offset} while ${holder} had it`);
      holders.set(call, agent);
    } else if (type === 'call.released') {
      if (holder !== agent)
        problems.push(`${call} was released at ${offset} by ${agent}, but ${holder ?? 'nobody'} had it`);
      holders.delete(call);
    }
  }
  return problems;
}

/** A lease may have run out in a race that an outage drew out: the register then became free at some moment. */
function withLapses(operations: readonly ClaimOperation[]): ClaimOperation[] {
  const first = Math.min(...operations.map(({ start }) => start));
  const last = Math.max(...operations.map(({ start, end }) => (end === Infinity ? start : end)));
  if (last - first < LEASE_MS) return [...operations];
  const winners = new Set(operations.filter(({ kind }) => kind === 'claim').map(({ agent }) => agent));
  const lapse = {
    kind: 'release' as const,
    start: first + LEASE_MS,
    end: Infinity,
    result: { is: 'unknown' as const },
  };
  return [...operations, ...[...winners].map((agent) => ({ ...lapse, agent }))];
}

/** Every call's claims must be the history of one register, and every claim that was granted must stand in the log. */
export function raceProblems(histories: ReadonlyMap<string, ClaimOperation[]>, log: readonly SeenEvent[]): string[] {
  const granted = new Set(
    log.filter(({ type }) => type === 'call.claimed').map(({ call, agent }) => `${call} ${agent}`),
  );
  const problems: string[] = [];
  for (const [call, operations] of histories) {
    if (!isOneRegister(withLapses(operations)))
      problems.push(`${call} was not one register: ${JSON.stringify(operations)}`);
    for (const { agent, kind, result } of operations) {
      if (kind !== 'claim' || result.is !== 'ok' || granted.has(`${call} ${agent}`)) continue;
      problems.push(`${agent} was told to have ${call}, which the log does not know`);
    }
  }
  return problems;
}
