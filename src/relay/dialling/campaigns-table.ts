/** Campaigns that were made here, in the database: kept as long as their platform may be asked to go on with one. */
import { z } from 'zod';
import { purposeSchema } from '../../shared/contract/dialling-policies';
import { get, run, type Work } from '../store/sql';
import type { KeptCampaign } from './port';

const keptSchema = z.object({ campaign: z.string(), purpose: purposeSchema, places: z.array(z.string()) });

export class CampaignTable {
  *keep({ campaign, purpose, places }: KeptCampaign): Work<void> {
    yield* run(
      `INSERT INTO made_campaigns (campaign, purpose, places) VALUES (?, ?, ?)
       ON CONFLICT (campaign) DO UPDATE SET purpose = excluded.purpose, places = excluded.places`,
      ...[campaign, purpose, JSON.stringify(places)],
    );
  }

  *kept(campaign: string): Work<KeptCampaign | null> {
    const row = yield* get<{ purpose: string; places: string }>(
      'SELECT purpose, places FROM made_campaigns WHERE campaign = ?',
      campaign,
    );
    if (row === undefined) return null;
    return keptSchema.parse({ campaign, purpose: row.purpose, places: JSON.parse(row.places) as unknown });
  }
}
