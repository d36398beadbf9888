/** The floor from calls and agents. Pure: what counts as waiting, missed and claimed is decided here. */
import type { z } from 'zod';
import type { CallSnapshot } from '../../shared/contract/call';
import type { FloorAnswer, floorCallSchema, floorDoingSchema } from '../../shared/contract/floor';
import { claimantOf, escalationsOf, phaseOf } from '../../shared/lib/call-view';
import type { AgentPresence } from './port';

/** Who has waited this long is not on the line any more, whatever the platform forgot to say. */
const GIVEN_UP_MS = 30 * 60_000;
/** Rows of a list that a person can look through. */
const MAX_ROWS = 200;

export interface FloorParts {
  /** Epoch ms. */
  now: number;
  from: number;
  calls: Iterable<CallSnapshot>;
  agents: readonly AgentPresence[];
  /** Lead times in ms, shortest first. */
  leads: readonly number[];
  /** Names of the queues and agents that an escalation is for. */
  meantFor: (target: { to?: string; label?: string }) => string[];
}

type FloorCall = z.infer<typeof floorCallSchema>;

interface Escalated {
  call: CallSnapshot;
  /** When the caller began to wait, epoch ms. */
  since: number;
  waiting: boolean;
  missed: boolean;
  claimed: boolean;
}

function escalated(call: CallSnapshot, now: number): Escalated | undefined {
  const latest = escalationsOf(call)[0];
  if (latest === undefined || call.test) return undefined;
  const since = Math.min(Date.parse(latest.at), Date.parse(latest.received));
  const over = ['ended', 'failed'].includes(phaseOf(call)) || now - since > GIVEN_UP_MS;
  const claimed = call.claim !== undefined || call.dispositions.agent !== undefined;
  const held = claimantOf(call, now) !== undefined || call.dispositions.agent !== undefined;
  return { call, since, claimed, waiting: !over && !held && !latest.late, missed: !claimed && (over || latest.late) };
}

function rowOf({ call, since }: Escalated, meantFor: FloorParts['meantFor']): FloorCall {
  const { to, label, trigger } = escalationsOf(call)[0] ?? {};
  const name = call.fields.contact_name?.value;
  return {
    call: call.call,
    since: new Date(since).toISOString(),
    meant_for: meantFor({ ...(to === undefined ? {} : { to }), ...(label === undefined ? {} : { label }) }),
    ...(name === undefined ? {} : { name }),
    ...(trigger === undefined ? {} : { trigger }),
  };
}

/** Calls that agents have right now, by agent. */
function onCalls(calls: Iterable<CallSnapshot>, now: number): Map<string, { call: string; since: string }> {
  const busy = new Map<string, { call: string; since: string }>();
  for (const call of calls) {
    const holder = claimantOf(call, now);
    if (holder === undefined || ['ended', 'failed'].includes(phaseOf(call)) || call.claim === undefined) continue;
    busy.set(holder.id, { call: call.call, since: call.claim.at });
  }
  return busy;
}

function agentsOf({ agents, now }: FloorParts, calls: readonly CallSnapshot[]): FloorAnswer['agents'] {
  const busy = onCalls(calls, now);
  return agents.map(({ agent, connected, state, since }) => {
    const on = busy.get(agent.id);
    const doing: z.infer<typeof floorDoingSchema> = on !== undefined ? 'call' : connected ? state : 'offline';
    const began = on?.since ?? (since === undefined ? undefined : new Date(since).toISOString());
    return {
      id: agent.id,
      name: agent.name,
      role: agent.role,
      queues: agent.queues,
      doing,
      ...(began === undefined ? {} : { since: began }),
      ...(on === undefined ? {} : { call: on.call }),
    };
  });
}

function outcomesOf(calls: readonly CallSnapshot[], from: number): FloorAnswer['outcomes'] {
  const counts = new Map<string, { ai: string; agent: string; count: number }>();
  for (const { test, dispositions } of calls) {
    const { ai, agent } = dispositions;
    if (test || ai === undefined || agent === undefined || Date.parse(agent.at) < from) continue;
    const key = JSON.stringify([ai.value.value, agent.value.value]);
    const known = counts.get(key) ?? { ai: ai.value.value, agent: agent.value.value, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.ai < b.ai ? -1 : 1)).slice(0, MAX_ROWS);
}

/** Nearest rank: the smallest value that at least this part of all values do not exceed. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

/** Everything but the lists of leads. */
export function floorOf(parts: FloorParts): Omit<FloorAnswer, 'lists'> {
  const { now, from, leads, meantFor } = parts;
  const calls = [...parts.calls];
  const asked = calls.flatMap((call) => escalated(call, now) ?? []);
  const today = asked.filter(({ since }) => since >= from);
  const missed = today.filter((one) => one.missed);
  const decided = calls.filter(({ test, dispositions: { agent } }) => !test && agent && Date.parse(agent.at) >= from);
  const waiting = asked.filter((one) => one.waiting).sort((a, b) => a.since - b.since);
  return {
    now: new Date(now).toISOString(),
    from: new Date(from).toISOString(),
    agents: agentsOf(parts, calls),
    waiting: waiting.slice(0, MAX_ROWS).map((one) => rowOf(one, meantFor)),
    missed: missed
      .sort((a, b) => b.since - a.since)
      .slice(0, MAX_ROWS)
      .map((one) => rowOf(one, meantFor)),
    counts: {
      escalations: today.length,
      claimed: today.filter((one) => one.claimed).length,
      missed: missed.length,
      decided: decided.length,
    },
    context_lead_ms:
      leads.length === 0 ? null : { count: leads.length, p50: percentile(leads, 0.5), p95: percentile(leads, 0.95) },
    outcomes: outcomesOf(calls, from),
  };
}
