/** What a desk may ask once it has said hello, each answered by exactly one reply. */
import type { DeskCommand, DeskError } from '../../shared/contract/desk-protocol';
import type { Clock } from '../clock';
import type { Metrics } from '../ops/metrics';
import type { Viewer } from '../routing/audience';
import { StoreError, type ClaimOutcome, type ClaimRequest, type Store } from '../store/port';
import { errorFrame, okFrame } from './frames';
import type { LeaseKeeper } from './leases';

export type AfterHello = Exclude<DeskCommand, { type: 'hello' }>;

export interface CommandDeps {
  store: Store;
  leases: LeaseKeeper;
  clock: Clock;
  leaseMs: number;
  metrics: Metrics;
}

export interface Asker {
  agent: { id: string; name: string };
  viewer: Viewer;
}

type Refusal = Extract<ClaimOutcome, { ok: false }>;

function refusal(outcome: Refusal): DeskError {
  switch (outcome.reason) {
    case 'claimed':
      return { code: 'claimed', message: `${outcome.by.name} has it`, by: outcome.by, temporary: false };
    case 'ended':
      return { code: 'ended', message: 'The call has ended', temporary: false };
    case 'not_yours':
      return { code: 'not_yours', message: 'You do not have this call', temporary: false };
    case 'not_found':
      return { code: 'not_found', message: 'No such call', temporary: false };
  }
}

/** Carries a command out and returns the reply frame. Never rejects. */
export async function carryOut(command: AfterHello, asker: Asker, deps: CommandDeps): Promise<string> {
  try {
    return await act(command, asker, deps);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return errorFrame(command.id, { code: 'unavailable', message: 'Not recorded, try again', temporary: true });
  }
}

async function act(command: AfterHello, asker: Asker, deps: CommandDeps): Promise<string> {
  const { store, leases, leaseMs } = deps;
  const lease_s = leaseMs / 1000;
  switch (command.type) {
    case 'state':
      await store.setState(asker.agent.id, command.value);
      return okFrame(command.id);
    case 'claim': {
      const outcome = await store.claim(requestFor(command.call, asker, deps));
      deps.metrics.claims.inc({ outcome: outcome.ok ? 'won' : outcome.reason === 'claimed' ? 'lost' : 'refused' });
      if (!outcome.ok) return errorFrame(command.id, refusal(outcome));
      leases.hold(outcome.claim);
      return okFrame(command.id, { lease_s });
    }
    case 'renew': {
      const outcome = await store.renew(requestFor(command.call, asker, deps));
      if (!outcome.ok) return errorFrame(command.id, refusal(outcome));
      leases.hold(outcome.claim);
      return okFrame(command.id, { lease_s });
    }
    case 'release': {
      const outcome = await store.release({ ...requestFor(command.call, asker, deps), reason: command.reason });
      if (!outcome.ok) return errorFrame(command.id, refusal(outcome));
      leases.drop(command.call);
      return okFrame(command.id);
    }
    case 'seen': {
      await noteSighting(command, asker, deps);
      return okFrame(command.id);
    }
  }
}

/** What is told again is measured once: a desk says when it painted, and again when somebody looked. */
async function noteSighting(
  { call, painted, seen }: Extract<AfterHello, { type: 'seen' }>,
  { agent, viewer }: Asker,
  { store, metrics }: CommandDeps,
): Promise<void> {
  const sighting = { call, agent: agent.id, painted: Date.parse(painted) };
  const looked = seen === undefined ? {} : { seen: Date.parse(seen) };
  const lead = await store.sightings.recordSighting({ ...sighting, ...looked }, viewer);
  for (const step of ['painted', 'seen'] as const) {
    const ms = lead?.[step];
    if (ms !== undefined) metrics.leadSeconds.observe({ step }, ms / 1000);
  }
}

function requestFor(call: string, { agent, viewer }: Asker, { clock, leaseMs }: CommandDeps): ClaimRequest {
  return { call, agent: { id: agent.id, name: agent.name }, viewer, now: clock.now(), leaseMs };
}
