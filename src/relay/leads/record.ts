/** What is kept of a customer with a lead, beside the number and the name: one JSON text in the database. */
import { z } from 'zod';
import { leadConsentSchema } from '../../shared/contract/leads';
import { e164Schema } from '../../shared/contract/phone';

export const leadRecordSchema = z.object({
  phones: z.array(z.object({ phone: e164Schema, label: z.string().nullable() })),
  language: z.string().nullable(),
  zone: z.string().nullable(),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  external_id: z.string().nullable(),
  fields: z.record(z.string(), z.string()),
  consent: leadConsentSchema.nullable(),
});
export type LeadRecord = z.infer<typeof leadRecordSchema>;
