/** How many AI calls an agent may have under way: what a supervisor set for them, or for everybody, or the configuration. */
import type { GatewayDeps } from '../gateway';

/** Marks are never removed; no limit is as low as this. */
const NONE = 0;
const EVERYBODY = 'calls_at_once';
const ofAgent = (agent: string) => `calls_at_once:${agent}`;

type Deps = Pick<GatewayDeps, 'store' | 'settings'>;

export async function callLimit({ store, settings }: Deps, agent: string): Promise<number> {
  return (await ownLimit({ store }, agent)) ?? (await generalLimit({ store, settings }));
}

/** Undefined: the agent has none of their own. */
async function ownLimit({ store }: Pick<Deps, 'store'>, agent: string): Promise<number | undefined> {
  const own = await store.gateway.mark(ofAgent(agent));
  return own === NONE ? undefined : own;
}

/** Of every agent who has one, by agent. */
export async function ownLimits({ store }: Pick<Deps, 'store'>): Promise<Map<string, number>> {
  const prefix = ofAgent('');
  const marks = (await store.gateway.marks(prefix)).filter(({ value }) => value !== NONE);
  return new Map(marks.map(({ name, value }) => [name.slice(prefix.length), value]));
}

export async function generalLimit({ store, settings }: Deps): Promise<number> {
  return (await store.gateway.mark(EVERYBODY)) ?? settings.dialling.calls_at_once;
}

/** @param agent absent: everybody who has none of their own @param limit null: none of their own any more */
export async function setCallLimit({ store }: Deps, agent: string | undefined, limit: number | null): Promise<void> {
  await store.gateway.putMark(agent === undefined ? EVERYBODY : ofAgent(agent), limit ?? NONE);
}
