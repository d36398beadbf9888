/** What every kind of rule is once compiled: it says how it stands at an instant, and when waiting would help. */
import type { BlockReason, Finding, PassReason } from '../../contract/dialling';
import type { Facts } from './facts';

type Details = Partial<Pick<Finding, 'zone' | 'list' | 'count' | 'consent'>> & {
  /** Epoch ms of the data that decided; with `aged`, its age is told too. */
  dataDate?: number;
};

export type Outcome = Details & ({ blocks: true; reason: BlockReason } | { blocks: false; reason: PassReason });

export interface Judge {
  judge(facts: Facts, at: number): Outcome;
  /**
   * For a rule that blocks at `at`: the first instant after it at which this rule, taken alone, does not block; null when
   * waiting does not help or nobody can know.
   */
  opens(facts: Facts, at: number): number | null;
}
