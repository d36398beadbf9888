/**
 * Routing: number or label → the agent with that number, else the queue with that number or label, else `unrouted`.
 * Pure. Runs inside the store's transaction, so that two events of one call can never be routed past each other.
 */
import { agentKey, audience, queueKey, UNROUTED, type Audience } from './audience';
import type { EventFacts } from './facts';

export interface QueueRule {
  id: string;
  name: string;
  numbers: readonly string[];
  labels: readonly string[];
}

/** Who is there to be routed to. `agents` is replaced, never changed, when somebody comes or goes. */
export interface Directory {
  agents: readonly { id: string; name: string; numbers: readonly string[] }[];
  queues: readonly QueueRule[];
  /** Whether the agent's desk is connected and its person has not gone on a break. */
  isPresent(agent: string): boolean;
}

/** Where a call stands. `rank` orders reasons: an escalation outranks the number that was dialled. */
export interface Route {
  audience: Audience;
  rank: 'none' | 'dialled' | 'escalated';
  /** Agent who started the call. */
  origin?: string;
  /** Time of the escalation that decided. */
  at?: string;
}

/** Digits only: platforms disagree about spaces, dashes and the plus sign. */
const digits = (phone: string): string => phone.replace(/\D/g, '');

function sameNumber(a: string, b: string): boolean {
  const [left, right] = [digits(a), digits(b)];
  return left !== '' && left === right;
}

const sameWord = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Ids of the agents by number (digits) and by own id, made once per list: every escalation asks, of thousands. */
const agentIndexes = new WeakMap<Directory['agents'], ReadonlyMap<string, ReadonlySet<string>>>();

function indexOf(agents: Directory['agents']): ReadonlyMap<string, ReadonlySet<string>> {
  const known = agentIndexes.get(agents);
  if (known !== undefined) return known;
  const index = new Map<string, Set<string>>();
  const add = (key: string, id: string) => {
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([id]));
    else ids.add(id);
  };
  for (const { id, numbers } of agents) {
    add(`id:${id}`, id);
    for (const number of numbers) if (digits(number) !== '') add(digits(number), id);
  }
  agentIndexes.set(agents, index);
  return index;
}

function agentsAt(to: string, agents: Directory['agents']): string[] {
  const index = indexOf(agents);
  // Infer's `transferred_to` may name an agent instead of a number.
  return [...new Set([...(index.get(digits(to)) ?? []), ...(index.get(`id:${to}`) ?? [])])];
}

/** Who an escalation's number or label stands for; undefined when nobody has it. */
export function findTarget(
  target: { to?: string; label?: string },
  directory: Pick<Directory, 'agents' | 'queues'>,
): Audience | undefined {
  const { to, label } = target;
  if (to !== undefined) {
    const agents = agentsAt(to, directory.agents);
    if (agents.length > 0) return audience(...agents.map(agentKey));
    const queue = directory.queues.find(
      ({ id, numbers }) => numbers.some((number) => sameNumber(number, to)) || id === to,
    );
    if (queue !== undefined) return audience(queueKey(queue.id));
  }
  if (label === undefined) return undefined;
  const queue = directory.queues.find(({ id, name, labels }) =>
    [id, name, ...labels].some((word) => sameWord(word, label)),
  );
  return queue === undefined ? undefined : audience(queueKey(queue.id));
}

function escalated(current: Route, facts: EventFacts, directory: Directory): Route {
  const target = findTarget(facts.target ?? {}, directory) ?? UNROUTED;
  const { origin } = current;
  const decided = { rank: 'escalated' as const, at: facts.time };
  if (origin === undefined) return { ...decided, audience: target };
  // A call an agent started goes to that agent first; the target shares it only when the agent is not there.
  const who = directory.isPresent(origin) ? audience(agentKey(origin)) : audience(agentKey(origin), ...target);
  return { ...decided, origin, audience: who };
}

function progressed(current: Route, facts: EventFacts, directory: Directory): Route {
  if (facts.origin !== undefined && current.origin === undefined) {
    const kept = current.rank === 'none' ? [] : current.audience;
    return { ...current, origin: facts.origin, audience: audience(agentKey(facts.origin), ...kept) };
  }
  if (facts.dialled !== undefined && current.rank === 'none' && current.origin === undefined) {
    const target = findTarget({ to: facts.dialled }, directory);
    if (target !== undefined) return { audience: target, rank: 'dialled' };
  }
  return current;
}

/**
 * Where a call stands after an event.
 * @param holder agent whose claim is live: keeps sight of the call wherever it is routed
 */
export function nextRoute(current: Route | undefined, facts: EventFacts, directory: Directory, holder?: string): Route {
  const before = current ?? { audience: UNROUTED, rank: 'none' };
  // A late-coming report of an earlier escalation does not move the call back.
  const stale = before.at !== undefined && facts.time < before.at;
  const after =
    facts.target !== undefined && !stale ? escalated(before, facts, directory) : progressed(before, facts, directory);
  if (after.audience === before.audience || holder === undefined) return after;
  return { ...after, audience: audience(...after.audience, agentKey(holder)) };
}
