/** The gateway on a real database and a real fastify, towards stub platforms over real HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { pino } from 'pino';
import { platforms as registry } from '../../../../src/platforms/registry';
import type { AgentRole } from '../../../../src/shared/contract/desk-protocol';
import type { HandoverEvent } from '../../../../src/shared/contract/events';
import { handoverEventSchema } from '../../../../src/shared/contract/events';
import type { ConfiguredPlatform } from '../../../../src/relay/config/schema';
import { dialSettingsSchema } from '../../../../src/relay/dialling/config';
import type { Clock } from '../../../../src/relay/clock';
import { tokenHash } from '../../../../src/relay/desks/token';
import type { GatewayDeps } from '../../../../src/relay/gateway/gateway';
import { toAppend } from '../../../../src/relay/gateway/events';
import { registerGateway, type RegisteredGateway } from '../../../../src/relay/gateway/register';
import type { Store } from '../../../../src/relay/store/port';
import { makeDatabase, type TestDatabase } from '../../../support/relay/test-database';

/** A Monday noon in India, where the tests' customers live: calls are allowed whenever the tests run. */
const NOON = Date.parse('2026-11-23T12:00:00+05:30');

export class TestClock implements Clock {
  /** What the clock of the tests is ahead of the machine's. */
  offset = NOON - Date.now();
  now = () => Date.now() + this.offset;
  monotonic = () => performance.now() + this.offset;
}

const SECRET = 'a-webhook-secret-of-32-characters';

/** Configuration sections for one stub that plays the named platforms. */
export function sectionsFor(base: string, ...names: string[]): Map<string, ConfiguredPlatform> {
  const sections: Record<string, unknown> = {
    vinfer: { secrets: [SECRET], api: { base, key: 'vinfer-key' } },
    voiceinfra: {
      secrets: [SECRET],
      api: { base, key: 'voiceinfra-key', agent_id: 'agent_1', from_number: '+14155550100' },
    },
    infer: { path_secret: 'a'.repeat(32), api: { base, key: 'infer-key', voice_agent_id: 'va_1' } },
    salpre: {
      header: { name: 'x-handover-key', value: 'b'.repeat(32) },
      api: { base, key: 'salpre-key', from: 'salprebox:1', agent_id: 5 },
    },
  };
  return new Map(
    names.map((name) => {
      const platform = registry.get(name);
      if (platform === undefined) throw new Error(`no platform ${name}`);
      return [name, { platform, config: platform.configSchema.parse(sections[name]) }];
    }),
  );
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

export class Harness {
  readonly clock = new TestClock();
  readonly logged: string[] = [];
  /** `METHOD /address` of every route, as registered. */
  readonly routes = new Set<string>();
  app!: FastifyInstance;
  store!: Store;
  gateway!: RegisteredGateway;
  private readonly dead: Promise<void>[] = [];
  private network!: { up: boolean };

  private constructor(
    private readonly folder: string,
    private readonly database: TestDatabase,
    private readonly platforms: ReadonlyMap<string, ConfiguredPlatform>,
    private readonly extra: Partial<GatewayDeps>,
  ) {}

  static async open(
    platforms: ReadonlyMap<string, ConfiguredPlatform>,
    extra: Partial<GatewayDeps> = {},
  ): Promise<Harness> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-gateway-'));
    const harness = new Harness(folder, await makeDatabase(folder), platforms, extra);
    await harness.up();
    for (const [id, role] of [
      ['asha', 'agent'],
      ['ravi', 'agent'],
      ['sup', 'supervisor'],
      ['root', 'admin'],
    ] as const) {
      await harness.addAgent(id, role);
    }
    return harness;
  }

  /** Another relay on the same store and at the same platforms, with agents of the first one's. */
  static async beside({ folder, database, platforms, extra }: Harness): Promise<Harness> {
    const harness = new Harness(folder, database, platforms, extra);
    await harness.up();
    return harness;
  }

  /** Opens the store and serves it: also what follows a kill. */
  async up(): Promise<void> {
    const network = { up: true };
    this.network = network;
    this.store = await this.database.open({ clock: this.clock });
    this.app = fastify({ routerOptions: { maxParamLength: 1_000 }, forceCloseConnections: true });
    this.app.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') this.routes.add(`${one} ${url}`);
    });
    const sink = { write: (line: string) => void this.logged.push(line) };
    this.gateway = await registerGateway(this.app, {
      platforms: this.platforms,
      settings: { dialling: dialSettingsSchema.parse({}), dispositions: [], crm: [] },
      store: this.store,
      clock: this.clock,
      random: () => 0,
      fetch: (...request) => (network.up ? fetch(...request) : Promise.reject(new TypeError('killed'))),
      log: pino({ level: 'debug', base: null }, sink),
      ...this.extra,
      timings: {
        platformTimeoutMs: 300,
        breakMs: 200,
        dispositionWaitMs: 1_000,
        contactWaitMs: 200,
        dialWaitMs: 300,
        dialPollMs: 20,
        ...this.extra.timings,
      },
    });
  }

  /** The process is gone at once: nothing that was under way gets to write anything more. */
  kill(): void {
    this.network.up = false;
    this.database.kill();
    const { gateway, store } = this;
    this.dead.push(gateway.stop().then(() => store.close()));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.gateway.stop();
    await this.store.close();
    await Promise.all(this.dead);
    await rm(this.folder, { recursive: true, force: true });
  }

  async addAgent(id: string, role: AgentRole): Promise<void> {
    await this.store.putAgent({ id, name: id, numbers: [], queues: [], role }, tokenHash(`token-of-${id}`));
  }

  async ask(
    agent: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    options: { body?: unknown; key?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { body, key, headers } = options;
    const request: InjectOptions = {
      method,
      url,
      headers: {
        authorization: `Bearer token-of-${agent}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    };
    const response = await this.app.inject(request);
    const text = response.body;
    return {
      status: response.statusCode,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  /** Every event of the log, oldest first. */
  async log(): Promise<HandoverEvent[]> {
    const { entries } = await this.store.page(0, { keys: [], all: true }, 1_000);
    return entries.map(({ body }) => handoverEventSchema.parse(JSON.parse(body)));
  }

  async append(event: HandoverEvent): Promise<void> {
    await this.store.append([toAppend(event)]);
  }

  /** Makes a call this agent started, as if an hour ago. */
  async callOf(agent: string, call: string, more: Record<string, unknown> = {}): Promise<void> {
    await this.append(
      event('call.started', call, { direction: 'outbound', origin: { agent }, ...more }, this.clock.now()),
    );
  }
}

let made = 0;

/** An event as a webhook would have brought it. */
export function event(type: HandoverEvent['type'], call: string, data: object, at: number, id?: string): HandoverEvent {
  made += 1;
  const time = new Date(at).toISOString();
  const platform = call.slice(0, call.indexOf(':'));
  return handoverEventSchema.parse({
    specversion: '1.0',
    id: id ?? `evt_${made}`,
    source: `/platforms/${platform}`,
    type,
    subject: call,
    time,
    receivedtime: time,
    istest: false,
    late: false,
    trust: 'signed',
    data,
  });
}
