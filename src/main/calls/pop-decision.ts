/** Whether a call pops on this desk, and if not, why: one pure verdict with a name for every outcome. */
import { claimantOf, phaseOf } from '../../shared/lib/call-view';
import { LATE_AFTER_S } from '../../shared/contract/events';
import type { CallSnapshot } from '../../shared/contract/call';
import type { AgentState, DeskAgent } from '../../shared/contract/desk-protocol';
import type { PopCause } from './pop-cause';

/**
 * `popped`: show it. `ended`: the call is over. `already_claimed`: somebody has it. `duplicate`: it is on the screen.
 * `dismissed`: the person put it away. `test`: a test, and tests are not to pop. `not_mine`: seen by a supervisor, meant
 * for others. `late`: the caller began to wait too long before this desk heard of it. `do_not_disturb`: busy or on a
 * break. `pop_disabled`: switched off in settings.
 */
export type PopReason =
  | 'popped'
  | 'ended'
  | 'already_claimed'
  | 'duplicate'
  | 'dismissed'
  | 'test'
  | 'not_mine'
  | 'late'
  | 'do_not_disturb'
  | 'pop_disabled';

export interface PopQuestion {
  call: CallSnapshot;
  cause: PopCause;
  me: DeskAgent;
  /** The desk of an embedded relay: every caller is this agent's. */
  sole: boolean;
  state: AgentState;
  /** Relay's clock, epoch ms. */
  now: number;
  /** When this desk first heard of the cause, relay's clock. */
  seenAt: number;
  /** The call is in the pop window now. */
  showing: boolean;
  /** The person put this very escalation away (also before a restart). */
  dismissed: boolean;
  /** Whether pops are switched on, and whether test events pop too. */
  allow: { pops: boolean; tests: boolean };
}

const DO_NOT_DISTURB: readonly AgentState[] = ['busy', 'break', 'offline'];

/** True when the caller began to wait too long before this desk heard of it: a missed call, not a ringing one. */
export function isLate(cause: PopCause, seenAt: number): boolean {
  return cause.late || seenAt - Date.parse(cause.at) > LATE_AFTER_S * 1000;
}

/** Own number or own dialling; an agent sees only what is meant for them, a supervisor sees everything. */
export function isMine(call: CallSnapshot, me: DeskAgent, sole: boolean): boolean {
  if (sole || me.role === 'agent') return true;
  if (call.fields.origin_agent?.value === me.id) return true;
  return Object.values(call.escalations).some(({ to }) => to !== undefined && me.numbers.includes(to));
}

export function decidePop(question: PopQuestion): PopReason {
  const { call, cause, me, state, allow } = question;
  const phase = phaseOf(call);
  if (phase === 'ended' || phase === 'failed') return 'ended';
  if (claimantOf(call, question.now) !== undefined) return 'already_claimed';
  if (question.dismissed) return 'dismissed';
  if (question.showing) return 'duplicate';
  if (call.test && !allow.tests) return 'test';
  if (!isMine(call, me, question.sole)) return 'not_mine';
  if (isLate(cause, question.seenAt)) return 'late';
  if (DO_NOT_DISTURB.includes(state)) return 'do_not_disturb';
  return allow.pops ? 'popped' : 'pop_disabled';
}
