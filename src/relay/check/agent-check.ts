/**
 * An agent's desk check: a test call that comes in at the webhook as a real one would, signed as the platform signs, and
 * goes to this agent's desk and to no other. Test events count in no statistics.
 */
import { callSnapshotSchema } from '../../shared/contract/call';
import type { CheckAnswer } from '../../shared/contract/relay-check';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import { tell, toAppend } from '../gateway/events';
import type { Viewer } from '../routing/audience';
import type { Store } from '../store/port';
import { createGrader, refusesForgery, sendTest, trustOf } from './hops';

/** Not the relay's own word on an agent's work: what is told here appears in nobody's day. */
const SOURCE = '/relay/check';

/** The platform whose test call says most: one that escalates, else one that at least speaks during the call. */
function bestOf(platforms: ReadonlyMap<string, ConfiguredPlatform>): [string, ConfiguredPlatform] | undefined {
  const worth = ({ platform: { traits } }: ConfiguredPlatform) =>
    (traits.escalates ? 2 : 0) + (traits.escalation_summary ? 1 : 0) + (traits.live_transcript ? 1 : 0);
  const [best] = [...platforms].sort(([, a], [, b]) => worth(b) - worth(a));
  return best !== undefined && worth(best[1]) > 0 ? best : undefined;
}

export interface AgentCheckDeps {
  /** Where the relay can be reached from itself; known once it listens. */
  url: () => string;
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  store: Pick<Store, 'append' | 'gateway'>;
  clock: Clock;
}

export interface AgentChecks {
  /** @param id new for every check */
  begin(agent: string, id: string): Promise<CheckAnswer>;
  /** False when the agent has no such test call. Ending twice is ending once. */
  end(agent: string, viewer: Viewer, call: string): Promise<boolean>;
}

export function createAgentChecks({ url, platforms, store, clock }: AgentCheckDeps): AgentChecks {
  async function own(agent: string, call: string): Promise<void> {
    const now = clock.now();
    const data = { direction: 'inbound' as const, origin: { agent }, contact: { name: 'Handover Desk' } };
    const started = {
      type: 'call.started' as const,
      id: `started:${call}`,
      source: SOURCE,
      call,
      time: now,
      now,
      data,
    };
    await store.append([toAppend({ ...tell(started), istest: true })]);
  }

  return {
    async begin(agent, id) {
      const { grades, grade } = createGrader(clock);
      const listed = [...platforms].map(
        ([
          platform,
          {
            platform: { traits },
            config,
          },
        ]) => ({
          platform,
          label: traits.label,
          trust: trustOf(config),
        }),
      );
      await grade('wrong signature is refused', () => refusesForgery(url(), platforms));
      const best = bestOf(platforms);
      if (best === undefined) return { hops: grades, platforms: listed };
      const [platform, configured] = best;
      const name = `check-${id}`;
      const call = `${platform}:${name}`;
      await grade('store takes the test call', () => own(agent, call));
      await grade('webhook durable and answered', () => sendTest(url(), platform, configured, name, clock.now()));
      return { call, platform, hops: grades, platforms: listed };
    },

    async end(agent, viewer, call) {
      const text = await store.gateway.callSnapshot(call, viewer);
      const snapshot = text === undefined ? undefined : callSnapshotSchema.parse(JSON.parse(text));
      if (snapshot?.test !== true || snapshot.fields.origin_agent?.value !== agent) return false;
      const now = clock.now();
      const ended = {
        type: 'call.ended' as const,
        id: `ended:${call}`,
        source: SOURCE,
        call,
        time: now,
        now,
        data: {},
      };
      await store.append([toAppend({ ...tell(ended), istest: true })]);
      return true;
    },
  };
}
