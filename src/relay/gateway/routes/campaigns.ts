/** `/v1/campaigns`: made, looked at, paused and resumed at the platform they belong to. */
import { PlatformError, type CampaignRecord, type NewCampaign } from '../../../platforms/api';
import {
  campaignCallsQuerySchema,
  campaignContactsQuerySchema,
  newCampaignSchema,
  type Campaign,
  type CampaignMaker,
  type NewCampaignRequest,
} from '../../../shared/contract/campaigns';
import type { DialPurpose } from '../../../shared/contract/dialling-policies';
import type { CampaignTarget } from '../../../shared/contract/lead-imports';
import type { CampaignFiles, ContactsOfFile } from '../../leads/import/campaign-files';
import { beginLawfully, wrongHour, type BeginDeps } from '../../leads/import/campaign-hours';
import type { ImportDesk } from '../../leads/import/desk';
import type { CampaignPause } from '../../dialling/port';
import { uploadRoute } from '../../leads/import/routes';
import { leadRecordSchema } from '../../leads/record';
import { campaignState } from '../campaigns/state';
import { clientFor, type Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import { Problem } from '../http/problem';
import { sendRate } from '../http/rate-headers';
import type { Exchange, Router } from '../http/router';
import { createOnce } from '../keyed-answer';
import type { PlatformClient } from '../platform-client/client';
import { askSource } from '../sources';
import { recordView } from './read-calls';

/** Ten thousand contacts with a dozen custom fields each. */
const MAX_CAMPAIGN_BYTES = 8 * 1024 * 1024;
/** Nothing is on record of a contact that is given with a request. */
const NO_RECORD = JSON.stringify(
  leadRecordSchema.parse({
    ...{ phones: [], language: null, zone: null, region: null, postcode: null, external_id: null, fields: {} },
    consent: null,
  }),
);

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

type Paused = Pick<Campaign, 'paused_by' | 'resumes_at'>;

/** Whose pause it is; what the platform says of one that runs or is over counts for more. */
function pauseView(status: string | undefined, pause: CampaignPause | undefined): Paused {
  const state = campaignState(status);
  if (pause === undefined || (state !== 'paused' && state !== 'unknown')) return { paused_by: null };
  const { pausedBy, resumes } = pause;
  return { paused_by: pausedBy, ...(resumes === undefined ? {} : { resumes_at: new Date(resumes).toISOString() }) };
}

/** Adds to campaigns whose pause it is, where they are paused. */
async function withPauses({ deps }: Gateway, campaigns: readonly Campaign[]): Promise<Campaign[]> {
  const pauses = new Map((await deps.store.dialling.campaignPauses()).map((pause) => [pause.campaign, pause]));
  return campaigns.map((campaign) => ({ ...campaign, ...pauseView(campaign.status, pauses.get(campaign.id)) }));
}

/** What the routes need of files of contacts, and of hours. */
export interface CampaignRouteParts {
  files: CampaignFiles;
  imports: Pick<ImportDesk, 'uploadContacts'>;
  begin: BeginDeps;
  /** There is something new to mind: a campaign that was made, paused or resumed. */
  minded: () => void;
}

/** Without `undefined` members: absent means that the platform decides. */
function campaignOf(request: NewCampaignRequest, { contacts, movedTo }: Chosen): NewCampaign {
  const schedule = movedTo === undefined ? request.schedule : { ...request.schedule, start: movedTo };
  const ours = { platform: undefined, file: undefined, purpose: undefined };
  return JSON.parse(JSON.stringify({ ...request, schedule, contacts, ...ours })) as NewCampaign;
}

/** Platforms at which campaigns can be made, with what they take. */
function makersOf({ clients }: Gateway): CampaignMaker[] {
  return [...clients.values()].flatMap(({ name, campaignLimits: limits }) =>
    limits === undefined ? [] : [{ platform: name, max_contacts: limits.contacts, max_name_chars: limits.nameChars }],
  );
}

/** @throws Problem when the file is for another platform, or the platform takes less than this */
function mustFit(
  { traits, name, campaignLimits }: PlatformClient,
  request: NewCampaignRequest,
  file: ContactsOfFile,
): void {
  const { contacts, target } = file;
  if (target.campaign_at !== name) throw new Problem('conflict', 'This file was checked for another platform');
  if (campaignLimits === undefined) return;
  if (contacts.length > campaignLimits.contacts) {
    throw new Problem('conflict', `${traits.label} takes at most ${campaignLimits.contacts} contacts in a campaign`);
  }
  if (request.name.length > campaignLimits.nameChars) {
    throw new Problem('bad_request', `name: ${traits.label} takes at most ${campaignLimits.nameChars} characters`);
  }
}

/** Whom a campaign is made with. */
type Chosen = Omit<ContactsOfFile, 'target' | 'contacts'> & { purpose: DialPurpose; contacts: readonly Given[] };
/** A contact with whatever else it has. */
interface Given {
  phone: string;
}

/** Those of the given contacts who may be called when it begins. */
async function ofGiven(
  { begin }: CampaignRouteParts,
  target: CampaignTarget,
  given: readonly Given[],
): Promise<Chosen> {
  const asked = given.map((contact, index) => {
    return { contact, row: index + 1, line: index + 1, phone: contact.phone, record: NO_RECORD, consent: null };
  });
  const { read, ...when } = await beginLawfully(begin, target, async (rules) => (await rules.look(asked)).callable);
  if (read.length === 0) throw new Problem('conflict', 'Nobody of these contacts may be called');
  const contacts = read.map(({ contact }) => contact);
  return { purpose: target.purpose, contacts, leftOut: given.length - contacts.length, ...when };
}

async function choose(
  { deps }: Gateway,
  parts: CampaignRouteParts,
  body: NewCampaignRequest,
  client: PlatformClient,
): Promise<Chosen> {
  const { file, contacts = [], name, purpose = deps.settings.dialling.purpose } = body;
  const start = body.schedule?.start ?? null;
  if (file === undefined)
    return ofGiven(parts, { campaign_at: client.name, name, purpose, country: null, start }, contacts);
  const read = await parts.files.contacts(Number(file.import), file.check, start);
  mustFit(client, body, read);
  return { ...read, purpose: read.target.purpose };
}

/**
 * A platform that cannot be told to pause is given no campaign that goes on after the hours of its people.
 * @throws Problem `dial_blocked` naming the time by which it must end
 */
async function mustStop(
  client: PlatformClient,
  { closes }: BeginDeps,
  { purpose, places }: Chosen,
  { begins, ends = Infinity }: { begins: number; ends?: number },
): Promise<void> {
  if (client.can('setCampaignRunning')) return;
  const by = await closes({ purpose, places }, begins);
  if (ends <= by) return;
  const at = new Date(by).toISOString();
  const detail = `${client.traits.label} cannot pause a campaign; give it an end, at the latest ${at}`;
  throw new Problem('dial_blocked', detail, { members: { next_at: null, end_by: at } });
}

async function createCampaign(gateway: Gateway, parts: CampaignRouteParts, exchange: Exchange) {
  const body = parse(newCampaignSchema, exchange.request.body);
  const { file } = body;
  const { log, store, clock } = gateway.deps;
  const client = clientFor(gateway, 'createCampaign', body.platform);
  return createOnce(gateway, {
    ...{ exchange, route: 'POST /v1/campaigns', body, client },
    create: async (errand, key) => {
      const chosen = await choose(gateway, parts, body, client);
      const { contacts, leftOut, places, purpose, movedTo } = chosen;
      const { start, end } = body.schedule ?? {};
      if (movedTo !== undefined && end !== undefined && Date.parse(end) <= Date.parse(movedTo)) {
        throw wrongHour(Date.parse(movedTo));
      }
      const begins = Math.max(clock.now(), Date.parse(movedTo ?? start ?? new Date(clock.now()).toISOString()));
      const ends = end === undefined ? {} : { ends: Date.parse(end) };
      await mustStop(client, parts.begin, chosen, { begins, ...ends });
      const made = view(client.name, await client.ask('createCampaign', errand, campaignOf(body, chosen), key));
      // The campaign is made, and that is the answer, whatever becomes of what is kept beside it.
      await store.dialling
        .keepCampaign({ campaign: made.id, purpose, places, ...ends }, begins)
        .catch((error: unknown) => {
          log.error({ err: error, campaign: made.id }, 'where the people of a campaign are could not be kept');
        });
      parts.minded();
      if (file !== undefined) {
        await parts.files.spent(Number(file.import)).catch((error: unknown) => {
          log.warn({ err: error }, 'the file of a campaign could not be put away');
        });
      }
      const sent = { contacts: { sent: contacts.length, left_out: leftOut } };
      return { ...made, ...sent, ...(movedTo === undefined ? {} : { starts_at: movedTo }) };
    },
  });
}

async function listCampaigns(gateway: Gateway, { asker }: Exchange) {
  const able = [...gateway.clients.values()].filter((client) => client.can('listCampaigns'));
  const parts = await Promise.all(
    able.map((client) =>
      askSource(client, () => client.ask('listCampaigns', { agent: asker.agent.id, repeat: 'safe' })),
    ),
  );
  return {
    data: await withPauses(
      gateway,
      parts.flatMap(({ state, value }) => (value?.items ?? []).map((campaign) => view(state.source, campaign))),
    ),
    sources: parts.map(({ state }) => state),
    makers: makersOf(gateway),
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

async function setRunning(gateway: Gateway, { request, reply, asker }: Exchange, running: boolean): Promise<Campaign> {
  const { whole, platform, id } = platformId(request, 'id');
  const client = clientFor(gateway, 'setCampaignRunning', platform);
  const record = await client.ask('setCampaignRunning', { agent: asker.agent.id, repeat: 'safe' }, id, running);
  sendRate(reply, client.rate);
  return record === undefined ? { id: whole, platform } : { ...view(platform, record), id: whole };
}

/** A person's pause, which stands until a person resumes it, whatever the hours say meanwhile. */
async function pause(gateway: Gateway, { minded }: CampaignRouteParts, exchange: Exchange): Promise<Campaign> {
  const { store, clock } = gateway.deps;
  const { whole, platform } = platformId(exchange.request, 'id');
  clientFor(gateway, 'setCampaignRunning', platform);
  // Before the platform is asked, so that the hours do not let it go on in between.
  const before = await store.dialling.markCampaign(whole, 'person', clock.now());
  const paused = await setRunning(gateway, exchange, false).catch((error: unknown) => {
    // One that the hours had paused already: some platforms refuse to pause it twice.
    if (before === 'hours' && error instanceof PlatformError && error.fault === 'rejected') {
      return { id: whole, platform, status: 'paused' };
    }
    throw error;
  });
  minded();
  return { ...paused, paused_by: 'person' };
}

/** Goes on with a campaign while everybody in it may be called; of one that was not made here nobody knows. */
async function resume(gateway: Gateway, { begin, minded }: CampaignRouteParts, exchange: Exchange) {
  const { store, clock } = gateway.deps;
  const { whole, platform } = platformId(exchange.request, 'id');
  clientFor(gateway, 'setCampaignRunning', platform);
  const kept = await store.dialling.keptCampaign(whole);
  if (kept !== undefined) {
    const now = clock.now();
    const at = begin.common(kept, now);
    if (at !== now) throw wrongHour(at);
  }
  const resumed = await setRunning(gateway, exchange, true);
  await store.dialling.markCampaign(whole, null, clock.now());
  minded();
  return { ...resumed, paused_by: null, hours_known: kept !== undefined };
}

export function campaignRoutes(router: Router, gateway: Gateway, parts: CampaignRouteParts): void {
  router.on('GET', '/campaigns', (exchange) => listCampaigns(gateway, exchange));
  router.on('POST', '/campaigns', (exchange) => createCampaign(gateway, parts, exchange), {
    role: 'supervisor',
    bodyLimit: MAX_CAMPAIGN_BYTES,
  });
  uploadRoute(router, {
    ...{ path: '/campaigns/contacts', query: campaignContactsQuerySchema, guard: gateway.guard },
    take: (query, body, by) => {
      const { name } = clientFor(gateway, 'createCampaign', query.platform);
      return parts.imports.uploadContacts(name, query, body, by);
    },
  });
  router.on('GET', '/campaigns/:id', async ({ request, reply, asker }) => {
    const { platform, id } = platformId(request, 'id');
    const client = clientFor(gateway, 'getCampaign', platform);
    const record = await client.ask('getCampaign', { agent: asker.agent.id, repeat: 'safe' }, id);
    sendRate(reply, client.rate);
    const [campaign] = await withPauses(gateway, [view(platform, record)]);
    return campaign;
  });
  router.on('POST', '/campaigns/:id/pause', (exchange) => pause(gateway, parts, exchange), { role: 'supervisor' });
  router.on('POST', '/campaigns/:id/resume', (exchange) => resume(gateway, parts, exchange), { role: 'supervisor' });
  // Everybody called by the campaign, not only who was routed to the one who asks.
  router.on('GET', '/campaigns/:id/calls', (exchange) => campaignCalls(gateway, exchange), { role: 'supervisor' });
}
