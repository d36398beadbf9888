/** The calls in the pop window: one shown in full, the others in a strip. Pure; newest first. */

export interface Pop {
  call: string;
  /** Event that made it pop. */
  event: string;
  /** Relay's clock, epoch ms: when the caller began to wait. */
  since: number;
}

export interface PopList {
  /** Newest first. */
  pops: readonly Pop[];
  /** Call shown in full; null when there is none. */
  current: string | null;
}

export const NO_POPS: PopList = { pops: [], current: null };

/** A newer escalation of a call already shown replaces it in place. The newest call is shown unless one is held. */
export function addPop(list: PopList, pop: Pop, hold: boolean): PopList {
  const others = list.pops.filter(({ call }) => call !== pop.call);
  const pops = [...others, pop].sort((a, b) => b.since - a.since);
  const current = list.current !== null && hold ? list.current : pop.call;
  return { pops, current };
}

/** When the call shown in full goes, the newest of the others takes its place. */
export function removePop(list: PopList, call: string): PopList {
  const pops = list.pops.filter((pop) => pop.call !== call);
  const current = list.current === call ? (pops[0]?.call ?? null) : list.current;
  return { pops, current };
}

/** Shows another one in full; an unknown call changes nothing. */
export function selectPop(list: PopList, call: string): PopList {
  return list.pops.some((pop) => pop.call === call) ? { ...list, current: call } : list;
}
