/** What a call that needs the agent sounds like. */
import { z } from 'zod';

export const soundSettingsSchema = z.strictObject({
  name: z.enum(['chime', 'bell', 'knock', 'none']),
  /** 0–1 of what the computer is set to. */
  volume: z.number().min(0).max(1),
  /** Sounds again until the agent has turned to the call. */
  repeat: z.boolean(),
});
export type SoundSettings = z.infer<typeof soundSettingsSchema>;
