import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceBackend, type Backend, type RelayLink } from '../../../src/main/processes/backend';
import { BackendSwitch } from '../../../src/main/processes/backend-switch';
import type { Child } from '../../../src/main/processes/child';
import { chooseBackend } from '../../../src/main/processes/choose-backend';
import { Vault } from '../../../src/main/secrets/vault';
import { SoloKeys } from '../../../src/main/solo/solo-keys';
import { settingsSchema } from '../../../src/shared/contract/settings';
import { until } from '../../support/poll';
import { ManualScheduler } from '../support/manual-scheduler';

/** A program whose part the test plays: what reaches it is kept, what it says is said by the test. */
class Actor {
  readonly heard: Record<string, unknown>[] = [];
  #say: (message: unknown) => void = () => undefined;
  #end: (code: number) => void = () => undefined;
  readonly child: Child = {
    post: (message) => {
      this.heard.push(message as Record<string, unknown>);
      if ((message as { type: string }).type === 'stop') this.end(0);
    },
    onMessage: (listener) => (this.#say = listener),
    onExit: (listener) => (this.#end = listener),
    kill: () => this.end(9),
  };

  say(message: unknown): void {
    this.#say(message);
  }

  end(code: number): void {
    this.#end(code);
  }
}

let profile: string;
let scheduler: ManualScheduler;
let floors: Actor[];
let relays: Actor[];
let links: RelayLink[];

beforeEach(() => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'handover-backend-'));
  scheduler = new ManualScheduler();
  floors = [];
  relays = [];
  links = [];
});

afterEach(() => {
  rmSync(profile, { recursive: true, force: true });
});

const options = () => ({
  profile,
  scheduler,
  forkFloor: () => {
    const actor = new Actor();
    floors.push(actor);
    return actor.child;
  },
  forkRelay: () => {
    const actor = new Actor();
    relays.push(actor);
    return actor.child;
  },
  announce: (link: RelayLink) => links.push(link),
  practising: () => undefined,
  sent: () => undefined,
  log: () => undefined,
});

describe('the practice backend', () => {
  it('starts the floor, then the relay with the floor’s address, then tells the floor where the relay is', () => {
    practiceBackend(options()).start();
    expect(relays).toHaveLength(0);
    floors[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7001' });
    expect(JSON.stringify(relays[0]?.heard[0])).toContain('http://127.0.0.1:7001/vinfer');
    relays[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7002', token: 't' });
    expect(floors[0]?.heard.at(-1)).toEqual({ type: 'relay', url: 'http://127.0.0.1:7002' });
    expect(links).toEqual([{ ok: true, relays: ['http://127.0.0.1:7002'], token: 't' }]);
  });

  it('brings a relay that died back on its port, with its new token', () => {
    practiceBackend(options()).start();
    floors[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7001' });
    relays[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7002', token: 'one' });
    relays[0]?.end(1);
    scheduler.advance(1_000);
    expect(relays[1]?.heard[0]).toMatchObject({ config: { listen: { port: 7002 } } });
    relays[1]?.say({ type: 'ready', url: 'http://127.0.0.1:7002', token: 'two' });
    expect(links.at(-1)).toMatchObject({ token: 'two' });
  });

  it('tells a floor that came back where the relay is, without a second relay', () => {
    practiceBackend(options()).start();
    floors[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7001' });
    relays[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7002', token: 'one' });
    floors[0]?.end(1);
    scheduler.advance(1_000);
    floors[1]?.say({ type: 'ready', url: 'http://127.0.0.1:7001' });
    expect(floors[1]?.heard).toMatchObject([{ type: 'start' }, { type: 'relay', url: 'http://127.0.0.1:7002' }]);
    expect(relays).toHaveLength(1);
  });

  it('says what the relay complains of, and tries again', () => {
    practiceBackend(options()).start();
    floors[0]?.say({ type: 'ready', url: 'http://127.0.0.1:7001' });
    relays[0]?.say({ type: 'failed', message: 'store: disk is full' });
    expect(links).toEqual([{ ok: false, reason: 'relay_failed', message: 'store: disk is full' }]);
    scheduler.advance(1_000);
    expect(relays).toHaveLength(2);
  });
});

describe('the choice of a backend', () => {
  const noKeychain = { available: () => false, encrypt: () => Buffer.alloc(0), decrypt: () => '' };
  const choose = (settings: unknown, prepare: (vault: Vault) => void = () => undefined) => {
    const vault = new Vault(path.join(profile, 'secrets.json'), noKeychain, () => undefined);
    prepare(vault);
    chooseBackend(settingsSchema.parse(settings), { vault, solo: new SoloKeys(vault) }, options()).start();
    return links.at(-1);
  };
  const team = { mode: 'team', team: { relays: ['wss://relay.example.com'] } };

  it('names what is missing', () => {
    expect(choose({ mode: 'team' })).toEqual({ ok: false, reason: 'not_configured' });
    expect(choose(team)).toEqual({ ok: false, reason: 'token_missing' });
    expect(choose({ mode: 'solo' })).toEqual({ ok: false, reason: 'not_configured' });
    expect(choose({ mode: 'solo' }, (vault) => vault.set('solo.platforms', 'oops'))).toMatchObject({ ok: false });
  });

  it('is the team’s relay with the agent’s token', () => {
    expect(choose(team, (vault) => vault.set('team.token', 't'))).toEqual({
      ok: true,
      relays: ['wss://relay.example.com'],
      token: 't',
    });
  });

  it('is an embedded relay with the person’s own keys', () => {
    choose({ mode: 'solo' }, (vault) => vault.set('solo.platforms', '{"vinfer":{"secrets":["s"]}}'));
    expect(relays[0]?.heard[0]).toMatchObject({
      config: { platforms: { vinfer: { secrets: ['s'] } } },
      agent: { role: 'admin' },
    });
  });
});

describe('the switch between backends', () => {
  it('never runs two at a time, and hears nothing from one that is going', async () => {
    const log: string[] = [];
    let last: ((link: RelayLink) => void) | undefined;
    let count = 0;
    const make = (announce: (link: RelayLink) => void): Backend => {
      const name = (count += 1);
      last ??= announce;
      return {
        start: () => log.push(`start ${name}`),
        stop: async () => {
          await Promise.resolve();
          log.push(`stopped ${name}`);
        },
      };
    };
    const backends = new BackendSwitch({
      choose: make,
      leaving: () => log.push('leaving'),
      announce: (link) => links.push(link),
      failed: () => log.push('failed'),
    });
    backends.go();
    backends.go();
    await until('the second start', () => log.includes('start 2'));
    last?.({ ok: true, relays: [], token: 'old' });
    await backends.stop();
    expect(log).toEqual(['leaving', 'start 1', 'leaving', 'stopped 1', 'start 2', 'stopped 2']);
    expect(links).toEqual([]);
  });

  it('says so when a backend cannot even be made', async () => {
    const backends = new BackendSwitch({
      choose: () => {
        throw new Error('disk full');
      },
      leaving: () => undefined,
      announce: (link) => links.push(link),
      failed: () => undefined,
    });
    backends.go();
    await until('the announcement', () => links.length === 1);
    expect(links).toEqual([{ ok: false, reason: 'relay_failed' }]);
  });
});
