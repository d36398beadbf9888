import { beforeEach, describe, expect, it } from 'vitest';
import { Claims } from '../../../src/main/desk/claims';
import type { AgentCommand, CommandOutcome } from '../../../src/main/relay-client/commands';
import { ASHA, BEN, CALL, after, call, claimed, escalation, event } from '../support/events';
import { ManualScheduler, settled } from '../support/manual-scheduler';

let scheduler: ManualScheduler;
let claims: Claims;
let sent: AgentCommand[];
let answer: CommandOutcome;
const me = { id: ASHA.id, name: ASHA.name };
const said = () => sent.map(({ type }) => type);
const refused = (code: 'claimed' | 'not_yours' | 'unavailable', temporary = false): CommandOutcome => ({
  status: 'refused',
  error: { code, message: `no: ${code}`, by: { id: BEN.id, name: BEN.name }, temporary },
});

beforeEach(() => {
  scheduler = new ManualScheduler();
  sent = [];
  answer = { status: 'done', lease_s: 30 };
  claims = new Claims({
    scheduler,
    command: (command) => {
      sent.push(command);
      return Promise.resolve(answer);
    },
    changed: () => undefined,
    log: () => undefined,
  });
});

describe('claims', () => {
  it('are mine once granted, and renewed every third of the lease', async () => {
    const claiming = claims.claim(CALL, -1);
    expect(claims.own(CALL)).toEqual({ state: 'claiming' });
    expect(await claiming).toEqual({ ok: true });
    expect(claims.own(CALL)?.state).toBe('held');
    for (let n = 0; n < 3; n += 1) {
      scheduler.advance(10_000);
      await settled();
    }
    expect(said()).toEqual(['claim', 'renew', 'renew', 'renew']);
  });

  it('are asked for once, however often the button is pressed', async () => {
    const first = claims.claim(CALL, -1);
    expect((await claims.claim(CALL, -1)).ok).toBe(false);
    await first;
    expect(await claims.claim(CALL, -1)).toEqual({ ok: true });
    expect(said()).toEqual(['claim']);
  });

  it('that are refused say why for a while', async () => {
    answer = refused('claimed');
    expect(await claims.claim(CALL, -1)).toMatchObject({ ok: false, reason: 'claimed', name: 'Ben Kaya' });
    expect(claims.own(CALL)).toMatchObject({ state: 'refused', reason: 'claimed', name: 'Ben Kaya' });
    scheduler.advance(8_000);
    expect(claims.own(CALL)).toBeUndefined();
  });

  it('cannot be made without a connection, and say so', async () => {
    answer = { status: 'offline' };
    expect(await claims.claim(CALL, -1)).toMatchObject({ ok: false });
    expect(claims.own(CALL)?.state).toBe('refused');
  });

  it('survive a renewal that gets no answer, and are renewed at once when the link is back', async () => {
    await claims.claim(CALL, -1);
    answer = { status: 'offline' };
    scheduler.advance(10_000);
    await settled();
    expect(claims.own(CALL)?.state).toBe('held');
    answer = { status: 'done' };
    claims.renewAll();
    expect(said()).toEqual(['claim', 'renew', 'renew']);
  });

  it('are let go when the relay says that they are no longer mine', async () => {
    await claims.claim(CALL, -1);
    answer = refused('not_yours');
    scheduler.advance(10_000);
    await settled();
    expect(claims.own(CALL)).toBeUndefined();
    scheduler.advance(60_000);
    expect(said()).toEqual(['claim', 'renew']);
  });

  it('are not taken away by an older word of the register', async () => {
    const before = call(escalation(), event('call.released', { agent: BEN, seq: 3, reason: 'released' }));
    await claims.claim(CALL, 3);
    claims.reconcile(before, ASHA.id, scheduler.now());
    expect(claims.own(CALL)?.state).toBe('held');
    claims.reconcile(call(escalation(), claimed(me, 4, after(30))), ASHA.id, scheduler.now());
    expect(claims.own(CALL)?.state).toBe('held');
    claims.reconcile(call(escalation(), claimed(BEN, 5, after(30))), ASHA.id, scheduler.now());
    expect(claims.own(CALL)).toBeUndefined();
  });

  it('are taken up again after a restart, while the lease still runs', () => {
    const mine = call(escalation(), claimed(me, 1, after(20)));
    claims.reconcile(mine, ASHA.id, scheduler.now());
    expect(said()).toEqual(['renew']);
    expect(claims.own(CALL)?.state).toBe('held');
  });

  it('end with the call: nothing is renewed any more', async () => {
    await claims.claim(CALL, -1);
    claims.reconcile(call(escalation(), claimed(me, 1, after(30)), event('call.ended', {})), ASHA.id, scheduler.now());
    scheduler.advance(60_000);
    await settled();
    expect(said()).toEqual(['claim']);
  });

  it('can be given back', async () => {
    await claims.claim(CALL, -1);
    expect(await claims.release(CALL, 'released')).toEqual({ ok: true });
    scheduler.advance(60_000);
    expect(said()).toEqual(['claim', 'release']);
  });
});
