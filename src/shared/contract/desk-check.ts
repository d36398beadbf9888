/** The desk check: one button, everything a shift depends on, graded. Codes only; words are in the catalogues. */
import { z } from 'zod';

export const deskCheckItemSchema = z.enum([
  'link',
  'signature',
  'delay',
  'paint',
  'clock',
  'display',
  'notifications',
  'do_not_disturb',
  'tray',
  'shortcut',
  'sleep',
  'keychain',
]);
export type DeskCheckItem = z.infer<typeof deskCheckItemSchema>;

/** `unknown`: cannot be read on this system; the words say where to look. */
export const gradeSchema = z.enum(['good', 'warn', 'bad', 'unknown']);
export type Grade = z.infer<typeof gradeSchema>;

export const deskCheckResultSchema = z.object({
  item: deskCheckItemSchema,
  grade: gradeSchema,
  /** Which of the item's sentences fits. */
  why: z.string().regex(/^[a-z_]{1,40}$/),
  /** Milliseconds, minutes or a count, as the sentence has it. */
  n: z.number().optional(),
  /** A platform's or a display's name, or what failed, fit to show. */
  of: z.string().max(300).optional(),
});
export type DeskCheckResult = z.infer<typeof deskCheckResultSchema>;

export const deskCheckSchema = z.object({
  at: z.number(),
  results: z.array(deskCheckResultSchema),
});
export type DeskCheck = z.infer<typeof deskCheckSchema>;

/** What only the person can tell; null: not answered. */
export const deskCheckAnswersSchema = z.strictObject({
  heard: z.boolean().nullable(),
  seen: z.boolean().nullable(),
});
export type DeskCheckAnswers = z.infer<typeof deskCheckAnswersSchema>;
