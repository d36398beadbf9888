/** Every fault run of the relay by the name it is asked for with `--only`. */
import type { FaultOptions, Verdict } from '../support/chaos/verdict';
import { killCycles } from './kill-cycles';

export const RUNS: Readonly<Record<string, (options: FaultOptions) => Promise<Verdict>>> = {
  'kill -9 under load': killCycles,
};
