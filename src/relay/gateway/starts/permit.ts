/**
 * The last word before a call is made. The check runs when the request is about to leave, with what is known at that moment;
 * the attempt goes into the book with its receipt in the same breath, and only if nothing that was checked has changed.
 */
import type { DialAnswer, DialRequest } from '../../../shared/contract/dialling';
import type { DialKind, DialPurpose, DialTrigger } from '../../../shared/contract/dialling-policies';
import type { CallReceipt, Confirmation } from '../../../shared/contract/receipts';
import type { StartCallRequest } from '../../../shared/contract/rest';
import { isTemporary } from '../../../shared/lib/dialling/explain';
import { phoneHash } from '../../dialling/phone-hash';
import type { Begun, NewAttempt } from '../../dialling/port';
import { NO_NUMBER } from '../../dialling/route';
import type { Gateway } from '../gateway';
import type { Asker } from '../http/authenticate';
import { Problem, UNCLEAR_DETAIL } from '../http/problem';
import { inUse } from '../idempotency/guard';
import { callLimit } from './call-limit';
import type { Person } from './started-event';

/** After a look-up that failed, seconds. */
const LOOK_UP_AGAIN_S = 5;
/** Facts that change while they are checked, again and again: somebody else is busy with the same number. */
const MAX_ROUNDS = 3;

export interface Wish {
  asker: Asker;
  key: string;
  /** Id of the attempt: of agent and key. */
  attempt: string;
  platform: string;
  body: StartCallRequest;
  kind: DialKind;
  purpose: DialPurpose;
  /** Who set it off: a person, or a timer. */
  trigger: Extract<DialTrigger, 'click' | 'auto_dial'>;
  /** From the lead, where the request names one. */
  seller?: string;
  /** `<platform>:<id>`. */
  campaign?: string;
  list?: string;
  place: { zone?: string | undefined; region?: string | undefined; postcode?: string | undefined };
  person: Person;
}

function questionOf({ body, kind, purpose, trigger, seller, campaign, list, place }: Wish): DialRequest {
  return {
    ...{ phone: body.phone, kind, purpose, trigger, ...place },
    ...(campaign === undefined ? {} : { campaign }),
    ...(seller === undefined ? {} : { seller }),
    ...(list === undefined ? {} : { list }),
  };
}

function blocked(dial: DialAnswer): Problem {
  const soon = isTemporary(dial) ? { retryAfterS: LOOK_UP_AGAIN_S } : {};
  return new Problem('dial_blocked', dial.explanation.join(' '), { members: { dial }, ...soon });
}

type Refused = Exclude<Begun, { ok: true } | { reason: 'changed' }>;

function refusal(begun: Refused, now: number): Problem {
  switch (begun.reason) {
    case 'unclear': {
      const members = { earlier: { at: new Date(begun.at).toISOString(), agent: begun.agent } };
      return new Problem('unclear', UNCLEAR_DETAIL, { members });
    }
    case 'busy': {
      const minutes = Math.max(1, Math.round((now - begun.at) / 60_000));
      return new Problem('conflict', `This number is being called: started ${minutes} min ago by ${begun.agent}`);
    }
    case 'taken':
      return inUse();
    case 'not_held':
      return new Problem('not_held', 'This lead is not in your hands any more; ask for the next one');
    case 'limit':
      return new Problem('call_limit', 'You have as many AI calls under way as is allowed; wait until one ends');
  }
}

function attemptOf(wish: Wish, answer: DialAnswer, revision: string, limit: number, now: number): NewAttempt {
  const { asker, key, attempt: id, platform, body, kind, purpose, trigger, campaign, list } = wish;
  return {
    ...{ id, key, platform, kind, purpose, trigger, revision, limit, agent: asker.agent.id, at: now },
    phoneHash: phoneHash(body.phone),
    ...(campaign === undefined ? {} : { campaign }),
    ...(list === undefined ? {} : { list }),
    ...(body.lead === undefined ? {} : { lead: body.lead }),
    confirmed: body.confirm_unclear === true,
    role: asker.agent.role,
    receipt: JSON.stringify(answer.receipt),
    person: JSON.stringify(wish.person),
  };
}

/**
 * Checks, and takes the attempt into the book. Resolves with its receipt.
 * @throws Problem `dial_blocked`, `unclear`, `call_limit` or `conflict`; then nothing was written
 */
export async function permit(gateway: Gateway, wish: Wish): Promise<CallReceipt> {
  const { deps, dialling } = gateway;
  const { body, asker } = wish;
  const { id: by, role } = asker.agent;
  const override = body.override === undefined ? {} : { override: { by, role, reason: body.override.reason } };
  const limit = await callLimit(deps, by);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const now = deps.clock.now();
    const checked = await dialling.check(questionOf(wish), now, { ...override, attempt: wish.attempt });
    if (checked === undefined) throw new Problem('bad_request', NO_NUMBER);
    if (checked.answer.verdict === 'blocked') throw blocked(checked.answer);
    const attempt = attemptOf(wish, checked.answer, checked.revision ?? '', limit, now);
    const begun = await deps.store.dialling.beginAttempt(attempt);
    if (begun.ok) {
      const { confirmed_by: by } = begun;
      noteDial(gateway, attempt, checked.answer);
      noteConfirmation(gateway, attempt, by);
      return { ...receiptOf(attempt, checked.answer), ...(by === undefined ? {} : { confirmed_by: by }) };
    }
    if (begun.reason !== 'changed') throw refusal(begun, now);
  }
  throw new Problem('conflict', 'Something about this number is changing just now', { retryAfterS: 1 });
}

/** Who let which lead be called, by which rules, and whether it was a person or a timer; the number is in the receipt. */
function noteDial({ deps }: Gateway, attempt: NewAttempt, { findings, receipt }: DialAnswer): void {
  const { id, agent, lead, trigger } = attempt;
  const packs = receipt.packs.map((pack) => `${pack.id} ${pack.version}`);
  deps.log.info({ by: agent, lead, trigger, packs, attempt: id }, 'a call is about to be made');
  const rules = findings.filter(({ effect }) => effect === 'overridden').map(({ rule }) => rule);
  if (rules.length > 0) deps.log.info({ by: agent, rules, attempt: id }, 'a supervisor overrode dial rules');
}

/** A colleague's attempt may be ringing, and somebody else decided that the number is called all the same. */
function noteConfirmation({ deps }: Gateway, { id, agent }: NewAttempt, by: Confirmation | undefined): void {
  const others = by?.attempts_of.filter((one) => one !== agent) ?? [];
  if (others.length === 0) return;
  deps.log.info({ by: agent, attempts_of: others, attempt: id }, 'an unclear attempt was confirmed by a supervisor');
}

function receiptOf(attempt: NewAttempt, { receipt }: DialAnswer): CallReceipt {
  const { id, at, agent, platform, campaign, list, lead, phoneHash: phone_hash, confirmed } = attempt;
  return {
    ...{ id, agent, platform, phone_hash, state: 'sending', at: new Date(at).toISOString() },
    ...(campaign === undefined ? {} : { campaign }),
    ...(list === undefined ? {} : { list }),
    ...(lead === undefined ? {} : { lead }),
    check: receipt,
    confirmed_unclear: confirmed,
  };
}
