/** Outcomes on their way to the customer's CRM, and what became of them. */
import { z } from 'zod';
import { callIdSchema, instantSchema } from './events';
import { pageAnswer, pageQuery } from './paging';

/**
 * `waiting`: for the call to end, or for its turn. `delivered`: the CRM has it, exactly once. `ambiguous`: several records
 * have the number and a person must choose. `parked`: the CRM refused it or could not be reached for days; replay it when
 * that is mended. `dismissed`: a person decided that nothing is to be written.
 */
export const crmStateSchema = z.enum(['waiting', 'delivered', 'ambiguous', 'parked', 'dismissed']);
export type CrmState = z.infer<typeof crmStateSchema>;

/** A record of the CRM that has the number. */
export const crmRecordSchema = z.object({
  /** `<type>:<id>` in the CRM's words, as in `contacts:512` or `Lead:00Q…`. */
  ref: z.string().max(200),
  name: z.string().max(200).optional(),
});
export type CrmRecord = z.infer<typeof crmRecordSchema>;

export const crmDeliverySchema = z.object({
  id: z.string(),
  connector: z.string(),
  call: callIdSchema,
  /** Id of the decision that it tells. */
  event: z.string(),
  value: z.string(),
  /** The same in the CRM's words; absent where the configuration has none. */
  crm_value: z.string().optional(),
  agent: z.string(),
  state: crmStateSchema,
  attempts: z.int(),
  created_at: instantSchema,
  next_try_at: instantSchema.optional(),
  delivered_at: instantSchema.optional(),
  /** With `waiting` after a failure, and with `parked`: why, fit to read. */
  reason: z.string().optional(),
  /** With `ambiguous`: what to choose from. */
  candidates: z.array(crmRecordSchema),
  /** The record it was written to, and the log entry in the CRM. */
  record: z.string().optional(),
  log: z.string().optional(),
});
export type CrmDelivery = z.infer<typeof crmDeliverySchema>;

export const crmDeliveriesQuerySchema = z.strictObject({
  state: crmStateSchema.optional(),
  call: callIdSchema.optional(),
  ...pageQuery,
});
export const crmDeliveriesAnswerSchema = z.object({ data: z.array(crmDeliverySchema), ...pageAnswer });

/** Body of `POST /v1/crm/deliveries/{id}/choose`. Remembered for the number. */
export const chooseCrmRecordSchema = z.strictObject({ record: z.string().min(1).max(200) });
/** Body of `POST /v1/crm/deliveries/dismiss`: clears what nobody will resolve, in one go. */
export const dismissCrmSchema = z.strictObject({
  state: z.enum(['ambiguous', 'parked']),
  ids: z.array(z.string().max(100)).min(1).max(1_000).optional(),
});
