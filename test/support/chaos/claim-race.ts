/** Agents go for the same calls at the same time, hand some of them back, and write down what they asked and were told. */
import { until } from '../poll';
import type { ClaimOperation } from './claim-history';
import { LinkLost, type DeskProbe } from './desk-probe';
import type { Dice } from './dice';

/** Chance that a winner hands the call back at once. */
const RELEASE_SHARE = 0.3;
/** A relay is back long before, unless the machine is hopelessly busy: then it takes a relay half a minute to start. */
const LINK_WITHIN_MS = 90_000;

export interface Race {
  random: Dice;
  /** By call. */
  histories: Map<string, ClaimOperation[]>;
  commands: number;
  unanswered: number;
}

async function attempt(race: Race, probe: DeskProbe, agent: string, kind: ClaimOperation['kind'], call: string) {
  const operation: ClaimOperation = { agent, kind, start: performance.now(), end: Infinity, result: { is: 'unknown' } };
  const history = race.histories.get(call) ?? [];
  race.histories.set(call, history);
  race.commands += 1;
  try {
    const question = kind === 'claim' ? { type: kind, call } : { type: kind, call, reason: 'changed_mind' };
    const reply = await probe.ask(question);
    if (reply.error?.code === 'unavailable') throw new LinkLost('not recorded');
    operation.end = performance.now();
    const { code, by } = reply.error ?? {};
    if (reply.ok) operation.result = { is: 'ok' };
    else if (code === 'claimed' && by !== undefined) operation.result = { is: 'other', by: by.id };
    else if (code === 'not_yours') operation.result = { is: 'not_yours' };
    else throw new Error(`a claim was refused with ${code ?? 'nothing'}`);
  } catch (error) {
    if (!(error instanceof LinkLost)) throw error;
    race.unanswered += 1;
  }
  history.push(operation);
  return operation.result.is === 'ok';
}

/** One agent goes for every call in an order of its own, again after a lost answer. */
export async function chase(race: Race, probe: DeskProbe, agent: string, calls: readonly string[]): Promise<void> {
  const order = [...calls].sort(() => race.random.next() - 0.5);
  for (const call of order) {
    for (let tries = 0; tries < 4; tries += 1) {
      await until('a link', () => probe.connected, LINK_WITHIN_MS);
      const before = race.unanswered;
      const won = await attempt(race, probe, agent, 'claim', call);
      if (won && race.random.next() < RELEASE_SHARE) await attempt(race, probe, agent, 'release', call);
      if (race.unanswered === before) break;
      await new Promise((resolve) => setTimeout(resolve, race.random.between(20, 150)));
    }
  }
}
