/** The total-queue check: what was acknowledged must come out, exactly once, and nothing that was never put in. */
import type { SeenEvent } from './desk-probe';

export interface DeliveryRecord {
  /** Event ids of every webhook that was ever posted. */
  posted: ReadonlySet<string>;
  /** Those answered with 200 at least once. */
  acknowledged: ReadonlySet<string>;
}

export interface DeliveryVerdict {
  /** Acknowledged, but not in the log. */
  lost: string[];
  /** In the log more than once. */
  repeated: string[];
  /** In the log, but nobody posted it. */
  unexpected: string[];
  /** Kept although the answer was lost: allowed, and worth counting. */
  recovered: number;
}

/** @param seen what one desk that sees everything applied; events of the relay's own are left out */
export function checkDelivery(
  { posted, acknowledged }: DeliveryRecord,
  seen: readonly Pick<SeenEvent, 'id' | 'type'>[],
): DeliveryVerdict {
  const times = new Map<string, number>();
  for (const { id, type } of seen) {
    if (type === 'call.claimed' || type === 'call.released') continue;
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const kept = [...times.keys()];
  return {
    lost: [...acknowledged].filter((id) => !times.has(id)),
    repeated: kept.filter((id) => (times.get(id) ?? 0) > 1),
    unexpected: kept.filter((id) => !posted.has(id)),
    recovered: kept.filter((id) => !acknowledged.has(id)).length,
  };
}

/** The verdict as sentences; none when the promise was kept. */
export function deliveryProblems({ lost, repeated, unexpected }: DeliveryVerdict): string[] {
  const say = (ids: string[], what: string) =>
    ids.length === 0 ? [] : [`${ids.length} events ${what}, first ${ids[0] ?? ''}`];
  return [...say(lost, 'acknowledged but lost'), ...say(repeated, 'kept twice'), ...say(unexpected, 'never posted')];
}
