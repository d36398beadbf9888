/**
 * The claim register. A call's row holds at most one claimant, and every change of it appends its event in the same
 * transaction, so the register and the log cannot disagree: exactly one winner, across reconnects and restarts.
 */
import { randomUUID } from 'node:crypto';
import { maySee, type Audience } from '../routing/audience';
import type { CallRow, Log } from './log';
import type { Claim, ClaimOutcome, ClaimRequest } from './port';
import { all, run, type Work } from './sql';

/** How far ahead a renewed claim's event announces its lease: releases are always told, so renewals need not be. */
const ANNOUNCE_AHEAD_MS = 300_000;
/** Announced again once less than this is left, two leases before it would look lapsed. */
const ANNOUNCE_LEFT_MS = 60_000;

type Holder = Claim['agent'];

export class ClaimRegister {
  constructor(private readonly log: Log) {}

  *claim(request: ClaimRequest): Work<ClaimOutcome> {
    const row = yield* this.visible(request);
    if (row === undefined) return { ok: false, reason: 'not_found' };
    const holder = holderOf(row);
    if (holder !== undefined && holder.id !== request.agent.id) return { ok: false, reason: 'claimed', by: holder };
    if (row.ended === 1) return { ok: false, reason: 'ended' };
    if (holder !== undefined) return yield* this.extend(row, request);
    return yield* this.grant(row, request, request.now + request.leaseMs);
  }

  *renew(request: ClaimRequest): Work<ClaimOutcome> {
    const refused = yield* this.refuseStranger(request);
    if ('ok' in refused) return refused;
    return yield* this.extend(refused.row, request);
  }

  *release(request: ClaimRequest & { reason: string }): Work<ClaimOutcome> {
    const refused = yield* this.refuseStranger(request);
    if ('ok' in refused) return refused;
    return { ok: true, claim: yield* this.free(refused.row, request.agent, request.reason, request.now) };
  }

  *lapse(claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number): Work<{ freed: boolean; current?: Claim }> {
    const row = yield* this.log.callRow(claim.call);
    const holder = row === undefined ? undefined : holderOf(row);
    if (row === undefined || holder === undefined) return { freed: false };
    if (row.claim_renewals !== claim.renewals || row.claim_seq !== claim.seq) {
      return { freed: false, current: claimOf(row, holder) };
    }
    yield* this.free(row, holder, row.ended === 1 ? 'call_ended' : 'lease_lapsed', now);
    return { freed: true };
  }

  *active(): Work<Claim[]> {
    return claimsOf(yield* all<CallRow>('SELECT * FROM calls WHERE claim_agent IS NOT NULL'));
  }

  /** Claims whose lease ended at least so long ago. */
  *overdue(sinceMs: number): Work<Claim[]> {
    const { now } = this.log.dialect;
    return claimsOf(
      yield* all<CallRow>(`SELECT * FROM calls WHERE claim_agent IS NOT NULL AND claim_until < ${now} - ?`, sinceMs),
    );
  }

  private *visible({ call, viewer }: ClaimRequest): Work<CallRow | undefined> {
    const row = yield* this.log.callRow(call);
    return row !== undefined && maySee(viewer, JSON.parse(row.audience) as Audience) ? row : undefined;
  }

  private *refuseStranger(request: ClaimRequest): Work<ClaimOutcome | { row: CallRow }> {
    const row = yield* this.visible(request);
    if (row === undefined) return { ok: false, reason: 'not_found' };
    const holder = holderOf(row);
    if (holder?.id === request.agent.id) return { row };
    return holder === undefined ? { ok: false, reason: 'not_yours' } : { ok: false, reason: 'claimed', by: holder };
  }

  /** The holder keeps the claim. Tells the desks only when the announced lease is about to run out. */
  private *extend(row: CallRow, { agent, now, leaseMs }: ClaimRequest): Work<ClaimOutcome> {
    if (row.claim_told - now < Math.max(ANNOUNCE_LEFT_MS, leaseMs)) {
      return yield* this.grant(row, { call: row.call, agent, now, leaseMs }, now + ANNOUNCE_AHEAD_MS);
    }
    yield* run(
      `UPDATE calls SET claim_renewals = claim_renewals + 1, claim_until = ${this.log.dialect.now} + ? WHERE call = ?`,
      leaseMs,
      row.call,
    );
    return { ok: true, claim: claimOf({ ...row, claim_renewals: row.claim_renewals + 1 }, agent) };
  }

  private *grant(
    row: CallRow,
    to: Pick<ClaimRequest, 'call' | 'agent' | 'now' | 'leaseMs'>,
    until: number,
  ): Work<ClaimOutcome> {
    const seq = row.claim_seq + 1;
    const renewals = row.claim_renewals + 1;
    yield* run(
      `UPDATE calls SET claim_seq = ?, claim_renewals = ?, claim_agent = ?, claim_name = ?, claim_told = ?,
         claim_until = ${this.log.dialect.now} + ? WHERE call = ?`,
      seq,
      renewals,
      to.agent.id,
      to.agent.name,
      until,
      to.leaseMs,
      to.call,
    );
    yield* this.tell('call.claimed', to.call, to.now, {
      agent: to.agent,
      lease_until: new Date(until).toISOString(),
      seq,
    });
    return { ok: true, claim: { call: to.call, agent: to.agent, seq, renewals } };
  }

  private *free(row: CallRow, agent: Holder, reason: string, now: number): Work<Claim> {
    const seq = row.claim_seq + 1;
    yield* run(
      'UPDATE calls SET claim_seq = ?, claim_agent = NULL, claim_name = NULL, claim_told = 0 WHERE call = ?',
      seq,
      row.call,
    );
    yield* this.tell('call.released', row.call, now, { agent, reason, seq });
    return { call: row.call, agent, seq, renewals: row.claim_renewals };
  }

  private *tell(
    type: 'call.claimed' | 'call.released',
    call: string,
    now: number,
    data: { agent: Holder } & Record<string, unknown>,
  ): Work<void> {
    const time = new Date(now).toISOString();
    const id = randomUUID();
    const event = {
      specversion: '1.0',
      id,
      source: '/relay',
      type,
      subject: call,
      time,
      receivedtime: time,
      istest: false,
      late: false,
      trust: 'signed',
      data,
    };
    const facts = { type, time, call, phones: [], actor: data.agent.id };
    yield* this.log.append({ source: '/relay', id, received: now, facts, body: JSON.stringify(event) });
  }
}

function claimsOf(rows: readonly CallRow[]): Claim[] {
  return rows.flatMap((row) => {
    const holder = holderOf(row);
    return holder === undefined ? [] : [claimOf(row, holder)];
  });
}

function holderOf(row: CallRow): Holder | undefined {
  if (row.claim_agent === null) return undefined;
  return { id: row.claim_agent, name: row.claim_name ?? row.claim_agent };
}

function claimOf(row: CallRow, agent: Holder): Claim {
  return { call: row.call, agent, seq: row.claim_seq, renewals: row.claim_renewals };
}
