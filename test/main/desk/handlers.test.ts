import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../src/main/desk/connection';
import { Desk } from '../../../src/main/desk/desk';
import { createHandlers } from '../../../src/main/desk/handlers';
import { LINGER_MS } from '../../../src/main/desk/pops';
import { createEnrol } from '../../../src/main/joining/membership';
import { Notices } from '../../../src/main/observability/notices';
import { phoneView } from '../../../src/main/phones/phone-view';
import type { CommandOutcome } from '../../../src/main/relay-client/commands';
import { Vault } from '../../../src/main/secrets/vault';
import { createSettings } from '../../../src/main/settings/settings';
import { settingsSchema } from '../../../src/shared/contract/settings';
import { ASHA, CALL, NOW, after, call, claimed, escalation, event } from '../support/events';
import { ManualScheduler } from '../support/manual-scheduler';

function make() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-handlers-'));
  const scheduler = new ManualScheduler(Date.parse(NOW));
  const did: string[] = [];
  const popped: string[] = [];
  let answer: CommandOutcome = { status: 'done', lease_s: 30 };
  let beforeAnswer: () => void = () => undefined;
  const settings = createSettings({
    initial: settingsSchema.parse({ mode: 'team' }),
    save: () => undefined,
    changed: () => undefined,
    failed: () => undefined,
  });
  const dismissed = new Set<string>();
  const desk = new Desk({
    scheduler,
    settings: settings.get,
    dismissals: { has: (event) => dismissed.has(event), add: (event) => dismissed.add(event) },
    chosen: { get: () => 'available', set: () => undefined },
    phone: phoneView,
    command: (command) => {
      did.push(`send ${command.type}`);
      beforeAnswer();
      return Promise.resolve(answer);
    },
    history: () => Promise.resolve({ state: 'unavailable', reason: 'test' }),
    popped: (shown) => popped.push(shown.call),
    retracted: () => undefined,
    changed: () => undefined,
    log: () => undefined,
  });
  const connection = new Connection({
    scheduler,
    client: {
      client: { app: 'test', version: '0', instance: 'i' },
      random: () => 0.5,
      onHello: () => undefined,
      onEvent: () => undefined,
      onCall: () => undefined,
      onGone: () => undefined,
      onCallbacks: () => undefined,
      log: () => undefined,
    },
    changed: () => undefined,
  });
  const notices = new Notices(() => undefined);
  const noKeychain = { available: () => false, encrypt: () => Buffer.alloc(0), decrypt: () => '' };
  const vault = new Vault(path.join(folder, 'secrets.json'), noKeychain, () => undefined);
  const handlers = createHandlers({
    desk,
    connection,
    settings,
    enrol: createEnrol({ settings, vault, notices, rejoin: () => did.push('rejoin') }),
    notices,
    trace: (mark, id) => did.push(`${mark} ${id}`),
    ready: (name) => did.push(`ready ${name}`),
    open: (id) => did.push(`open ${id}`),
    claimed: (claimed) => did.push(`claimed ${claimed.call}`),
    resizePop: (height) => did.push(`resize ${height}`),
    copy: (text) => {
      did.push(`copy ${text}`);
      return Promise.resolve();
    },
  });
  desk.welcome(
    {
      type: 'reply',
      re: 1,
      ok: true,
      agent: ASHA,
      epoch: 'e',
      offset: 0,
      recovered: false,
      heartbeat_s: 25,
      server_time: NOW,
      platforms: [],
      calls: [call(escalation())],
    },
    scheduler.now(),
  );
  did.length = 0;
  popped.length = 0;
  const end = () => {
    desk.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    desk,
    handlers,
    settings,
    vault,
    notices,
    scheduler,
    did,
    popped,
    end,
    answer: (next: CommandOutcome) => (answer = next),
    /** What the relay streams between hearing a command and answering it. */
    beforeAnswer: (stream: () => void) => (beforeAnswer = stream),
  };
}

let at: ReturnType<typeof make>;

beforeEach(() => {
  at = make();
});

afterEach(() => {
  at.end();
});

describe('what a window may ask', () => {
  it('claims from the pop, traces it and opens the call in the workspace', async () => {
    expect(await at.handlers['call:claim']({ call: CALL }, 'screen-pop')).toEqual({ ok: true });
    expect(at.did).toEqual(['send claim', `pop.claimed ${CALL}`, `open ${CALL}`, `claimed ${CALL}`]);
  });

  it('claims from the workspace without bringing any window up', async () => {
    await at.handlers['call:claim']({ call: CALL }, 'workspace');
    expect(at.did).toEqual(['send claim', `pop.claimed ${CALL}`, `claimed ${CALL}`]);
    expect(at.desk.selected?.call).toBe(CALL);
  });

  it('tells why a claim did not go through, and opens nothing', async () => {
    at.answer({
      status: 'refused',
      error: { code: 'claimed', message: 'taken', by: { id: 'ben', name: 'Ben Kaya' }, temporary: false },
    });
    expect(await at.handlers['call:claim']({ call: CALL }, 'screen-pop')).toEqual({
      ok: false,
      reason: 'claimed',
      name: 'Ben Kaya',
    });
    expect(at.did).toEqual(['send claim']);
  });

  it('declines without a word to the relay when nothing was claimed', async () => {
    expect(await at.handlers['call:decline']({ call: CALL, reason: 'busy' }, 'screen-pop')).toEqual({ ok: true });
    expect(at.did).toEqual([]);
    expect(at.desk.pops.list.current).toBeNull();
    expect(at.desk.book.get(CALL)).toBeDefined();
  });

  it('gives back what it declines after having claimed it', async () => {
    await at.handlers['call:claim']({ call: CALL }, 'workspace');
    await at.handlers['call:decline']({ call: CALL, reason: 'wrong_skill' }, 'screen-pop');
    expect(at.did.at(-1)).toBe('send release');
  });

  it('does not ring again here for a call it gave back', async () => {
    await at.handlers['call:claim']({ call: CALL }, 'workspace');
    await at.handlers['call:release']({ call: CALL }, 'workspace');
    at.desk.reconsider();
    expect(at.desk.pops.list.current).toBeNull();
  });

  it('does not ring here either when the relay streams that the call is free before it answers', async () => {
    await at.handlers['call:claim']({ call: CALL }, 'workspace');
    at.desk.event(claimed({ id: ASHA.id, name: ASHA.name }, 1, after(30)), 1);
    at.scheduler.advance(LINGER_MS);
    expect(at.desk.pops.list.current).toBeNull();
    at.beforeAnswer(() => {
      at.desk.event(event('call.released', { agent: { id: ASHA.id, name: ASHA.name }, seq: 2, reason: 'released' }), 2);
    });
    await at.handlers['call:release']({ call: CALL }, 'workspace');
    expect(at.desk.pops.list.current).toBeNull();
    expect(at.popped).toEqual([]);
  });

  it('copies the customer’s number', async () => {
    await at.handlers['call:copy-number']({ call: CALL }, 'screen-pop');
    expect(at.did).toEqual(['copy +919123456789']);
  });

  it('answers for a call that is gone', async () => {
    const gone = { call: 'vinfer:gone' };
    for (const channel of ['call:claim', 'call:release', 'call:open', 'call:copy-number'] as const) {
      expect(await at.handlers[channel](gone, 'workspace')).toMatchObject({ ok: false });
    }
    expect(at.did).toEqual([]);
  });

  it('joins a team with a safe address only, and says when the token cannot be kept', () => {
    const join = (relay: string, token = 'token') => at.handlers['team:join']({ relay, token }, 'workspace');
    expect(join('ws://relay.example.com')).toMatchObject({ ok: false });
    expect(join('wss://relay.example.com', 'two words')).toMatchObject({ ok: false });
    expect(at.did).toEqual([]);
    expect(join('https://relay.example.com')).toEqual({ ok: true });
    expect(at.settings.get()).toMatchObject({ mode: 'team', team: { relays: ['wss://relay.example.com'] } });
    expect(at.vault.get('team.token')).toBe('token');
    expect(at.notices.all()).toMatchObject([{ kind: 'keychain_missing' }]);
    expect(at.did).toEqual(['rejoin']);
  });

  it('takes a choice of state while offline: the relay hears it at the next connect', async () => {
    at.answer({ status: 'offline' });
    expect(await at.handlers['agent:set-state']({ value: 'break' }, 'workspace')).toEqual({ ok: true });
    expect(at.desk.state.value).toBe('break');
  });

  it('traces the paint with the window’s own time', async () => {
    await at.handlers['pop:painted']({ call: CALL, event: 'e', at: Date.parse(NOW) }, 'screen-pop');
    expect(at.did).toEqual([`pop.painted ${CALL}`, 'send seen']);
  });
});
