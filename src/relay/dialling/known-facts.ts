/**
 * What the relay itself knows of a number: attempts in its book and calls in its log, consents on record, who asked not to
 * be called again, and what the registers say. What cannot be asked is answered as `failed`, never left out.
 */
import { callSnapshotSchema, type CallSnapshot } from '../../shared/contract/call';
import type { Consent } from '../../shared/contract/consents';
import type { ConsentRecord, DialAttempt, DncAnswer } from '../../shared/contract/dialling';
import type { GatewayStore } from '../gateway/store-port';
import { outcomeOfCall } from './call-outcome';
import { phoneHash } from './phone-hash';
import type { DialFacts, DialStore, PastAttempt } from './port';

/** Newest calls of one number that are looked at: more than any cap allows within its window. */
const MAX_CALLS = 200;
/** No cap looks back further. */
const LOOK_BACK_MS = 366 * 24 * 3600_000;

/** On whose behalf, and out of which campaign or list, is called. */
export interface Asked {
  seller: string;
  campaign?: string | undefined;
  list?: string | undefined;
  /** The attempt that is being made: it does not stand in its own way. */
  attempt?: string | undefined;
}

export interface KnownFacts {
  attempts: DialAttempt[];
  dnc: DncAnswer[];
  consents: ConsentRecord[];
  /** Of the stored facts; see `DialFacts`. Absent when they could not be read. */
  revision?: string;
}

/** @param now epoch ms */
export type AskFacts = (phone: string, asked: Asked, now: number) => Promise<KnownFacts>;

const sameWords = (a: string, b: string) =>
  a.trim().toLowerCase().replace(/\s+/g, ' ') === b.trim().toLowerCase().replace(/\s+/g, ' ');

function attemptOf(call: CallSnapshot, booked: PastAttempt | undefined): DialAttempt[] {
  const { milestones, fields } = call;
  if (fields.direction?.value === 'inbound') return [];
  const { started, ringing, answered, ended, failed } = milestones;
  const first = started ?? ringing ?? answered ?? ended ?? failed;
  if (first === undefined) return [];
  const outcome = outcomeOfCall(call);
  // A call that nobody here started is a platform's campaign, spoken by its AI; what it was about the log does not say.
  if (booked === undefined) return [{ at: first.at, kind: 'ai_voice', outcome }];
  return [{ at: new Date(booked.at).toISOString(), kind: booked.kind, purpose: booked.purpose, outcome }];
}

function attemptsOf(booked: readonly PastAttempt[], calls: readonly CallSnapshot[]): DialAttempt[] {
  const byCall = new Map(booked.flatMap((attempt) => (attempt.call === undefined ? [] : [[attempt.call, attempt]])));
  const seen = new Set(calls.map(({ call }) => call));
  // An attempt whose call the log has not, or no longer, still rang; one that is unclear may have.
  const bare = booked.filter(({ call }) => call === undefined || !seen.has(call));
  return [
    ...calls.flatMap((call) => attemptOf(call, byCall.get(call.call))),
    ...bare.map(({ at, kind, purpose }): DialAttempt => {
      return { at: new Date(at).toISOString(), kind, purpose, outcome: 'attempt' };
    }),
  ];
}

/** Only a consent that names who calls counts. */
function consentsOf(consents: readonly Consent[], { seller }: Asked): ConsentRecord[] {
  return consents
    .filter((consent) => sameWords(consent.seller, seller))
    .map(({ id, written, kinds, purposes, given_at, expires_at, revoked }) => ({
      id,
      level: written ? 'written' : 'express',
      ...{ kinds, purposes, given_at },
      ...(expires_at === undefined ? {} : { expires_at }),
      ...(revoked === undefined ? {} : { revoked_at: revoked.at }),
    }));
}

/** A stop of another seller or campaign does not concern this call; where either side does not say, it could. */
function concerns({ scope, campaign, seller }: DialFacts['entries'][number], asked: Asked): boolean {
  if (scope === 'seller') return seller === undefined || sameWords(seller, asked.seller);
  if (scope !== 'campaign' || campaign === undefined) return true;
  // A platform's campaign is `<platform>:<id>`, a list's id has no colon: neither says anything about the other.
  const own = campaign.includes(':') ? asked.campaign : asked.list;
  return own === undefined || own === campaign;
}

function ownList({ entries }: DialFacts, asked: Asked): DncAnswer[] {
  const standing = entries.filter(({ corrected }) => corrected === undefined);
  if (standing.length === 0) return [{ list: 'own', state: 'not_listed' }];
  return standing.map((entry) => {
    return { list: 'own', state: 'listed', scope: entry.scope, elsewhere: !concerns(entry, asked) };
  });
}

const registerAnswers = ({ registers }: DialFacts): DncAnswer[] =>
  registers.map(({ list, date, listed }) => ({
    list,
    state: listed ? 'listed' : 'not_listed',
    list_date: new Date(date).toISOString(),
  }));

export interface FactSources {
  log: Pick<GatewayStore, 'callsOfPhone'>;
  store: Pick<DialStore, 'dialFacts'>;
  /** Resolves once every stop in the log is in the own list; rejects when that cannot be. */
  stopsRead: () => Promise<void>;
  failed: (error: unknown) => void;
}

export function askFacts({ log, store, stopsRead, failed }: FactSources): AskFacts {
  /** Undefined: they could not be read. */
  const stored = async (phone: string, digits: string, now: number): Promise<DialFacts | undefined> => {
    try {
      await stopsRead();
      return await store.dialFacts(phoneHash(phone), digits, now - LOOK_BACK_MS);
    } catch (error) {
      failed(error);
      return undefined;
    }
  };

  return async (phone, asked, now) => {
    const digits = phone.replace(/\D/g, '');
    // Asked for together: an agent waits for both.
    const [snapshots, facts] = await Promise.all([log.callsOfPhone(digits, MAX_CALLS), stored(phone, digits, now)]);
    const calls = snapshots.map((json) => callSnapshotSchema.parse(JSON.parse(json)));
    if (facts === undefined) {
      return { attempts: attemptsOf([], calls), dnc: [{ list: 'own', state: 'failed' }], consents: [] };
    }
    const booked = facts.attempts.filter(({ id }) => id !== asked.attempt);
    return {
      attempts: attemptsOf(booked, calls),
      dnc: [...ownList(facts, asked), ...registerAnswers(facts)],
      consents: consentsOf(facts.consents, asked),
      revision: facts.revision,
    };
  };
}
