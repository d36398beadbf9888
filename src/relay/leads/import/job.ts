/** A job as it is kept, and as the REST API shows it. */
import { z } from 'zod';
import {
  IMPORT_LIMITS,
  importFaultSchema,
  importReportSchema,
  importSettingsSchema,
  type ImportJob,
} from '../../../shared/contract/lead-imports';
import type { ImportRow } from './port';

const keptJobSchema = z.object({
  file: z.string().nullable(),
  bytes: z.int(),
  pieces: z.int(),
  settings: importSettingsSchema,
  by: z.object({ id: z.string(), name: z.string() }),
  report: importReportSchema.nullable(),
  fault: importFaultSchema.nullable(),
  /** The list was made for this import. */
  made: z.boolean(),
  /** Epoch ms. */
  finished: z.number().nullable(),
  kept: z.boolean(),
  progress: z.object({ rows: z.int(), part: z.number() }),
});
export type KeptJob = z.infer<typeof keptJobSchema>;

export const jobOf = (row: Pick<ImportRow, 'job'>): KeptJob => keptJobSchema.parse(JSON.parse(row.job));

export function jobView(row: ImportRow): ImportJob {
  const { file, bytes, settings, by, report, fault, finished, kept, progress } = jobOf(row);
  const until = row.created + IMPORT_LIMITS.keepFileHours * 3600_000;
  return {
    ...{ id: String(row.id), state: row.state === 'uploading' ? 'checking' : row.state, file, bytes, settings },
    ...{ progress, report, fault, list: row.list === null ? null : String(row.list) },
    ...{ created_at: new Date(row.created).toISOString(), created_by: by },
    finished_at: finished === null ? null : new Date(finished).toISOString(),
    file_until: kept ? new Date(until).toISOString() : null,
  };
}
