/** Why something that was asked of the relay over REST did not happen: codes, with words in the windows' catalogues. */
import { z } from 'zod';
import { problemCodeSchema } from './rest';

export const relayReasonSchema = z.enum([
  ...problemCodeSchema.options,
  /** There is no relay, or nobody listens there: certainly nothing happened. */
  'offline',
  /** It was sent and no answer came, or half of one: it may have happened. */
  'no_answer',
  /** Something answered that is not this relay, or not of this time: it may have happened. */
  'bad_answer',
]);
export type RelayReason = z.infer<typeof relayReasonSchema>;
