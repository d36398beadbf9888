/** Every fault run of the relay by the name it is asked for with `--only`. */
import type { FaultOptions, Verdict } from '../support/chaos/verdict';
import { badLinks } from './bad-links';
import { claims } from './claims';
import { diskFull } from './disk-full';
import { fsyncError } from './fsync-error';
import { fsyncOrder } from './fsync-order';
import { hostileClients } from './hostile-clients';
import { killCycles } from './kill-cycles';
import { powerLoss } from './power-loss';

export const RUNS: Readonly<Record<string, (options: FaultOptions) => Promise<Verdict>>> = {
  'kill -9 under load': killCycles,
  'fsync before 200': fsyncOrder,
  'power loss': powerLoss,
  'disk full': diskFull,
  'EIO on fsync': fsyncError,
  'hostile clients': hostileClients,
  'bad links': badLinks,
  'one winner per claim': claims,
};
