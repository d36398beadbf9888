/** The keys that a person may choose (section `keys` of the settings). What each chord may be is `src/shared/lib/keys.ts`. */
import { z } from 'zod';

/**
 * `focus`: brings the keyboard to the call window from any program. `claim`, `hide`: in the call window. `save`: in the
 * outcome form. `sheet`: shows the keys. The rest work on the lead that is read in the dialer.
 */
export const keyActionSchema = z.enum([
  'focus',
  'claim',
  'hide',
  'save',
  'sheet',
  'call',
  'next',
  'later',
  'skip',
  'pass',
  'remove',
  'never',
  'extend',
]);
export type KeyAction = z.infer<typeof keyActionSchema>;

/** `Ctrl+Shift+Space`: modifiers in the order Ctrl (on macOS also Command), Alt, Shift, then one key. */
const chord = z.string().min(1).max(40);

/** Only what differs from the standard. */
export const keySettingsSchema = z.partialRecord(keyActionSchema, chord);
export type KeySettings = z.infer<typeof keySettingsSchema>;

/** Every action with the key in force. */
export const keysViewSchema = z.record(keyActionSchema, chord);
export type Keys = z.infer<typeof keysViewSchema>;
