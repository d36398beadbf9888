/**
 * Is a history of claims one that a single register could have given? Each operation took effect at one instant between
 * its start and its end; one that was never answered may have taken effect at any later time, or never.
 */
export interface ClaimOperation {
  agent: string;
  kind: 'claim' | 'release';
  /** Any clock that all operations share. */
  start: number;
  /** Infinity when no answer came. */
  end: number;
  /** `other`: refused, because somebody else (`by`) has it. `not_yours`: nobody has it. `unknown`: no answer came. */
  result: { is: 'ok' } | { is: 'other'; by: string } | { is: 'not_yours' } | { is: 'unknown' };
}

type Holder = string | undefined;

/** The register after an operation, or `impossible` when it could not have given this answer in this state. */
function step(holder: Holder, { agent, kind, result }: ClaimOperation): { holder: Holder } | 'impossible' {
  const mine = holder === agent;
  const free = holder === undefined;
  switch (result.is) {
    case 'ok':
      if (kind === 'claim') return free || mine ? { holder: agent } : 'impossible';
      return mine ? { holder: undefined } : 'impossible';
    case 'other':
      return !free && !mine && holder === result.by ? { holder } : 'impossible';
    case 'not_yours':
      return kind === 'release' && free ? { holder } : 'impossible';
    case 'unknown':
      if (kind === 'claim') return free ? { holder: agent } : { holder };
      return mine ? { holder: undefined } : { holder };
  }
}

/** True when the operations of one call are linearizable (Wing and Gong's search, remembering where it has been). */
export function isOneRegister(operations: readonly ClaimOperation[]): boolean {
  const answered = operations.filter(({ end }) => end !== Infinity).length;
  const visited = new Set<string>();
  const search = (done: readonly boolean[], settled: number, holder: Holder): boolean => {
    if (settled === answered) return true;
    const key = `${done.map(Number).join('')}|${holder ?? ''}`;
    if (visited.has(key)) return false;
    visited.add(key);
    const open = operations.flatMap((operation, n) => (done[n] === true ? [] : [{ operation, n }]));
    // Nothing may be ordered after an operation that ended before it started.
    const firstEnd = Math.min(...open.map(({ operation }) => operation.end));
    return open.some(({ operation, n }) => {
      if (operation.start > firstEnd) return false;
      const next = step(holder, operation);
      if (next === 'impossible') return false;
      const nowDone = done.map((was, at) => was || at === n);
      return search(nowDone, settled + (operation.end === Infinity ? 0 : 1), next.holder);
    });
  };
  return search(
    operations.map(() => false),
    0,
    undefined,
  );
}
