import { describe, expect, it } from 'vitest';
import type { SeenEvent } from '../../support/chaos/desk-probe';
import { logClaimProblems, raceProblems, viewProblems } from './views';

const event = (offset: number, more: Partial<SeenEvent> = {}): SeenEvent => ({
  offset,
  id: `e${offset}`,
  type: 'call.escalated',
  call: `c${offset}`,
  late: false,
  agent: undefined,
  ...more,
});
const claimed = (offset: number, agent: string) => event(offset, { type: 'call.claimed', call: 'c', agent });
const released = (offset: number, agent: string) => event(offset, { type: 'call.released', call: 'c', agent });
const log = [1, 3, 4, 7].map((offset) => event(offset));
const at = { from: 0, head: 7, lossy: false };

describe('what a desk saw', () => {
  it('is right when it is the log from where the desk came in', () => {
    expect(viewProblems(log, { seen: log, renewals: [] }, at)).toEqual([]);
    expect(viewProblems(log, { seen: log.slice(2), renewals: [] }, { ...at, from: 3 })).toEqual([]);
  });

  it('is wrong with a gap, a repeat, another order, or an end too soon', () => {
    const [a, b, c, d] = log as [SeenEvent, SeenEvent, SeenEvent, SeenEvent];
    for (const seen of [
      [a, c, d],
      [a, b, b, c, d],
      [a, c, b, d],
      [a, b, c],
      [a, b, c, event(6), d],
    ]) {
      expect(viewProblems(log, { seen, renewals: [] }, at)).toHaveLength(1);
    }
  });

  it('goes on from its snapshots after a renewal, which must hold every call', () => {
    const seen = [log[0]!, log[3]!];
    const renewal = { epoch: 'new', offset: 4, after: 1 };
    expect(viewProblems(log, { seen, renewals: [{ ...renewal, calls: ['c1', 'c3', 'c4'] }] }, at)).toEqual([]);
    expect(viewProblems(log, { seen, renewals: [{ ...renewal, calls: ['c1', 'c4'] }] }, at)).toHaveLength(1);
    const gone = [event(2), log[3]!];
    expect(viewProblems(log, { seen: gone, renewals: [{ ...renewal, calls: ['c1', 'c3', 'c4'] }] }, at)).toHaveLength(
      1,
    );
  });
});

describe('claims', () => {
  it('in the log may pass from one agent to another only through a release', () => {
    expect(logClaimProblems([claimed(1, 'asha'), released(2, 'asha'), claimed(3, 'ravi')])).toEqual([]);
    expect(logClaimProblems([claimed(1, 'asha'), claimed(2, 'ravi')])).toHaveLength(1);
    expect(logClaimProblems([claimed(1, 'asha'), released(2, 'ravi')])).toHaveLength(1);
  });

  it('that were granted stand in the log, and have one winner', () => {
    const ok = { is: 'ok' as const };
    const claim = (agent: string) => ({ agent, kind: 'claim' as const, start: 0, end: 1, result: ok });
    expect(raceProblems(new Map([['c', [claim('asha')]]]), [claimed(1, 'asha')])).toEqual([]);
    expect(raceProblems(new Map([['c', [claim('asha')]]]), [])).toHaveLength(1);
    const both = [claimed(1, 'asha'), claimed(2, 'ravi')];
    expect(raceProblems(new Map([['c', [claim('asha'), claim('ravi')]]]), both)).toHaveLength(1);
  });

  it('may end by themselves in a race that an outage drew out beyond a lease', () => {
    const claim = (agent: string, start: number) => ({
      agent,
      kind: 'claim' as const,
      start,
      end: start + 1,
      result: { is: 'ok' as const },
    });
    const known = [claimed(1, 'asha'), released(2, 'asha'), claimed(3, 'ravi')];
    expect(raceProblems(new Map([['c', [claim('asha', 0), claim('ravi', 40_000)]]]), known)).toEqual([]);
    expect(raceProblems(new Map([['c', [claim('asha', 0), claim('ravi', 20_000)]]]), known)).toHaveLength(1);
  });
});
