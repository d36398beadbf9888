/** `GET /v1/floor`: the whole floor now, for supervisors. Cheap enough to be asked every two seconds. */
import { z } from 'zod';
import type { FloorAnswer } from '../../shared/contract/floor';
import type { Clock } from '../clock';
import { parse } from '../gateway/http/parse';
import type { Router } from '../gateway/http/router';
import { findTarget, type QueueRule } from '../routing/route';
import type { AgentRecord } from '../store/port';
import type { FloorBoard } from './board';
import { floorOf } from './floor';
import type { FloorStore } from './port';

const DAY_MS = 24 * 3_600_000;

/** `from`: start of the supervisor's own day, at most 24 hours back; else midnight UTC. */
const querySchema = z.strictObject({ from: z.iso.datetime({ offset: true }).optional() });

export interface FloorDeps {
  board: Pick<FloorBoard, 'calls'>;
  store: FloorStore;
  queues: readonly QueueRule[];
}

/** What is left of the lists of leads. */
type ListsLeft = () => Promise<FloorAnswer['lists']>;

/** Where an escalation is meant to go, in names. */
function namesOf(agents: readonly AgentRecord[], queues: readonly QueueRule[]) {
  const names = new Map<string, string>([
    ...agents.map(({ id, name }) => [`a:${id}`, name] as const),
    ...queues.map(({ id, name }) => [`q:${id}`, name] as const),
  ]);
  const directory = { agents, queues, isPresent: () => false };
  return (target: { to?: string; label?: string }): string[] =>
    (findTarget(target, directory) ?? []).map((key) => names.get(key) ?? key.slice(2));
}

export function floorRoute(router: Router, { board, store, queues }: FloorDeps, left: ListsLeft, clock: Clock): void {
  router.on(
    'GET',
    '/floor',
    async ({ request }) => {
      const query = parse(querySchema, request.query);
      const now = clock.now();
      const from = query.from === undefined ? now - (now % DAY_MS) : Math.max(Date.parse(query.from), now - DAY_MS);
      const [calls, agents, leads, lists] = await Promise.all([
        board.calls(from),
        store.presences(),
        store.leadTimesOfAll(from),
        left(),
      ]);
      const meantFor = namesOf(
        agents.map(({ agent }) => agent),
        queues,
      );
      return { ...floorOf({ now, from, calls, agents, leads, meantFor }), lists };
    },
    { role: 'supervisor' },
  );
}
