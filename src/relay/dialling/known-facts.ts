/** What the relay itself knows of a number: the calls in its log, and who asked not to be called again. */
import { callSnapshotSchema, type CallSnapshot } from '../../shared/contract/call';
import type { DialAttempt, DncAnswer } from '../../shared/contract/dialling';
import type { GatewayStore } from '../gateway/store-port';

/** Newest calls of one number that are looked at: more than any cap allows within its window. */
const MAX_CALLS = 200;

export interface KnownFacts {
  attempts: DialAttempt[];
  dnc: DncAnswer[];
}

/** Where facts about a number come from. A list that cannot be asked is answered as `failed`, never left out. */
export type AskFacts = (phone: string) => Promise<KnownFacts>;

/** Abandoned: it was answered, and the escalation found nobody. That is not known here; leads tell it. */
function attemptOf({ milestones, fields }: CallSnapshot): DialAttempt[] {
  if (fields.direction?.value === 'inbound') return [];
  const { started, ringing, answered, ended, failed } = milestones;
  const first = started ?? ringing ?? answered ?? ended ?? failed;
  if (first === undefined) return [];
  // Every call a platform makes is spoken by its AI; what it was about the log does not say.
  return [{ at: first.at, kind: 'ai_voice', outcome: answered === undefined ? 'attempt' : 'conversation' }];
}

export function factsOfStore(
  store: Pick<GatewayStore, 'callsOfPhone' | 'isDncPhone'>,
  failed: (error: unknown) => void,
): AskFacts {
  return async (phone) => {
    const digits = phone.replace(/\D/g, '');
    const [calls, listed] = await Promise.all([
      store.callsOfPhone(digits, MAX_CALLS),
      store.isDncPhone(digits).catch((error: unknown) => {
        failed(error);
        return undefined;
      }),
    ]);
    return {
      attempts: calls.flatMap((json) => attemptOf(callSnapshotSchema.parse(JSON.parse(json)))),
      dnc: [{ list: 'own', state: listed === undefined ? 'failed' : listed ? 'listed' : 'not_listed' }],
    };
  };
}
