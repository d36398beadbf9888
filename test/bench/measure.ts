/** What a measurement is given and what it gives back. */
import os from 'node:os';
import type { Helper, HerdJob, HerdResult, LoadJob, LoadResult } from './jobs';

export interface Row {
  what: string;
  server: string;
  value: string;
  /** What the product aims for, with its verdict where there is one. */
  aim: string;
  raw: Record<string, number | string | object>;
  /** Load average of the machine when it was measured: above the number of cores, times are not the server's alone. */
  load: number;
}

export function row(fields: Omit<Row, 'load'>): Row {
  return { ...fields, load: Number((os.loadavg()[0] ?? Number.NaN).toFixed(1)) };
}

export interface Bench {
  /** Seconds of the long steady measurements; others are shortened in proportion. */
  seconds: number;
  /** Desks of the broadcast, the storm and the idle measurement. */
  desks: number;
  generator: Helper<LoadJob, LoadResult>;
  herd: Helper<HerdJob, HerdResult>;
}

export const judged = (aim: string, met: boolean): string => `${aim}: ${met ? 'met' : 'missed'}`;
