/**
 * Agents' decisions become entries of the outbox, one per call and connector; news of a call that was told of makes its entry
 * due again. Read from the log, where a decision is durable before anybody hears that it is.
 */
import type { EventOf, HandoverEvent } from '../../shared/contract/events';
import type { Clock } from '../clock';
import type { DispositionMapping } from '../gateway/dispositions/mapping';
import { digestOf } from '../gateway/events';
import { LogFollower } from '../gateway/follow-log';
import type { Store } from '../store/port';
import type { CrmConnector } from './config';
import type { CrmOutcome } from './port';
import { CRM_MARK } from './works';

/** News of a call comes in bursts: its end, its record, its transcript. */
const SETTLE_MS = 1_000;

export interface OutcomeReaderDeps {
  store: Pick<Store, 'page' | 'position' | 'gateway' | 'crm'>;
  connectors: readonly CrmConnector[];
  mapping: Pick<DispositionMapping, 'crmValue'>;
  clock: Clock;
}

const concerns = (body: string) =>
  body.includes('"call.ended"') || body.includes('"call.transcript"') || body.includes('"call.disposition"');

export function createOutcomeReader({ store, connectors, mapping, clock }: OutcomeReaderDeps): LogFollower {
  function outcomesOf(event: EventOf<'call.disposition'>, call: string): CrmOutcome[] {
    const { value, agent, notes, amount, callback, dnc } = event.data;
    const platform = call.slice(0, call.indexOf(':'));
    return connectors.map(({ id: connector }) => {
      const crmValue = mapping.crmValue(connector, platform, value);
      return {
        ...{ id: digestOf('crm', connector, call), connector, call, event: event.id, value },
        agent: agent ?? '',
        ...(crmValue === undefined ? {} : { crmValue }),
        decision: JSON.stringify({ notes, amount, callback, dnc: dnc?.scope }),
        decided: Date.parse(event.time),
      };
    });
  }

  async function take(events: HandoverEvent[], readUpTo: number): Promise<void> {
    const outcomes: CrmOutcome[] = [];
    const news = new Set<string>();
    for (const event of events) {
      if (event.istest || event.subject === undefined) continue;
      if (event.type === 'call.ended' || event.type === 'call.transcript') news.add(event.subject);
      else if (event.type === 'call.disposition' && event.data.by === 'agent') {
        outcomes.push(...outcomesOf(event, event.subject));
      }
    }
    await store.crm.queueCrm(outcomes, [...news], clock.now() + SETTLE_MS, readUpTo);
  }

  return new LogFollower({ store, mark: CRM_MARK, from: 'head', concerns, take });
}
