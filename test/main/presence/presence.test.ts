import type { NetworkInterfaceInfo } from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { Presence } from '../../../src/main/presence/presence';
import { ownAddresses, watchNetwork } from '../../../src/main/presence/watch-network';
import { ManualScheduler } from '../support/manual-scheduler';

let heard: string[];
let busy: boolean;
let presence: Presence;

beforeEach(() => {
  heard = [];
  busy = false;
  presence = new Presence({
    awayAfterMin: () => 15,
    busy: () => busy,
    away: (away) => heard.push(away ? 'left' : 'back'),
    woke: () => heard.push('woke'),
  });
});

describe('presence', () => {
  it('ends with sleep and comes back with waking, which is told first', () => {
    presence.power('suspend');
    expect(presence.locked).toBe(true);
    presence.power('resume');
    expect(heard).toEqual(['left', 'woke', 'back']);
  });

  it('waits for the unlocking when the computer wakes up locked', () => {
    presence.power('lock');
    presence.power('suspend');
    presence.power('resume');
    expect(heard).toEqual(['left', 'woke']);
    expect(presence.locked).toBe(true);
    presence.power('unlock');
    expect(heard).toEqual(['left', 'woke', 'back']);
  });

  it('ends after the limit without keyboard and mouse, and returns with the first key', () => {
    presence.idleFor(899);
    expect(heard).toEqual([]);
    presence.idleFor(900);
    presence.idleFor(910);
    presence.idleFor(0);
    expect(heard).toEqual(['left', 'back']);
  });

  it('does not end while the agent talks on a call, hands in the lap', () => {
    busy = true;
    presence.idleFor(5_000);
    expect(heard).toEqual([]);
  });
});

describe('the network', () => {
  const address = (text: string, internal = false) => ({ address: text, internal }) as NetworkInterfaceInfo;

  it('is the set of own addresses, in whatever order they are told', () => {
    const one = () => ({ lo: [address('127.0.0.1', true)], eth: [address('10.0.0.2'), address('fe80::1')] });
    const other = () => ({ eth: [address('fe80::1'), address('10.0.0.2')], gone: undefined });
    expect(ownAddresses(one)).toBe('10.0.0.2 fe80::1');
    expect(ownAddresses(other)).toBe(ownAddresses(one));
  });

  it('tells of each change once, until nobody listens', () => {
    const scheduler = new ManualScheduler();
    let now = 'a';
    let changes = 0;
    const stop = watchNetwork(
      scheduler,
      () => now,
      () => (changes += 1),
    );
    scheduler.advance(9_000);
    expect(changes).toBe(0);
    now = 'b';
    scheduler.advance(9_000);
    expect(changes).toBe(1);
    stop();
    now = 'c';
    scheduler.advance(9_000);
    expect(changes).toBe(1);
  });
});
