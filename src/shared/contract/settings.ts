/** The desk's settings file (electron-store). No secret ever lives here. Unknown keys are kept out by the schema. */
import { z } from 'zod';
import { deskModeSchema } from './views';

export const settingsSchema = z.strictObject({
  mode: deskModeSchema.default('practice'),
  team: z
    .strictObject({
      /** Relay addresses, `wss://host[:port]` or `ws://` on loopback; tried in order. */
      relays: z.array(z.string().max(300)).max(10).default([]),
    })
    .default({ relays: [] }),
  pop: z
    .strictObject({
      enabled: z.boolean().default(true),
      display: z.enum(['cursor', 'primary']).default('cursor'),
    })
    .default({ enabled: true, display: 'cursor' }),
  notifications: z.strictObject({ enabled: z.boolean().default(true) }).default({ enabled: true }),
  /** Hide name, number and summary until pointed at; toasts carry none. */
  privacy: z.boolean().default(false),
  language: z.enum(['system', 'en', 'hi', 'tr']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});
export type Settings = z.infer<typeof settingsSchema>;
