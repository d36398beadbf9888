/** Campaigns that were made here, in the database: kept as long as their platform may be asked to go on with one. */
import { z } from 'zod';
import { purposeSchema } from '../../shared/contract/dialling-policies';
import { all, get, run, type Work } from '../store/sql';
import type { CampaignLook, CampaignPause, KeptCampaign, MindedCampaign, PausedBy } from './port';

const rowSchema = z.object({
  campaign: z.string(),
  purpose: purposeSchema,
  places: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  ends: z.number().nullable(),
  paused_by: z.enum(['hours', 'person']).nullable(),
  resumes: z.number().nullable(),
  tries: z.number(),
  revision: z.number(),
});

const COLUMNS = 'campaign, purpose, places, ends, paused_by, resumes, tries, revision';

function mindedOf(row: unknown): MindedCampaign {
  const { campaign, purpose, places, ends, paused_by: pausedBy, tries, revision } = rowSchema.parse(row);
  return { campaign, purpose, places, ...(ends === null ? {} : { ends }), pausedBy, tries, revision };
}

export class CampaignTable {
  *keep({ campaign, purpose, places, ends }: KeptCampaign, due: number): Work<void> {
    yield* run(
      `INSERT INTO made_campaigns (campaign, purpose, places, ends, due) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (campaign) DO UPDATE
       SET purpose = excluded.purpose, places = excluded.places, ends = excluded.ends, due = excluded.due`,
      ...[campaign, purpose, JSON.stringify(places), ends ?? null, due],
    );
  }

  *kept(campaign: string): Work<MindedCampaign | null> {
    const row = yield* get(`SELECT ${COLUMNS} FROM made_campaigns WHERE campaign = ?`, campaign);
    return row === undefined ? null : mindedOf(row);
  }

  *mark(campaign: string, pausedBy: 'person' | null, due: number): Work<PausedBy> {
    const before = yield* this.kept(campaign);
    yield* run(
      `UPDATE made_campaigns SET paused_by = ?, resumes = NULL, due = ?, tries = 0, revision = revision + 1
       WHERE campaign = ?`,
      ...[pausedBy, due, campaign],
    );
    return before?.pausedBy ?? null;
  }

  *due(now: number, limit: number): Work<MindedCampaign[]> {
    const rows = yield* all(
      `SELECT ${COLUMNS} FROM made_campaigns WHERE due IS NOT NULL AND due <= ? ORDER BY due LIMIT ?`,
      ...[now, limit],
    );
    return rows.map(mindedOf);
  }

  *endLook({ campaign, pausedBy, resumes, due, tries, revision }: CampaignLook): Work<boolean> {
    const { changes } = yield* run(
      `UPDATE made_campaigns SET paused_by = ?, resumes = ?, due = ?, tries = ?, revision = revision + 1
       WHERE campaign = ? AND revision = ?`,
      ...[pausedBy, resumes ?? null, due ?? null, tries, campaign, revision],
    );
    return changes > 0;
  }

  *nextDue(): Work<number | null> {
    const row = yield* get<{ due: number | null }>('SELECT min(due) AS due FROM made_campaigns WHERE due IS NOT NULL');
    return row?.due ?? null;
  }

  *pauses(): Work<CampaignPause[]> {
    const rows = yield* all<{ campaign: string; paused_by: 'hours' | 'person'; resumes: number | null }>(
      'SELECT campaign, paused_by, resumes FROM made_campaigns WHERE paused_by IS NOT NULL',
    );
    return rows.map(({ campaign, paused_by: pausedBy, resumes }) => {
      return { campaign, pausedBy, ...(resumes === null ? {} : { resumes }) };
    });
  }
}
