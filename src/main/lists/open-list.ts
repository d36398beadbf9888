/** The list that a supervisor has open: its leads a page at a time, and a simulated shift of it. */
import type { ListsView, SimulationView } from '../../shared/contract/list-views';
import { leadsAnswerSchema, simulationSchema, type LeadRow, type LeadState } from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { PhoneView } from '../../shared/contract/views';
import type { RelayRest } from '../rest/relay-rest';
import { leadRow, simulationView } from './list-rows';

const PAGE = 50;
/** A simulation of a million leads takes its time. */
const SIMULATE_WITHIN_MS = 60_000;

export interface OpenListOptions {
  rest: RelayRest;
  phone: (raw: string) => PhoneView;
  local: (instant: string) => number;
  changed: () => void;
}

type Leads =
  { state: 'loading' } | { state: 'failed'; reason: RelayReason } | { state: 'ready'; rows: LeadRow[]; more: boolean };

export class OpenList {
  #simulation: SimulationView | null = null;
  #shown: LeadState | null = null;
  #leads: Leads = { state: 'loading' };

  constructor(
    readonly id: string,
    private readonly options: OpenListOptions,
  ) {}

  get view(): NonNullable<ListsView['open']> {
    const leads = this.#leads;
    return {
      ...{ id: this.id, simulation: this.#simulation, shown: this.#shown },
      leads: leads.state === 'ready' ? { ...leads, rows: leads.rows.map((row) => leadRow(row, this.options)) } : leads,
    };
  }

  /** Those in one state, or all. */
  show(state: LeadState | null): Promise<RelayReason | undefined> {
    this.#shown = state;
    this.#leads = { state: 'loading' };
    this.options.changed();
    return this.#read([]);
  }

  more(): Promise<RelayReason | undefined> {
    return this.#read(this.#leads.state === 'ready' ? this.#leads.rows : []);
  }

  async simulate(): Promise<RelayReason | undefined> {
    const { rest, local, changed } = this.options;
    this.#simulation = { state: 'running' };
    changed();
    const answer = await rest.ask({
      ...{ method: 'POST', path: '/v1/leads/simulate', body: { list: this.id }, withinMs: SIMULATE_WITHIN_MS },
      answer: simulationSchema,
    });
    this.#simulation = answer.ok ? simulationView(answer.value, local) : { state: 'failed', reason: answer.reason };
    changed();
    return answer.ok ? undefined : answer.reason;
  }

  async #read(before: readonly LeadRow[]): Promise<RelayReason | undefined> {
    const { rest, changed } = this.options;
    const shown = this.#shown;
    const query = new URLSearchParams({
      ...{ limit: String(PAGE), offset: String(before.length) },
      ...(shown === null ? {} : { state: shown }),
    });
    const path = `/v1/leads/lists/${this.id}/leads?${query.toString()}`;
    const answer = await rest.ask({ method: 'GET', path, answer: leadsAnswerSchema });
    // Another state was asked for meanwhile: its answer is the one that counts.
    if (this.#shown !== shown) return undefined;
    if (answer.ok)
      this.#leads = { state: 'ready', rows: [...before, ...answer.value.data], more: answer.value.has_more };
    else if (before.length === 0) this.#leads = { state: 'failed', reason: answer.reason };
    changed();
    return answer.ok ? undefined : answer.reason;
  }
}
