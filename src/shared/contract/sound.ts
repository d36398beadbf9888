/** What a call that needs the agent sounds like, and where. */
import { z } from 'zod';

/** A loudspeaker or headset by Chromium's id of it; its label is kept to name it while it is not connected. */
export const soundDeviceSchema = z.strictObject({ id: z.string().min(1).max(200), label: z.string().max(200) });
export type SoundDevice = z.infer<typeof soundDeviceSchema>;

export const soundSettingsSchema = z.strictObject({
  name: z.enum(['chime', 'bell', 'knock', 'none']),
  /** 0–1 of what the computer is set to. */
  volume: z.number().min(0).max(1),
  /** Sounds again until the agent has turned to the call. */
  repeat: z.boolean(),
  /** `all`: every one there is, for an agent whose headset lies on the desk. Absent: the system's own choice. */
  device: z.union([z.literal('all'), soundDeviceSchema]).optional(),
});
export type SoundSettings = z.infer<typeof soundSettingsSchema>;
