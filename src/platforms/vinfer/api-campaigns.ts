/** Campaigns at VInfer. */
import type { CampaignLimits, CampaignRecord, PlatformApi } from '../api';
import { answerOf, badAnswer, segment, type HttpApi } from '../lib/http';
import type { Effect } from '../lib/http-faults';
import { campaignRecord, listOf } from './records';

type Campaigns = Required<
  Pick<PlatformApi, 'campaignLimits' | 'createCampaign' | 'listCampaigns' | 'getCampaign' | 'setCampaignRunning'>
>;

/** Of the campaigns page. */
const LIMITS: CampaignLimits = { contacts: 10_000, nameChars: 255 };

function recordOf(value: unknown, effect: Effect): CampaignRecord {
  const record = campaignRecord(value);
  if (record === undefined) throw badAnswer('vinfer', effect, 'no campaign in the answer');
  return record;
}

export function campaignsOf(http: HttpApi): Campaigns {
  return {
    campaignLimits: LIMITS,
    async createCampaign(campaign, key, { signal }) {
      const headers = { 'idempotency-key': key };
      const body = { ...campaign };
      const { value, rate } = await http.send({
        method: 'POST',
        path: '/campaigns',
        body,
        headers,
        effect: 'acts',
        signal,
      });
      return answerOf(recordOf(value, 'acts'), rate);
    },
    async listCampaigns({ signal }) {
      const { value, rate } = await http.send({ method: 'GET', path: '/campaigns', effect: 'repeatable', signal });
      const page = listOf(value, 'campaigns');
      if (page === undefined) throw badAnswer('vinfer', 'repeatable', 'no list of campaigns in the answer');
      const { list, total } = page;
      const items = list.map(campaignRecord).filter((record) => record !== undefined);
      const more = total === undefined ? {} : { total };
      return answerOf({ items, hasMore: total !== undefined && list.length < total, ...more }, rate);
    },
    async getCampaign(id, { signal }) {
      const path = `/campaigns/${segment(id)}`;
      const { value, rate } = await http.send({ method: 'GET', path, effect: 'repeatable', signal });
      return answerOf(recordOf(value, 'repeatable'), rate);
    },
    async setCampaignRunning(id, running, { signal }) {
      const path = `/campaigns/${segment(id)}/${running ? 'resume' : 'pause'}`;
      const { value, rate } = await http.send({ method: 'POST', path, effect: 'repeatable', signal });
      return answerOf(campaignRecord(value), rate);
    },
  };
}
