/** When a pop was painted and looked at: how early the context was there before the person spoke. */

import type { Viewer } from '../routing/audience';

export interface Sighting {
  call: string;
  agent: string;
  /** Epoch ms by the desk's clock. */
  painted: number;
  seen?: number;
}

/** Milliseconds since the relay received the escalation, of what was not known before. */
export interface LeadTime {
  painted?: number;
  seen?: number;
}

/** Milliseconds from escalations to their painted pops, and to the first look at these; shortest first. */
export interface LeadTimes {
  painted: number[];
  seen: number[];
}

export interface SightingStore {
  /**
   * Undefined when the viewer may not see the call, it has no escalation the time could be measured from, or the clocks
   * disagree: then nothing is recorded.
   */
  recordSighting(sighting: Sighting, viewer: Viewer): Promise<LeadTime | undefined>;
  /** Of one agent's pops painted since `from` (epoch ms). */
  leadTimes(agent: string, from: number): Promise<LeadTimes>;
}
