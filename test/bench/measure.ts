/** What a measurement is given and what it gives back. */
import type { Helper, HerdJob, HerdResult, LoadJob, LoadResult } from './jobs';

export interface Row {
  what: string;
  server: string;
  value: string;
  /** What the product aims for, with its verdict where there is one. */
  aim: string;
  raw: Record<string, number | string | object>;
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
