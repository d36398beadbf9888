/**
 * Consents to be called: who gave which seller leave for what, when and how. A record is evidence, so it is never changed;
 * it can be withdrawn, and what is withdrawn stays withdrawn.
 */
import { z } from 'zod';
import { callKindSchema, purposeSchema } from './dialling-policies';
import { instantSchema } from './events';
import { pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';

export const CONSENT_LIMITS = {
  /** Records of one request. */
  maxRecords: 1_000,
  maxSellerChars: 200,
  maxSourceChars: 500,
  maxReasonChars: 500,
} as const;

const time = z.iso.datetime({ offset: true });

/** A consent as it is handed in, over REST or beside a lead. */
export const newConsentSchema = z.strictObject({
  phone: e164Schema,
  /** Who may call, as named to the person. Absent: the seller of this relay's configuration. */
  seller: z.string().trim().min(1).max(CONSENT_LIMITS.maxSellerChars).optional(),
  kinds: z.array(callKindSchema).min(1),
  purposes: z.array(purposeSchema).min(1),
  /** True: in writing and signed, on paper or electronically. False: express, by word or click. */
  written: z.boolean(),
  given_at: time,
  expires_at: time.optional(),
  /** Where it can be shown from: the form, the recording, the import file. */
  source: z.string().trim().min(1).max(CONSENT_LIMITS.maxSourceChars),
});
export type NewConsent = z.infer<typeof newConsentSchema>;

/** Body of `POST /v1/consents`. The same consent again is recognised and kept once. */
export const newConsentsSchema = z.strictObject({
  consents: z.array(newConsentSchema).min(1).max(CONSENT_LIMITS.maxRecords),
});

export const consentSchema = z.object({
  id: z.string(),
  phone: e164Schema,
  seller: z.string(),
  kinds: z.array(callKindSchema),
  purposes: z.array(purposeSchema),
  written: z.boolean(),
  given_at: instantSchema,
  expires_at: instantSchema.optional(),
  source: z.string(),
  recorded_at: instantSchema,
  recorded_by: z.string(),
  revoked: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).optional(),
});
export type Consent = z.infer<typeof consentSchema>;

export const consentsRecordedSchema = z.object({ recorded: z.int(), repeated: z.int() });

export const consentsQuerySchema = z.strictObject({ phone: e164Schema, ...pageQuery });
export const consentsAnswerSchema = z.object({ data: z.array(consentSchema), ...pageAnswer });

/** Body of `POST /v1/consents/{id}/revoke`. Any agent who hears it may record it; nobody can take it back. */
export const revokeConsentSchema = z.strictObject({
  reason: z.string().trim().min(1).max(CONSENT_LIMITS.maxReasonChars),
  at: time.optional(),
});
