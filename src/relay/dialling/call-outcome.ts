/**
 * What came of a call, as far as rules ask: whether somebody was spoken to, and whether they were then left alone. Most
 * platforms never say that a call was answered; what was said, and for how long, does.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import type { DialAttempt } from '../../shared/contract/dialling';

/** What platforms and agents call a call that reached nobody, somewhere in their words. */
const NOBODY =
  /\b(?:no answer|not? answered|did ?n[o']?t answer|unanswered|no pick ?up|busy|voice ?mail|answering machine|machine|fail(?:ed|ure)?|unreachable|not reach(?:ed|able))\b/;

const plain = (word: string) => word.toLowerCase().replace(/[^a-z']+/g, ' ');

function reachedNobody({ fields, dispositions, milestones }: CallSnapshot): boolean {
  if (milestones.failed !== undefined) return true;
  const { ai, agent, platform } = dispositions;
  const words = [
    fields.outcome?.value,
    fields.end_reason?.value,
    ...[ai, agent, platform].map((of) => of?.value.value),
  ];
  return words.some((word) => word !== undefined && NOBODY.test(plain(word)));
}

function customerSpoke({ turns, transcript }: CallSnapshot): boolean {
  return [...Object.values(turns), ...(transcript?.value ?? [])].some(({ speaker }) => speaker === 'customer');
}

function wasConversation(call: CallSnapshot): boolean {
  const { fields, milestones, escalations } = call;
  if (milestones.answered !== undefined || Object.keys(escalations).length > 0 || customerSpoke(call)) return true;
  return (fields.duration_seconds?.value ?? 0) > 0 && !reachedNobody(call);
}

/** Somebody was promised a person, and the call ended before one took it. */
function wasAbandoned({ escalations, milestones, claim, dispositions }: CallSnapshot): boolean {
  const { ended } = milestones;
  if (ended === undefined || Object.keys(escalations).length === 0 || dispositions.agent !== undefined) return false;
  // Of a claim that was given back only the end is known: somebody had it.
  if (claim !== undefined && claim.lease_until === undefined) return false;
  return claim === undefined || Date.parse(claim.at) > Date.parse(ended.at);
}

/** An abandoned call was a conversation too, and is told as what is rarer. */
export function outcomeOfCall(call: CallSnapshot): DialAttempt['outcome'] {
  if (wasAbandoned(call)) return 'abandoned';
  return wasConversation(call) ? 'conversation' : 'attempt';
}
