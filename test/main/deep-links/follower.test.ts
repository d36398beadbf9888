import { beforeEach, describe, expect, it } from 'vitest';
import { LinkFollower, LOOK_AGAIN_AFTER_MS } from '../../../src/main/deep-links/follower';
import { ManualScheduler } from '../support/manual-scheduler';

const CALL = 'vinfer:call_1';
const LINK = `handover-desk://call/${CALL}`;
const SECRET = 'x'.repeat(32);
const INVITE = `handover-desk://join/${SECRET}@relay.example.com`;

let scheduler: ManualScheduler;
let calls: Set<string>;
let live: boolean;
let did: string[];
let links: LinkFollower;

beforeEach(() => {
  scheduler = new ManualScheduler();
  calls = new Set();
  live = false;
  did = [];
  links = new LinkFollower({
    scheduler,
    live: () => live,
    has: (call) => calls.has(call),
    openCall: (call) => did.push(`open ${call}`),
    askToJoin: ({ host }) => did.push(`join ${host ?? ''}`),
    reveal: () => did.push('reveal'),
    missing: (call) => {
      if (call !== undefined) did.push(`missing ${call}`);
    },
  });
});

const greet = () => {
  live = true;
  links.greeted();
};

describe('a link the desk is started with', () => {
  it('asks whether to join, before any relay is there', () => {
    links.startedWith(['/opt/handover-desk', '--no-sandbox', INVITE]);
    expect(did).toEqual(['join relay.example.com']);
  });

  it('waits for the calls of the relay, then opens its call, once', () => {
    links.startedWith(['handover-desk.exe', '--', LINK]);
    expect(did).toEqual([]);
    calls.add(CALL);
    greet();
    links.greeted();
    expect(did).toEqual([`open ${CALL}`]);
  });

  it('says that its call is not here once the relay has said so and nothing came after', () => {
    links.startedWith([LINK]);
    scheduler.advance(60_000);
    expect(did).toEqual([]);
    greet();
    scheduler.advance(LOOK_AGAIN_AFTER_MS - 1);
    expect(did).toEqual([]);
    scheduler.advance(1);
    expect(did).toEqual([`missing ${CALL}`]);
  });

  it('opens a call that arrives right behind the hello', () => {
    links.startedWith([LINK]);
    greet();
    calls.add(CALL);
    scheduler.advance(LOOK_AGAIN_AFTER_MS);
    expect(did).toEqual([`open ${CALL}`]);
  });

  it('is none among ordinary arguments, and then the window comes by itself', () => {
    links.startedWith(['/opt/handover-desk', '--user-data-dir=/tmp/x', 'handover-desk://dial/+15550100']);
    greet();
    expect(did).toEqual([]);
  });
});

describe('a link that comes while the desk runs', () => {
  it('opens its call at once', () => {
    calls.add(CALL);
    greet();
    links.startedAgainWith([LINK]);
    expect(did).toEqual([`open ${CALL}`]);
  });

  it('brings the workspace up at once, and its call with the next hello', () => {
    links.startedAgainWith([LINK]);
    expect(did).toEqual(['reveal']);
    calls.add(CALL);
    greet();
    expect(did).toEqual(['reveal', `open ${CALL}`]);
  });

  it('gives way to a later one', () => {
    greet();
    links.startedAgainWith([LINK]);
    links.startedAgainWith([INVITE]);
    scheduler.advance(LOOK_AGAIN_AFTER_MS);
    expect(did).toEqual(['reveal', 'join relay.example.com']);
  });

  it('brings up the workspace when it is no link at all', () => {
    links.startedAgainWith(['/opt/handover-desk']);
    expect(did).toEqual(['reveal']);
  });
});
