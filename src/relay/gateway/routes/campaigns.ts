/** `/v1/campaigns`: made, looked at, paused and resumed at the platform they belong to. */
import type { CampaignRecord, NewCampaign } from '../../../platforms/api';
import {
  campaignCallsQuerySchema,
  newCampaignSchema,
  type Campaign,
  type NewCampaignRequest,
} from '../../../shared/contract/rest';
import { clientFor, type Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import { sendRate } from '../http/rate-headers';
import type { Exchange, Router } from '../http/router';
import { createOnce } from '../keyed-answer';
import { askSource } from '../sources';
import { recordView } from './read-calls';

/** Ten thousand contacts with a dozen custom fields each. */
const MAX_CAMPAIGN_BYTES = 8 * 1024 * 1024;

function view(platform: string, { id, name, status, totals, outcomes }: CampaignRecord): Campaign {
  return {
    id: `${platform}:${id}`,
    platform,
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(totals === undefined ? {} : { totals }),
    ...(outcomes === undefined ? {} : { outcomes }),
  };
}

/** Without `undefined` members: absent means that the platform decides. */
function campaignOf(request: NewCampaignRequest): NewCampaign {
  return JSON.parse(JSON.stringify({ ...request, platform: undefined })) as NewCampaign;
}

async function listCampaigns(gateway: Gateway, { asker }: Exchange) {
  const able = [...gateway.clients.values()].filter((client) => client.can('listCampaigns'));
  const parts = await Promise.all(
    able.map((client) =>
      askSource(client, () => client.ask('listCampaigns', { agent: asker.agent.id, repeat: 'safe' })),
    ),
  );
  return {
    data: parts.flatMap(({ state, value }) => (value?.items ?? []).map((campaign) => view(state.source, campaign))),
    sources: parts.map(({ state }) => state),
  };
}

async function campaignCalls(gateway: Gateway, { request, reply, asker }: Exchange) {
  const { platform, id } = platformId(request, 'id');
  const { after, limit, offset } = parse(campaignCallsQuerySchema, request.query);
  const client = clientFor(gateway, 'listCalls', platform);
  const errand = { agent: asker.agent.id, repeat: 'safe' as const };
  const since = after === undefined ? {} : { after: new Date(after).toISOString() };
  const page = await client.ask('listCalls', errand, { campaign: id, ...since, limit, offset });
  sendRate(reply, client.rate);
  return {
    data: page.items.map((record) => ({
      call: `${platform}:${record.id}`,
      ...(record.phone === undefined ? {} : { phone: record.phone }),
      ...(record.name === undefined ? {} : { name: record.name }),
      ...recordView(record),
    })),
    ...(page.total === undefined ? {} : { total: page.total }),
    has_more: page.hasMore,
    limit,
    offset,
  };
}

async function setRunning(gateway: Gateway, { request, reply, asker }: Exchange, running: boolean) {
  const { whole, platform, id } = platformId(request, 'id');
  const client = clientFor(gateway, 'setCampaignRunning', platform);
  const record = await client.ask('setCampaignRunning', { agent: asker.agent.id, repeat: 'safe' }, id, running);
  sendRate(reply, client.rate);
  return record === undefined ? { id: whole, platform } : { ...view(platform, record), id: whole };
}

export function campaignRoutes(router: Router, gateway: Gateway): void {
  router.on('GET', '/campaigns', (exchange) => listCampaigns(gateway, exchange));
  router.on(
    'POST',
    '/campaigns',
    async (exchange) => {
      const body = parse(newCampaignSchema, exchange.request.body);
      const client = clientFor(gateway, 'createCampaign', body.platform);
      return createOnce(gateway, {
        exchange,
        route: 'POST /v1/campaigns',
        body,
        client,
        create: async (errand, key) =>
          view(client.name, await client.ask('createCampaign', errand, campaignOf(body), key)),
      });
    },
    { role: 'supervisor', bodyLimit: MAX_CAMPAIGN_BYTES },
  );
  router.on('GET', '/campaigns/:id', async ({ request, reply, asker }) => {
    const { platform, id } = platformId(request, 'id');
    const client = clientFor(gateway, 'getCampaign', platform);
    const record = await client.ask('getCampaign', { agent: asker.agent.id, repeat: 'safe' }, id);
    sendRate(reply, client.rate);
    return view(platform, record);
  });
  router.on('POST', '/campaigns/:id/pause', (exchange) => setRunning(gateway, exchange, false), { role: 'supervisor' });
  router.on('POST', '/campaigns/:id/resume', (exchange) => setRunning(gateway, exchange, true), { role: 'supervisor' });
  // Everybody called by the campaign, not only who was routed to the one who asks.
  router.on('GET', '/campaigns/:id/calls', (exchange) => campaignCalls(gateway, exchange), { role: 'supervisor' });
}
