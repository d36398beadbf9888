/**
 * Keeps campaigns within the hours of their people. A platform dials on its own, so the campaign is paused there when the first of
 * its places closes, and goes on when all are open again. What a person paused stays paused until a person resumes it. What is
 * to be done when lies in the store: a relay that restarts goes on where it was, and one relay does it for all.
 */
import type { Logger } from 'pino';
import { PlatformError } from '../../../platforms/api';
import type { Clock } from '../../clock';
import type { CampaignLook, DialStore, MindedCampaign } from '../../dialling/port';
import type { BeginDeps } from '../../leads/import/campaign-hours';
import { DueWork, type Duty } from '../background';
import type { PlatformClient } from '../platform-client/client';
import { campaignState, type CampaignState } from './state';

const RETRY_BASE_MS = 1_000;
/** A platform that fails while people should not be called is asked again at least this often. */
const RETRY_CAP_MS = 60_000;
/** Between two looks at a campaign for which there is no lawful time, or whose platform is no longer configured. */
const SELDOM_MS = 3600_000;

export interface KeeperDeps {
  store: {
    dialling: Pick<DialStore, 'dueCampaigns' | 'endCampaignLook' | 'nextCampaignDue' | 'keptCampaign'>;
  } & Duty;
  clients: ReadonlyMap<string, PlatformClient>;
  hours: Pick<BeginDeps, 'common' | 'closes'>;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** A machine that slept has late timers: looks are never further apart than this, ms. */
  lookMs: number;
}

/** A person or another relay left a mark since the look began. */
class Overtaken extends Error {}

const idOf = (campaign: string) => campaign.slice(campaign.indexOf(':') + 1);
const platformOf = (campaign: string) => campaign.slice(0, campaign.indexOf(':'));
/** A failure that lasts is told at the first, second, fourth, eighth … try. */
const isTold = (tries: number) => (tries & (tries - 1)) === 0;

export class CampaignKeeper extends DueWork<MindedCampaign, CampaignLook> {
  constructor(private readonly deps: KeeperDeps) {
    super('hours of campaigns', { ...deps, duty: deps.store });
  }

  protected due(now: number, limit: number): Promise<MindedCampaign[]> {
    return this.deps.store.dialling.dueCampaigns(now, limit);
  }

  protected async end(look: CampaignLook): Promise<void> {
    await this.deps.store.dialling.endCampaignLook(look);
  }

  protected async nextDue(): Promise<number | undefined> {
    const next = await this.deps.store.dialling.nextCampaignDue();
    return next === undefined ? undefined : Math.min(next, this.deps.clock.now() + this.deps.lookMs);
  }

  protected async act(campaign: MindedCampaign): Promise<CampaignLook> {
    const { clients, clock, hours } = this.deps;
    const now = clock.now();
    const client = clients.get(platformOf(campaign.campaign));
    if (client === undefined) return { ...campaign, due: now + SELDOM_MS };
    const opens = hours.common(campaign, now);
    try {
      return opens === now ? await this.opened(campaign, client) : await this.closed(campaign, client, opens);
    } catch (error) {
      return this.failed(campaign, error, opens === now ? null : opens);
    }
  }

  /** Everybody in it may be called. */
  private async opened(campaign: MindedCampaign, client: PlatformClient): Promise<CampaignLook> {
    const { clock, hours, log } = this.deps;
    const now = clock.now();
    const { pausedBy, ends } = campaign;
    const further = async () => ({ ...campaign, tries: 0, due: await hours.closes(campaign, now) });
    if (pausedBy !== 'hours') return further();
    const state = await this.stateOf(campaign, client);
    if (state === 'over' || (ends !== undefined && ends <= now)) return over(campaign);
    if (state === 'paused' || state === 'unknown') {
      await this.set(campaign, client, true);
      log.info({ campaign: campaign.campaign }, 'a campaign goes on: everybody in it may be called again');
    }
    return { ...(await further()), pausedBy: null };
  }

  /** Somebody in it may not be called. @param opens epoch ms; null: nobody knows when */
  private async closed(campaign: MindedCampaign, client: PlatformClient, opens: number | null): Promise<CampaignLook> {
    const { clock, log } = this.deps;
    const state = await this.stateOf(campaign, client);
    if (state === 'over') return over(campaign);
    // It begins when it may, and is looked at again and again in case it does not.
    if (state === 'scheduled') return { ...campaign, due: clock.now() + RETRY_CAP_MS };
    const due = opens ?? clock.now() + SELDOM_MS;
    // Somebody paused it at the platform, which is a person's pause like any other.
    const before = campaign.pausedBy ?? 'person';
    if (state === 'paused') return { ...campaign, tries: 0, due, ...pausedUntil(before, opens) };
    // A platform that does not tell is asked to pause in any case; whose pause it is stays as it was.
    const pausedBy = state === 'unknown' && campaign.pausedBy === 'person' ? 'person' : 'hours';
    const meant = await this.mean({ ...campaign, ...pausedUntil(pausedBy, opens) });
    try {
      await this.set(meant, client, false);
    } catch (error) {
      return this.failed(meant, error, opens);
    }
    log.info({ campaign: campaign.campaign, resumes_at: opens }, 'a campaign was paused: the hours of its people end');
    return { ...meant, tries: 0, due };
  }

  /** Written before the platform is asked: a relay that is killed in between knows its own pause from a person's. */
  private async mean(campaign: MindedCampaign & { resumes?: number }): Promise<typeof campaign> {
    const { clock, store } = this.deps;
    const noted = await store.dialling.endCampaignLook({ ...campaign, due: clock.now() });
    if (!noted) throw new Overtaken();
    return { ...campaign, revision: campaign.revision + 1 };
  }

  private async stateOf({ campaign }: MindedCampaign, client: PlatformClient): Promise<CampaignState> {
    if (!client.can('getCampaign')) return 'unknown';
    try {
      const record = await client.ask('getCampaign', { agent: '~hours', repeat: 'safe' }, idOf(campaign));
      return campaignState(record.status);
    } catch (error) {
      // What cannot be looked at may still be paused.
      if (error instanceof PlatformError && error.fault === 'unsupported') return 'unknown';
      throw error;
    }
  }

  private async set({ campaign, revision }: MindedCampaign, client: PlatformClient, running: boolean): Promise<void> {
    const { dialling } = this.deps.store;
    const errand = { agent: '~hours', repeat: 'safe' } as const;
    const beforeSend = async () => {
      if ((await dialling.keptCampaign(campaign))?.revision !== revision) throw new Overtaken();
    };
    await client.ask('setCampaignRunning', { ...errand, beforeSend }, idOf(campaign), running);
    if (!running) return;
    const since = await dialling.keptCampaign(campaign);
    // A person paused it while it was on its way: whichever of the two came last at the platform, theirs stands.
    if (since?.pausedBy === 'person') await client.ask('setCampaignRunning', errand, idOf(campaign), false);
  }

  /** @param opens epoch ms, where it was to be paused; null: it was to go on, or nobody knows */
  private failed(campaign: MindedCampaign, error: unknown, opens: number | null): CampaignLook {
    // Nothing is noted with the revision of before: whoever left the mark said when to look again.
    if (error instanceof Overtaken) return campaign;
    if (!(error instanceof PlatformError)) throw error;
    const { clock, random, log } = this.deps;
    const { fault, details } = error;
    const tries = campaign.tries + 1;
    if (isTold(tries)) {
      log.warn({ campaign: campaign.campaign, fault, tries }, 'a campaign could not be kept within its hours yet');
    }
    if (fault === 'not_found') return over(campaign);
    if (fault === 'unsupported') return { ...campaign, tries, due: opens ?? clock.now() + SELDOM_MS };
    const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(tries, 20));
    const waitMs = (details.retryAfterS ?? 0) * 1000 + Math.round(random() * ceiling) + RETRY_BASE_MS / 2;
    return { ...campaign, tries, due: clock.now() + waitMs };
  }
}

const pausedUntil = (pausedBy: 'hours' | 'person', opens: number | null) => ({
  pausedBy,
  ...(pausedBy === 'person' || opens === null ? {} : { resumes: opens }),
});

/** It dials nobody any more: unless a person resumes it, nobody looks at it again. */
const over = (campaign: MindedCampaign): CampaignLook => ({ ...campaign, pausedBy: null, tries: 0 });
