import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../../src/main/desk/desk';
import { openChosenState } from '../../../src/main/desk/chosen-state';
import { openDismissals } from '../../../src/main/desk/dismissals';
import { LINGER_MS } from '../../../src/main/desk/pops';
import { QUIET_MS } from '../../../src/main/desk/reconciling';
import { deskView, popView } from '../../../src/main/desk/views';
import { Notices } from '../../../src/main/observability/notices';
import { NextState } from '../../../src/main/outcomes/next-state';
import { phoneView } from '../../../src/main/phones/phone-view';
import type { AgentCommand, CommandOutcome } from '../../../src/main/relay-client/commands';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import type { DeskAgent, HelloReply } from '../../../src/shared/contract/desk-protocol';
import { settingsSchema } from '../../../src/shared/contract/settings';
import { deskViewSchema, popViewSchema } from '../../../src/shared/contract/views';
import { ASHA, BEN, CALL, NOW, after, call, claimed, escalation, event } from '../support/events';
import { ManualScheduler, settled } from '../support/manual-scheduler';

let folder: string;
let scheduler: ManualScheduler;
let desk: Desk;
let popped: string[];
let retracted: string[];
let sent: AgentCommand[];
let answer: CommandOutcome;
let settings = settingsSchema.parse({ mode: 'team' });

function makeDesk(): Desk {
  return new Desk({
    scheduler,
    settings: () => settings,
    dismissals: openDismissals(path.join(folder, 'dismissed.json'), () => undefined),
    chosen: openChosenState(path.join(folder, 'agent-state.json'), () => undefined),
    phone: phoneView,
    command: (command) => {
      sent.push(command);
      return Promise.resolve(answer);
    },
    history: () => Promise.resolve({ state: 'ready', calls_30d: 4, dnc: null, calls: [] }),
    popped: (shown) => popped.push(shown.call),
    retracted: (gone) => retracted.push(gone),
    changed: () => undefined,
    log: () => undefined,
  });
}

function welcome(
  options: { recovered?: boolean; head?: number; calls?: CallSnapshot[]; agent?: DeskAgent } = {},
): void {
  const reply: HelloReply = {
    type: 'reply',
    re: 1,
    ok: true,
    agent: options.agent ?? ASHA,
    epoch: 'e',
    offset: options.head ?? 0,
    recovered: options.recovered ?? false,
    heartbeat_s: 25,
    server_time: new Date(scheduler.now()).toISOString(),
    platforms: [],
    ...(options.recovered === true ? {} : { calls: options.calls ?? [] }),
  };
  desk.welcome(reply, scheduler.now());
}

const showing = () => desk.pops.list.pops.map((pop) => pop.call);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-main-'));
  scheduler = new ManualScheduler(Date.parse(NOW));
  popped = [];
  retracted = [];
  sent = [];
  answer = { status: 'done', lease_s: 30 };
  settings = settingsSchema.parse({ mode: 'team' });
  desk = makeDesk();
});

afterEach(() => {
  desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the desk', () => {
  it('pops an escalation once, and a repeat of it never', () => {
    welcome();
    const asked = escalation();
    desk.event(asked, 1);
    desk.event(asked, 2);
    expect(popped).toEqual([CALL]);
    expect(desk.pops.list.current).toBe(CALL);
  });

  it('pops a waiting call that the snapshot brings', () => {
    welcome({ calls: [call(escalation())] });
    expect(popped).toEqual([CALL]);
  });

  it('asks for the customer’s history when a call pops, and shows it a moment later', async () => {
    welcome();
    desk.event(escalation(), 1);
    expect(desk.histories.of('+919123456789')).toEqual({ state: 'loading' });
    await settled();
    expect(desk.histories.of('+919123456789')).toMatchObject({ state: 'ready', calls_30d: 4 });
  });

  it('says who has a call that another took, and closes its pop within a second', () => {
    welcome();
    desk.event(escalation(), 1);
    desk.event(claimed(BEN, 1, after(30)), 2);
    expect(showing()).toEqual([CALL]);
    expect(retracted).toEqual([]);
    scheduler.advance(LINGER_MS);
    expect(showing()).toEqual([]);
    expect(retracted).toEqual([CALL]);
    expect(LINGER_MS).toBeLessThan(1000);
  });

  it('takes a call off the screen that ended', () => {
    welcome();
    desk.event(escalation(), 1);
    desk.event(event('call.ended', {}, { time: after(3) }), 2);
    scheduler.advance(LINGER_MS);
    expect(showing()).toEqual([]);
  });

  it('brings a call back whose holder let it go', () => {
    welcome();
    desk.event(escalation(), 1);
    desk.event(claimed(BEN, 1, after(30)), 2);
    scheduler.advance(LINGER_MS);
    desk.event(event('call.released', { agent: BEN, seq: 2, reason: 'lease_lapsed' }), 3);
    expect(showing()).toEqual([CALL]);
    expect(popped).toEqual([CALL, CALL]);
  });

  it('drops a call that was routed to somebody else', () => {
    welcome();
    desk.event(escalation(), 1);
    desk.gone(CALL);
    expect(showing()).toEqual([]);
    expect(desk.book.get(CALL)).toBeUndefined();
  });

  it('keeps a dismissed call off the screen, also after a restart, and in the waiting list', () => {
    welcome();
    desk.event(escalation({}, { id: 'evt_put_away' }), 1);
    const shown = desk.book.get(CALL);
    if (shown !== undefined) desk.pops.dismiss(shown);
    expect(showing()).toEqual([]);
    desk = makeDesk();
    welcome({ calls: [call(escalation({}, { id: 'evt_put_away' }))] });
    expect(showing()).toEqual([]);
    expect(desk.book.get(CALL)).toBeDefined();
  });

  it('rings again when a dismissed call escalates anew', () => {
    welcome();
    desk.event(escalation(), 1);
    const shown = desk.book.get(CALL);
    if (shown !== undefined) desk.pops.dismiss(shown);
    desk.event(escalation({}, { time: after(5) }), 2);
    expect(showing()).toEqual([CALL]);
  });

  it('rings for nothing before all that was missed is known', () => {
    welcome();
    welcome({ recovered: true, head: 9 });
    desk.event(escalation(), 5);
    expect(popped).toEqual([]);
    desk.event(event('call.ended', {}, { time: after(4) }), 9);
    expect(popped).toEqual([]);
    expect(showing()).toEqual([]);
  });

  it('rings after a reconnect when the caller still waits, even if the head is not for this desk', () => {
    welcome();
    welcome({ recovered: true, head: 9 });
    desk.event(escalation(), 5);
    scheduler.advance(QUIET_MS);
    expect(popped).toEqual([CALL]);
  });

  it('lists what escalated long before the desk heard of it as missed', () => {
    scheduler.advance(600_000);
    welcome();
    desk.event(escalation(), 1);
    const shown = desk.book.get(CALL);
    expect(popped).toEqual([]);
    expect(shown !== undefined && desk.pops.isLate(shown)).toBe(true);
  });

  it('does not disturb during a break, and catches up when the agent is back, however long that took', async () => {
    welcome();
    await desk.setState('break');
    desk.event(escalation(), 1);
    expect(popped).toEqual([]);
    scheduler.advance(300_000);
    await desk.setState('available');
    expect(popped).toEqual([CALL]);
  });

  it('counts an agent who left as on a break, and as what they chose once they are back', async () => {
    welcome();
    await desk.setAway(true);
    expect(desk.state.value).toBe('break');
    desk.event(escalation(), 1);
    expect(popped).toEqual([]);
    await desk.setAway(false);
    expect(desk.state.value).toBe('available');
    expect(popped).toEqual([CALL]);
    expect(sent.slice(-2)).toEqual([
      { type: 'state', value: 'break' },
      { type: 'state', value: 'available' },
    ]);
  });

  it('lets the agent’s own choice end being away, and never overrides one', async () => {
    await desk.setAway(true);
    await desk.setState('busy');
    expect(desk.state.value).toBe('busy');
    await desk.setAway(true);
    expect(desk.state.value).toBe('busy');
  });

  it('lets nobody go away in the middle of wrap-up, and counts whoever left as away once it is over', async () => {
    await desk.followState('wrapup');
    await desk.setAway(true);
    expect(desk.state.value).toBe('wrapup');
    await desk.followState('available');
    expect(desk.state.value).toBe('break');
    welcome();
    desk.event(escalation(), 1);
    expect(popped).toEqual([]);
    await desk.setAway(false);
    expect(desk.state.value).toBe('available');
    expect(popped).toEqual([CALL]);
  });

  it('takes whoever came back before wrap-up was over for there', async () => {
    await desk.followState('wrapup');
    await desk.setAway(true);
    await desk.setAway(false);
    await desk.followState('available');
    expect(desk.state.value).toBe('available');
  });

  describe('around a wrap-up', () => {
    const nextState = () =>
      new NextState({
        chosen: () => desk.chosen,
        apply: (state) => void desk.followState(state),
        queued: (state) => desk.remember(state),
      });

    it('is in wrap-up after the screen was locked, the call ended and the screen was unlocked', async () => {
      const next = nextState();
      await desk.setAway(true);
      next.wrapUps(true);
      expect(desk.state.value).toBe('break');
      await desk.setAway(false);
      expect(desk.state.value).toBe('wrapup');
      expect(next.next).toBe('available');
      next.wrapUps(false);
      expect(desk.state.value).toBe('available');
    });

    it('is away until somebody is back, when a call ends and its wrap-up runs out behind a locked screen', async () => {
      const next = nextState();
      await desk.setAway(true);
      next.wrapUps(true);
      next.wrapUps(false);
      expect(desk.state.value).toBe('break');
      await desk.setAway(false);
      expect(desk.state.value).toBe('available');
    });

    it.each(['break', 'busy', 'offline'] as const)('comes back as %s when the desk is started again', async (state) => {
      await desk.setState(state);
      desk = makeDesk();
      expect(desk.state.value).toBe(state);
      welcome();
      expect(sent.at(-1)).toEqual({ type: 'state', value: state });
      desk.event(escalation(), 1);
      expect(popped).toEqual([]);
    });

    it('keeps over a restart what was chosen for after the wrap-up, and forgets the wrap-up itself', async () => {
      const next = nextState();
      next.wrapUps(true);
      desk = makeDesk();
      expect(desk.state.value).toBe('available');
      const again = nextState();
      again.wrapUps(true);
      again.choose('break');
      desk = makeDesk();
      expect(desk.state.value).toBe('break');
      await desk.setState('available');
      desk = makeDesk();
      expect(desk.state.value).toBe('available');
    });

    it('starts as available where the file cannot be read', () => {
      writeFileSync(path.join(folder, 'agent-state.json'), '{"state":"asleep"}');
      desk = makeDesk();
      expect(desk.state.value).toBe('available');
    });
  });

  describe('whose pop window is closed', () => {
    it('puts that call away for good and shows the next one', () => {
      welcome();
      desk.event(escalation({}, { id: 'evt_one' }), 1);
      desk.event(escalation({}, { id: 'evt_two', subject: 'vinfer:two', time: after(1) }), 2);
      expect(desk.dismissShown()).toBe(true);
      expect(showing()).toEqual([CALL]);
      expect(desk.dismissShown()).toBe(true);
      expect(showing()).toEqual([]);
      desk.reconsider();
      expect(showing()).toEqual([]);
      expect(desk.dismissShown()).toBe(false);
    });
  });

  describe('who turns to a call', () => {
    const sightings = () => sent.filter(({ type }) => type === 'seen');

    it('is told to the relay once, with when it was painted', async () => {
      welcome();
      desk.event(escalation(), 1);
      await desk.sightings.painted(CALL, scheduler.now());
      scheduler.advance(1_500);
      desk.see(CALL);
      scheduler.advance(1_500);
      desk.see(CALL);
      expect(sightings()).toEqual([
        { type: 'seen', call: CALL, painted: NOW },
        { type: 'seen', call: CALL, painted: NOW, seen: after(1.5) },
      ]);
    });

    it('is seen in the workspace too, where a call never popped, and never with a call that is over', () => {
      settings = settingsSchema.parse({ mode: 'team', pop: { enabled: false } });
      welcome();
      desk.event(escalation(), 1);
      desk.see(CALL);
      expect(sightings()).toEqual([{ type: 'seen', call: CALL, painted: NOW, seen: NOW }]);
      desk.event(escalation({}, { subject: 'vinfer:over' }), 2);
      desk.event(event('call.ended', {}, { subject: 'vinfer:over', time: after(9) }), 3);
      desk.see('vinfer:over');
      desk.see('vinfer:unknown');
      expect(sightings()).toHaveLength(1);
    });

    it('has the windows hear of it until the call asks anew', () => {
      welcome();
      desk.event(escalation(), 1);
      expect(desk.pops.isSeen(CALL)).toBe(false);
      desk.see(CALL);
      expect(desk.pops.isSeen(CALL)).toBe(true);
      desk.event(escalation({}, { time: after(5) }), 2);
      expect(desk.pops.isSeen(CALL)).toBe(false);
    });
  });

  it('follows the person’s own rule for a platform', () => {
    settings = settingsSchema.parse({
      mode: 'team',
      pop: { rules: { vinfer: { escalated: false, ringing: false } } },
    });
    welcome();
    desk.event(escalation(), 1);
    expect(popped).toEqual([]);
    expect(desk.book.get(CALL)).toBeDefined();
  });

  it('tells the relay the agent’s state again after every reconnect', async () => {
    await desk.setState('busy');
    sent = [];
    welcome();
    expect(sent).toContainEqual({ type: 'state', value: 'busy' });
  });

  it('keeps the call shown while the agent is claiming it', async () => {
    welcome();
    desk.event(escalation(), 1);
    const claiming = desk.claims.claim(CALL, -1);
    desk.event(escalation({}, { subject: 'vinfer:next', time: after(1) }), 2);
    expect(desk.pops.list.current).toBe(CALL);
    await claiming;
  });

  it('drops pops that the new snapshot no longer has', () => {
    welcome();
    desk.event(escalation(), 1);
    welcome({ calls: [] });
    expect(showing()).toEqual([]);
  });
});

describe('what the windows are shown', () => {
  let insisting = false;
  const sources = () => ({
    desk,
    settings: () => settings,
    connection: () => ({ state: 'live' as const, since: 1 }),
    notices: new Notices(() => undefined),
    phone: phoneView,
    language: () => 'en' as const,
    insisting: () => insisting,
    callbacksDue: () => 0,
  });

  it('fits the contract at every step of a call', async () => {
    const check = () => {
      popViewSchema.parse(popView(sources()));
      return deskViewSchema.parse(deskView(sources())).rows[0]?.group;
    };
    expect(check()).toBeUndefined();
    welcome();
    desk.event(escalation(), 1);
    expect(check()).toBe('waiting');
    await desk.claims.claim(CALL, -1);
    desk.select(CALL);
    expect(check()).toBe('live');
    desk.event(claimed({ id: ASHA.id, name: ASHA.name }, 1, after(30)), 2);
    desk.event(event('call.ended', { duration_seconds: 61 }, { time: after(61) }), 3);
    expect(check()).toBe('wrapup');
    desk.event(event('call.disposition', { value: 'dispute', by: 'agent' }, { time: after(90) }), 4);
    expect(check()).toBe('ended');
  });

  it('carries the sound the agent chose to the window that plays it', () => {
    expect(popView(sources())).not.toHaveProperty('sound');
    settings = { ...settings, sound: { name: 'knock', volume: 0.3, repeat: false } };
    expect(popView(sources()).sound).toEqual(settings.sound);
    insisting = true;
    expect(popView(sources()).insist).toBe(true);
  });

  it('shows one call in full and the others in the strip', () => {
    welcome();
    desk.event(escalation(), 1);
    desk.event(escalation({ contact: { name: 'Elif' } }, { subject: 'vinfer:2', time: after(1) }), 2);
    const view = popView(sources());
    expect(view.current?.call).toBe('vinfer:2');
    expect(view.waiting).toEqual([{ call: CALL, name: 'Amit Patel', trigger: 'upset', escalated_at: Date.parse(NOW) }]);
    desk.pops.select(CALL);
    expect(popView(sources())).toMatchObject({ current: { call: CALL }, waiting: [{ call: 'vinfer:2' }] });
  });
});

describe('the memory of dismissals', () => {
  it('starts empty from a damaged file and says so', () => {
    const file = path.join(folder, 'dismissed.json');
    writeFileSync(file, '{"events":');
    const problems: string[] = [];
    const memory = openDismissals(file, (what) => problems.push(what));
    expect(problems).toEqual(['dismissals.unreadable']);
    memory.add('evt_1');
    expect(memory.has('evt_1')).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ events: ['evt_1'] });
  });
});
