/**
 * The outcomes that the relay's configuration names: read at every connection, kept in a file for when the relay is
 * away. Where it names none, the agent's own settings hold.
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  dispositionsAnswerSchema,
  type DispositionTree,
  type RelayDisposition,
} from '../../shared/contract/dispositions';
import type { RelayRest } from '../rest/relay-rest';
import { writeFileAtomic } from '../storage/atomic-file';

export interface RelayOutcomesOptions {
  rest: Pick<RelayRest, 'ask'>;
  /** JSON in the profile; holds what the relay answered, no personal data. One that cannot be read counts as none. */
  file: string;
  failed: (what: string, cause: unknown) => void;
}

function nodeOf(named: RelayDisposition): DispositionTree[number] {
  const { id, labels, platform, dnc, final, callback, needs_note, needs_amount, currency } = named;
  return {
    code: id,
    platform,
    ...(labels === undefined ? {} : { labels }),
    ...(callback === undefined ? {} : { callback }),
    ...(dnc === undefined ? {} : { dnc: true }),
    ...(needs_note ? { needs_note } : {}),
    ...(needs_amount ? { needs_amount } : {}),
    ...(currency === undefined ? {} : { currency }),
    ...(final ? { final } : {}),
  };
}

export class RelayOutcomes {
  #named: readonly RelayDisposition[] = [];

  constructor(private readonly options: RelayOutcomesOptions) {
    const { file, failed } = options;
    try {
      if (existsSync(file)) this.#named = dispositionsAnswerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).data;
    } catch (error) {
      failed('relay_outcomes.unreadable', error);
    }
  }

  /** What the relay said last, in its order. */
  get named(): readonly RelayDisposition[] {
    return this.#named;
  }

  /** In the relay's order; null: it names none. */
  get tree(): DispositionTree | null {
    return this.#named.length === 0 ? null : this.#named.map(nodeOf);
  }

  /** Asks the relay. Never rejects: without an answer the last one holds. */
  async read(): Promise<void> {
    const { rest, file, failed } = this.options;
    const answer = await rest.ask({ method: 'GET', path: '/v1/dispositions', answer: dispositionsAnswerSchema });
    if (!answer.ok) return;
    const { data } = answer.value;
    const isNew = JSON.stringify(data) !== JSON.stringify(this.#named);
    this.#named = data;
    if (!isNew) return;
    try {
      writeFileAtomic(file, JSON.stringify({ data }));
    } catch (error) {
      failed('relay_outcomes.not_saved', error);
    }
  }
}
