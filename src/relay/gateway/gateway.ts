/** What the routes share: the platforms with their outbound policy, the keys, the background work. */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import type { RelayDisposition } from '../../shared/contract/dispositions';
import type { CrmConnector } from '../crm/config';
import type { DialSettings } from '../dialling/config';
import type { Dialling } from '../dialling/dialling';
import type { StopReader } from '../dnc/stop-reader';
import type { OpenReader } from '../leads/import/thread';
import type { LeadTimes } from '../sightings/port';
import type { Store } from '../store/port';
import type { AgentChecks } from '../check/agent-check';
import type { FloorDeps } from '../floor/route';
import type { Invites } from '../invites/invites';
import type { DeliveriesPort } from './deliveries-port';
import { Problem } from './http/problem';
import type { PlatformClient } from './platform-client/client';
import type { IdempotencyGuard } from './idempotency/guard';
import type { DispositionMapping } from './dispositions/mapping';
import type { DispositionWriter } from './dispositions/writer';
import type { LeadsForCalls } from './leads-port';
import type { StartFollower } from './starts/follower';
import type { StartWatcher } from './starts/watcher';

/** Waits of the gateway, ms; shortened by tests only. */
export interface GatewayTimings {
  /** Per attempt at a platform: longer than it usually takes, shorter than an agent's patience. */
  platformTimeoutMs: number;
  /** How long a platform that failed several times in a row is left alone. */
  breakMs: number;
  /** How long `PUT …/disposition` waits for the platform before it says `pending`. */
  dispositionWaitMs: number;
  /** How long `GET /contacts` waits for a slow platform. */
  contactWaitMs: number;
  /** How long a start waits for the call of a campaign of one contact to be dialled. */
  dialWaitMs: number;
  /** Between two looks for that call. */
  dialPollMs: number;
  /** Between two looks at the clock for campaigns whose hours end, at most. */
  hoursLookMs: number;
}

export const GATEWAY_TIMINGS: GatewayTimings = {
  platformTimeoutMs: 10_000,
  breakMs: 15_000,
  dispositionWaitMs: 2_500,
  contactWaitMs: 1_500,
  dialWaitMs: 8_000,
  dialPollMs: 1_000,
  hoursLookMs: 30_000,
};

/** What of the configuration concerns calls and their outcomes. */
export interface CallingSettings {
  dialling: DialSettings;
  dispositions: readonly RelayDisposition[];
  crm: readonly CrmConnector[];
}

export interface GatewayDeps {
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  settings: CallingSettings;
  store: Pick<
    Store,
    | (
        | 'append'
        | 'agentByToken'
        | 'agents'
        | 'onAppended'
        | 'page'
        | 'position'
        | 'gateway'
        | 'onDuty'
        | 'shared'
        | 'refresh'
      )
    | ('dialling' | 'dnc' | 'consents' | 'crm' | 'leads' | 'leadImports' | 'callbacks')
  >;
  clock: Clock;
  /** 0 ≤ n < 1. */
  random: () => number;
  fetch: typeof globalThis.fetch;
  log: Logger;
  /** The deliveries routes exist only where there is a record of deliveries. */
  deliveries?: DeliveriesPort;
  /** Joining by invite exists only where a relay has agents to invite to it. */
  invites?: Invites;
  /** An agent's desk check, and the supervisors' floor: where there is a whole relay around the gateway. */
  checks?: AgentChecks;
  floor?: FloorDeps;
  /** Context lead times of an agent since an instant, ms each, from what their desk reported as seen. */
  leadTimes?: (agent: string, from: number) => Promise<LeadTimes>;
  /** Leads in agents' hands; absent where there are none, and then no call names one. */
  leads?: LeadsForCalls;
  /** Reads files of leads; absent: in this thread. */
  reader?: OpenReader;
  timings?: Partial<GatewayTimings>;
}

export interface Gateway {
  deps: GatewayDeps;
  timings: GatewayTimings;
  clients: ReadonlyMap<string, PlatformClient>;
  guard: IdempotencyGuard;
  writer: DispositionWriter;
  follower: StartFollower;
  watcher: StartWatcher;
  dialling: Dialling;
  dispositions: DispositionMapping;
  stops: StopReader;
}

type Ability = Parameters<PlatformClient['can']>[0];

/**
 * The platform a request is for: the one it names, else the only one that can do it.
 * @throws Problem `bad_request` when that is not one, `unsupported` when the named one cannot
 */
export function clientFor(
  gateway: Pick<Gateway, 'clients'>,
  ability: Ability,
  named: string | undefined,
): PlatformClient {
  if (named !== undefined) {
    const client = gateway.clients.get(named);
    if (client === undefined) throw new Problem('bad_request', 'This relay is not connected to that platform');
    if (!client.can(ability)) throw new Problem('unsupported', `${client.traits.label} does not offer this`);
    return client;
  }
  const able = [...gateway.clients.values()].filter((client) => client.can(ability));
  const [only] = able;
  if (only === undefined) throw new Problem('unsupported', 'No platform of this relay offers this');
  if (able.length > 1) {
    throw new Problem('bad_request', `platform: say which one: ${able.map(({ name }) => name).join(', ')}`);
  }
  return only;
}
