/** How many AI calls agents may have at once, as supervisors see and set it: in general, and for single agents. */
import type { ListsView } from '../../shared/contract/list-views';
import { agentLimitsSchema, callLimitsSchema, type AgentLimits } from '../../shared/contract/receipts';
import type { Outcome } from '../../shared/contract/outcome';
import type { RelayRest } from '../rest/relay-rest';

export class Limits {
  #limits: AgentLimits | undefined;

  constructor(private readonly options: { rest: RelayRest; changed: () => void }) {}

  get view(): ListsView['limits'] {
    if (this.#limits === undefined) return null;
    const { general, data } = this.#limits;
    return { general, agents: data };
  }

  /** Never rejects: what could not be read stays as it was. */
  async read(): Promise<void> {
    const { rest } = this.options;
    const answer = await rest.ask({ method: 'GET', path: '/v1/call-limits/agents', answer: agentLimitsSchema });
    if (answer.ok) this.#limits = answer.value;
  }

  /** @param agent null: everybody who has none of their own @param calls null: none of their own any more */
  async set(agent: string | null, calls: number | null): Promise<Outcome> {
    const { rest, changed } = this.options;
    const body = { ...(agent === null ? {} : { agent }), calls_at_once: calls };
    const answer = await rest.ask({ method: 'PUT', path: '/v1/call-limits', body, answer: callLimitsSchema });
    await this.read();
    changed();
    return answer.ok ? { ok: true } : { ok: false, reason: answer.reason };
  }
}
