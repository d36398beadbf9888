/** The platforms that the configuration puts on the floor, each behind its own prefix. */
import type { FastifyInstance } from 'fastify';
import type { PlatformName } from './config';
import type { Journal } from './journal';
import type { Gate } from './rest/gate';
import {
  NotOnTheFloor,
  type CallRequest,
  type EscalateRequest,
  type Outcome,
  type Played,
  type Player,
  type Stage,
} from './stage';
import { mountInfer } from './infer';
import { mountSalpre } from './salpre';
import { mountVinfer } from './vinfer';
import { mountVoiceInfra } from './voiceinfra';

type PlayedOn = Played & { platform: PlatformName };

export interface Platforms {
  players: ReadonlyMap<PlatformName, Player>;
  escalate(platform: PlatformName | undefined, request: EscalateRequest): PlayedOn;
  play(platform: PlatformName | undefined, request: CallRequest): PlayedOn;
  test(platform: PlatformName | undefined): PlayedOn;
  /** Fixes how calls started through the platforms' APIs go; undefined leaves it to the seed again. */
  plot(outcome: Outcome | undefined): void;
  throttle(platform: PlatformName | undefined, nominalMs: number): void;
  outage(platform: PlatformName | undefined, nominalMs: number): void;
}

export function mountPlatforms(app: FastifyInstance, stage: Stage, journal: Journal): Platforms {
  const players = new Map<PlatformName, Player>();
  const gates = new Map<PlatformName, Gate>();
  const mount = (
    name: PlatformName,
    into: ((scope: FastifyInstance) => { player: Player; gate: Gate }) | undefined,
  ): void => {
    if (into === undefined) return;
    // Fastify runs a plugin when the server gets ready: by then every command finds its player.
    void app.register(
      async (scope) => {
        const { player, gate } = into(scope);
        players.set(name, player);
        gates.set(name, gate);
        return Promise.resolve();
      },
      { prefix: `/${name}` },
    );
  };
  const { vinfer, infer, salpre, voiceinfra } = stage.config.platforms;
  mount('vinfer', vinfer && ((scope) => mountVinfer(scope, stage, journal, vinfer)));
  mount('infer', infer && ((scope) => mountInfer(scope, stage, journal, infer)));
  mount('salpre', salpre && ((scope) => mountSalpre(scope, stage, journal, salpre)));
  mount('voiceinfra', voiceinfra && ((scope) => mountVoiceInfra(scope, stage, journal, voiceinfra)));

  const on = (name: PlatformName | undefined, act: (player: Player) => Played): PlayedOn => {
    const platform = name ?? [...players.keys()][0];
    const player = platform === undefined ? undefined : players.get(platform);
    if (platform === undefined || player === undefined) throw new NotOnTheFloor('That platform is not on this floor.');
    return { platform, ...act(player) };
  };
  const gatesOf = (name: PlatformName | undefined) =>
    [...gates].filter(([platform]) => name === undefined || platform === name);

  return {
    players,
    escalate: (platform, request) => on(platform, (player) => player.escalate(request)),
    play: (platform, request) => on(platform, (player) => player.play(request)),
    test: (platform) => on(platform, (player) => player.test()),
    plot: (outcome) => {
      for (const player of players.values()) player.plot = outcome;
    },
    throttle: (name, nominalMs) => {
      for (const [, gate] of gatesOf(name)) gate.throttle(nominalMs);
    },
    outage: (name, nominalMs) => {
      for (const [platform, gate] of gatesOf(name)) {
        gate.shut(nominalMs);
        stage.courier.hold(platform, nominalMs);
      }
    },
  };
}
