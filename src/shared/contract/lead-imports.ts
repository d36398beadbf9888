/**
 * Import of leads from CSV: upload, dry run, import of what was checked. Rows in = imported + duplicates + refused, always,
 * and each row that was not imported has its number, field and reason.
 */
import { z } from 'zod';
import { COLUMN_TARGETS } from '../lib/column-targets';
import { changeListSchema, LEAD_LIMITS, leadIdSchema, newListSchema } from './leads';
import { countrySchema, purposeSchema } from './dialling-policies';
import { instantSchema, platformNameSchema } from './events';
import { pageAnswer, pageQuery } from './paging';

export const IMPORT_LIMITS = {
  maxBytes: 64 * 1024 * 1024,
  maxRows: 1_000_000,
  maxColumns: 200,
  /** One record with its quoted newlines. */
  maxRecordBytes: 256 * 1024,
  /** A file that was checked and not imported is deleted after this; one that was imported at once. */
  keepFileHours: 24,
  /** Refused rows kept for the download; more are only counted. */
  maxKeptRefusals: 100_000,
  /** Refusals within the answer. */
  shownRefusals: 100,
  /** Jobs shown. */
  keepJobsDays: 30,
} as const;

export const columnTargetSchema = z.enum(COLUMN_TARGETS);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

export const columnMappingSchema = z.strictObject({
  /** Counted from 0. */
  column: z
    .int()
    .min(0)
    .max(IMPORT_LIMITS.maxColumns - 1),
  to: columnTargetSchema,
  /** With `field`: its name; absent: the column's header. */
  name: z.string().trim().min(1).max(LEAD_LIMITS.maxFieldNameChars).optional(),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/**
 * The file becomes a campaign at this platform, and no list (`POST /v1/campaigns/contacts`). Its dry run asks the rules for every
 * number, and refuses those that may not be called however long one waits.
 */
export const campaignTargetSchema = z.strictObject({
  campaign_at: platformNameSchema,
  name: z.string().min(1).max(255),
  purpose: purposeSchema,
  country: countrySchema.nullable(),
  /** When it is to begin; null: at once. */
  start: z.iso.datetime({ offset: true }).nullable(),
});
export type CampaignTarget = z.infer<typeof campaignTargetSchema>;

/** Where the leads go: a list there is, a new one, which is made when the import is run, or a campaign. */
const target = z.union([z.strictObject({ id: leadIdSchema }), newListSchema, campaignTargetSchema]);

/** Also the body of `POST /v1/leads/imports/{id}/check`: the dry run again, with these settings. */
export const importSettingsSchema = z.strictObject({
  list: target,
  /** Columns not named are guessed from their headers; those guesses are told. */
  mapping: z.array(columnMappingSchema).max(IMPORT_LIMITS.maxColumns).default([]),
  /** Of numbers without a country code; absent: the list's. A `country` column goes before. */
  country: countrySchema.optional(),
  /** Absent: found out. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1254']).optional(),
  /** False: the first row is a lead. */
  header: z.boolean().default(true),
  /** Priority of rows without one. */
  priority: z.int().min(LEAD_LIMITS.minPriority).max(LEAD_LIMITS.maxPriority).default(0),
});
export type ImportSettings = z.infer<typeof importSettingsSchema>;
export type ImportTarget = ImportSettings['list'];

/**
 * Query of `POST /v1/leads/import`, whose body is the file itself (`text/csv`, or any type but JSON). The answer is 202 with the
 * job; its dry run begins at once. `list` names a list by its name; where there is none, a new one is planned with `purpose`
 * and `kind`. Send an `Idempotency-Key` to repeat safely.
 */
export const importQuerySchema = z.strictObject({
  list: z.string().trim().min(1).max(LEAD_LIMITS.maxListNameChars),
  purpose: newListSchema.shape.purpose.optional(),
  kind: newListSchema.shape.kind.optional(),
  country: countrySchema.optional(),
  /** What the file is called, to be shown. */
  file: z.string().min(1).max(200).optional(),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

/** `POST /v1/leads/imports/{id}/run`: imports what the dry run checked; `checked` is its `report.check`. */
export const runImportSchema = z.strictObject({
  check: z.string().max(64),
  /** Settings of a new list that do not change what was checked. */
  list: changeListSchema.omit({ name: true, purpose: true, kind: true, country: true }).optional(),
});
/** `POST /v1/leads/imports/{id}/cancel`: stops it and takes back what was not yet to be seen. */
export const cancelImportSchema = z.strictObject({});

/**
 * Why a row is refused. `phone_scientific`: a spreadsheet wrote `9.19E+11`, digits are lost. `phone_lost_zeros`: digits are
 * missing at the front, where spreadsheets drop zeros. `ragged`: more or fewer cells than the header. `bad_quotes`: the
 * quoting cannot be understood. `bad_text`: bytes that are no text in this encoding. `too_many_segments`: it would be one more
 * than a list may have. Only of a campaign's contacts:
 * `do_not_call`, the number is on a do-not-call list; `not_allowed`, another rule forbids the call and waiting does not help.
 */
export const refusalReasonSchema = z.enum([
  'phone_missing',
  'phone_scientific',
  'phone_lost_zeros',
  'phone_no_country',
  'phone_too_short',
  'phone_too_long',
  'phone_not_a_number',
  'phone_invalid',
  'ragged',
  'bad_quotes',
  'bad_text',
  'record_too_long',
  'too_many_phones',
  'name_too_long',
  'field_too_long',
  'language_invalid',
  'zone_unknown',
  'country_unknown',
  'priority_invalid',
  'too_many_segments',
  'consent_invalid',
  'do_not_call',
  'not_allowed',
]);
export type RefusalReason = z.infer<typeof refusalReasonSchema>;
/** `in_file`: an earlier row has the number; `in_list`: a lead of the list has it. */
export const duplicateReasonSchema = z.enum(['in_file', 'in_list']);
export type DuplicateReason = z.infer<typeof duplicateReasonSchema>;

export const rowProblemSchema = z.object({
  /** Of the record, counted from 1 without the header: what a spreadsheet shows less the header row. */
  row: z.int().positive(),
  /** Line of the file on which the record begins. */
  line: z.int().positive(),
  field: z.string().nullable(),
  reason: z.union([refusalReasonSchema, duplicateReasonSchema]),
  /** Of a duplicate: the earlier row of the file. */
  of_row: z.int().positive().optional(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

export const importReportSchema = z.object({
  /** Names this dry run: file, settings and list as they were. */
  check: z.string(),
  rows: z.int().nonnegative(),
  /** Of a dry run: would be imported. rows = imported + duplicates + refused. */
  imported: z.int().nonnegative(),
  duplicates: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  by_reason: z.array(z.object({ reason: rowProblemSchema.shape.reason, rows: z.int().positive() })),
  /** The first ones; all are in `GET /v1/leads/imports/{id}/refused`. */
  problems: z.array(rowProblemSchema),
  /** Second and further numbers that were left out of rows that are imported. */
  numbers_left_out: z.int().nonnegative(),
  /** As it was said, or found out. */
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(
    z.object({
      column: z.int().nonnegative(),
      header: z.string(),
      to: columnTargetSchema.exclude(['segment']),
      name: z.string().nullable(),
      guessed: z.boolean(),
      /** It says the segment of each lead. `to` is then `field`, because desks of the version before know no other word. */
      segment: z.boolean().optional(),
      /** Up to three values, shortened. */
      samples: z.array(z.string()),
    }),
  ),
  /**
   * What the rules say of those imported, at the time of the check; for a campaign's contacts at its start, number by number,
   * and those `blocked` are among the refused.
   */
  dial: z.object({
    allowed: z.int().nonnegative(),
    /** Not now; some time. */
    later: z.int().nonnegative(),
    /** Waiting does not help: see `rules`. */
    blocked: z.int().nonnegative(),
    rules: z.array(z.object({ rule: z.string(), reason: z.string(), leads: z.int().positive() })),
  }),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/**
 * `checking` → `checked` → `importing` → `publishing` → `done`. Until `publishing` nobody is given any of its leads; from then
 * on all become visible, whatever happens. A relay that restarts goes on where it was.
 */
export const importStateSchema = z.enum([
  'checking',
  'checked',
  'importing',
  'publishing',
  'done',
  'cancelling',
  'cancelled',
  'failed',
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** Why a whole file cannot be used. `list_changed`: leads came into the list since the check; check again. */
export const importFaultSchema = z.enum([
  'not_text',
  'empty',
  'no_phone_column',
  'too_many_rows',
  'too_many_columns',
  'list_gone',
  'list_name_taken',
  'list_changed',
  'person_forgotten',
  'internal',
]);
export type ImportFault = z.infer<typeof importFaultSchema>;

export const importJobSchema = z.object({
  id: leadIdSchema,
  state: importStateSchema,
  file: z.string().nullable(),
  bytes: z.int().nonnegative(),
  settings: importSettingsSchema,
  /** Rows looked at of this phase, and how far that is, 0 to 1. */
  progress: z.object({ rows: z.int().nonnegative(), part: z.number().min(0).max(1) }),
  /** After a dry run, and afterwards what was really imported. */
  report: importReportSchema.nullable(),
  fault: importFaultSchema.nullable(),
  /** The list, once it is there. */
  list: leadIdSchema.nullable(),
  created_at: instantSchema,
  created_by: z.object({ id: z.string(), name: z.string() }),
  finished_at: instantSchema.nullable(),
  /** Until when the file is kept; null: it is deleted. */
  file_until: instantSchema.nullable(),
});
export type ImportJob = z.infer<typeof importJobSchema>;

export const importsQuerySchema = z.strictObject({ ...pageQuery });
export const importsAnswerSchema = z.object({
  data: z.array(importJobSchema),
  ...pageAnswer,
});
