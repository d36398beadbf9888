/**
 * Callbacks: what was promised to a customer, kept as the instant, the IANA zone and the wall time as it was spoken, so that
 * neither a clock change nor a moved desk shifts it. A callback is somebody's own or a queue's; it is never dialled by itself.
 */
import { z } from 'zod';
import { dialAnswerSchema } from './dialling';
import { purposeSchema } from './dialling-policies';
import { callIdSchema, instantSchema } from './events';
import { pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';

export const CALLBACK_LIMITS = {
  /** Nobody keeps a promise for longer. */
  maxAheadDays: 366,
  maxNoteChars: 2_000,
  /** From here after its time a callback is overdue. */
  overdueAfterMin: 15,
  /** How far ahead of its time one may be opened. */
  earlyMin: 5,
  /** Defer by minutes: enough to finish a call, or a shift. */
  maxDeferMin: 24 * 60,
} as const;

/** Wall time in the callback's zone, `YYYY-MM-DDTHH:mm`. */
export const wallTimeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be a wall time, as in 2026-03-02T10:00');

const time = z.iso.datetime({ offset: true });
const zone = z.string().min(1).max(100);
const note = z.string().max(CALLBACK_LIMITS.maxNoteChars);
const person = z.object({ id: z.string(), name: z.string() });
export const callbackIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/**
 * When to call back. With `at`, it must be an instant at which the wall in `zone` shows `wall_time`. Without it the relay
 * finds the instant; a wall time that clocks skip or repeat is then a problem `time_unclear` whose `choices` are instants to
 * send as `at`: in a gap the wall time moved on by what was left out, in an overlap the first and the second.
 */
const when = { wall_time: wallTimeSchema, zone, at: time.optional() };

/** What books a callback, also within `reschedule` of a lead. `mine` is the asker's own. */
export const bookingSchema = z.strictObject({
  ...when,
  owner: z.enum(['mine', 'queue']).default('mine'),
  note: note.optional(),
});
export type Booking = z.infer<typeof bookingSchema>;

/**
 * `POST /v1/callbacks`. With `lead` its number is called; with `call` that call's customer. Exactly one of the three.
 * Send an `Idempotency-Key` to repeat safely.
 */
export const newCallbackSchema = bookingSchema
  .extend({
    lead: z.string().max(64).optional(),
    call: callIdSchema.optional(),
    phone: e164Schema.optional(),
    name: z.string().min(1).max(200).optional(),
    /** What the call back is about; `service` when nothing is said and no lead says it. */
    purpose: purposeSchema.optional(),
  })
  .refine(
    ({ lead, call, phone }) => [lead, call, phone].filter((given) => given !== undefined).length === 1,
    'send exactly one of lead, call and phone',
  );
export type NewCallback = z.infer<typeof newCallbackSchema>;

/** `waiting`: its time is to come. `due`: now, or deferred and due again. `overdue`: see CALLBACK_LIMITS. */
export const callbackStateSchema = z.enum(['waiting', 'due', 'overdue', 'done', 'cancelled']);
export type CallbackState = z.infer<typeof callbackStateSchema>;

export const callbackSchema = z.object({
  id: callbackIdSchema,
  state: callbackStateSchema,
  /** The promised instant; it does not move when the reminder is deferred. */
  at: instantSchema,
  /** Null: nobody said which; `wall_time` is then as it was written. */
  zone: z.string().nullable(),
  wall_time: z.string().nullable(),
  /** When to remind: `at`, or what it was deferred to. */
  remind_at: instantSchema,
  /** Null: the queue's. */
  owner: person.nullable(),
  /** Why it is the queue's although it was somebody's own: their state when its time and the grace had passed. */
  released: z.object({ from: person, at: instantSchema, reason: z.string() }).nullable(),
  name: z.string().nullable(),
  /** As the platform wrote it where it is no E.164 number. */
  phone: z.string(),
  /** Null: its number cannot be dialled from a lead. Open it with `POST /v1/leads/{lead}/open`. */
  lead: z.string().nullable(),
  list: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The call in which it was agreed. */
  call: callIdSchema.nullable(),
  purpose: purposeSchema,
  note: z.string().nullable(),
  booked_by: person,
  booked_at: instantSchema,
  deferred: z.int().nonnegative(),
  /** Who has its lead open now. */
  held_by: person.nullable(),
  done: z.object({ at: instantSchema, by: person }).nullable(),
});
export type Callback = z.infer<typeof callbackSchema>;

/** What the rules say of the promised instant: `blocked` is a warning at booking, and decided again at the click. */
export const callbackVerdictSchema = dialAnswerSchema;

/** Answer to booking. `verdict` is null where the number is no possible one. */
export const bookedCallbackSchema = z.object({ callback: callbackSchema, verdict: callbackVerdictSchema.nullable() });
export type BookedCallback = z.infer<typeof bookedCallbackSchema>;

/** `GET /v1/callbacks`, oldest first. `all` is for supervisors. */
export const callbacksQuerySchema = z.strictObject({
  scope: z.enum(['mine', 'queue', 'both', 'all']).default('both'),
  /** `open`: everything that is neither done nor cancelled. */
  state: z.enum(['open', 'waiting', 'due', 'overdue', 'done', 'cancelled']).default('open'),
  from: time.optional(),
  to: time.optional(),
  ...pageQuery,
});
export type CallbacksQuery = z.infer<typeof callbacksQuerySchema>;

export const callbackCountsSchema = z.object({
  /** Due and overdue together, of the agent's own and of the queue. */
  due_mine: z.int().nonnegative(),
  due_queue: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
  /** When the next one will be due; null: none is waiting. */
  next_at: instantSchema.nullable(),
});
export type CallbackCounts = z.infer<typeof callbackCountsSchema>;

export const callbacksAnswerSchema = z.object({
  data: z.array(callbackSchema),
  ...pageAnswer,
  counts: callbackCountsSchema,
});
export type CallbacksAnswer = z.infer<typeof callbacksAnswerSchema>;

/** `POST /v1/callbacks/{id}/done`: it was kept, or is no longer needed (`cancelled`). */
export const finishCallbackSchema = z.strictObject({
  cancelled: z.boolean().default(false),
  note: note.optional(),
});
/** `POST /v1/callbacks/{id}/defer`: remind again later; the promised time stays as it is. */
export const deferCallbackSchema = z.strictObject({
  minutes: z.int().min(1).max(CALLBACK_LIMITS.maxDeferMin),
});
/** `POST /v1/callbacks/{id}/release`: to the queue. */
export const releaseCallbackSchema = z.strictObject({ reason: z.string().min(1).max(200).optional() });
/** `POST /v1/callbacks/{id}/take`: from the queue, to be one's own. A supervisor may give it to somebody else. */
export const takeCallbackSchema = z.strictObject({ agent: z.string().min(1).max(100).optional() });
/** `POST /v1/callbacks/{id}/move`: another time was agreed. */
export const moveCallbackSchema = z.strictObject({ ...when, note: note.optional() });
export const changedCallbackSchema = z.object({ callback: callbackSchema });

/**
 * Frame of the desk protocol: callbacks that concern this agent changed or fell due. It holds counts and nothing of a person,
 * comes after every hello and whenever a count changes, and takes no part in offsets; `GET /v1/callbacks` has the rest.
 */
export const callbacksFrameSchema = z.object({ type: z.literal('callbacks'), ...callbackCountsSchema.shape });
export type CallbacksFrame = z.infer<typeof callbacksFrameSchema>;

/** Member `time` of the problem `time_unclear`. */
export const unclearTimeSchema = z.object({
  kind: z.enum(['gap', 'twice', 'unknown_zone', 'not_a_time', 'other_instant', 'past', 'too_far']),
  /** Instants to send as `at`, with what the wall in the zone shows then and its distance from UTC, as `+05:30`. */
  choices: z.array(z.object({ at: instantSchema, wall_time: wallTimeSchema, utc_offset: z.string() })),
});
export type UnclearTime = z.infer<typeof unclearTimeSchema>;
