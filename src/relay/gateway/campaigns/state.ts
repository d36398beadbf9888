/** How a campaign stands, from the word its platform has for it. */
export type CampaignState = 'scheduled' | 'running' | 'paused' | 'over' | 'unknown';

const WORDS: readonly [RegExp, CampaignState][] = [
  [/^paused$/i, 'paused'],
  [/^(?:scheduled|draft|created)$/i, 'scheduled'],
  [/^(?:running|active|in_progress)$/i, 'running'],
  [/^(?:completed|finished|done|ended|stopped|cancelled|canceled)$/i, 'over'],
];

export function campaignState(status: string | undefined): CampaignState {
  return WORDS.find(([words]) => words.test(status ?? ''))?.[1] ?? 'unknown';
}
