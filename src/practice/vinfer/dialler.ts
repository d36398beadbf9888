/** Works through campaigns created over the API: one contact after another, at a pace a person can watch. */
import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import type { Stage } from '../stage';
import type { VinferAccount, VinferCampaign } from './account';
import { campaignBody } from './bodies';
import type { VinferPlayer } from './player';
import type { VinferPublisher } from './publisher';

/** Between two contacts of one campaign, floor's milliseconds. */
const BETWEEN_CONTACTS_MS = 20_000;
/** A campaign begins this long after it was created without a schedule. */
const FIRST_CONTACT_MS = 1_000;

export class Dialler {
  private readonly random: Random;
  private readonly working = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly account: VinferAccount,
    private readonly player: VinferPlayer,
    private readonly publisher: VinferPublisher,
  ) {
    this.random = stage.random.fork('vinfer campaigns');
  }

  create(
    campaign: Omit<VinferCampaign, 'id' | 'status' | 'attempted' | 'createdAt'>,
    startAt?: number,
  ): VinferCampaign {
    const now = this.stage.clock.now();
    const created: VinferCampaign = {
      ...campaign,
      id: `cmp_${this.random.hex(12)}`,
      status: 'scheduled',
      attempted: 0,
      createdAt: now,
    };
    this.account.campaigns.set(created.id, created);
    const wait = startAt === undefined ? FIRST_CONTACT_MS : Math.max(FIRST_CONTACT_MS, startAt - now);
    this.stage.clock.after(wait, () => {
      if (created.status === 'scheduled') this.resume(created);
    });
    return created;
  }

  pause(campaign: VinferCampaign): void {
    campaign.status = 'paused';
    this.tell(campaign, 'campaign.paused');
  }

  resume(campaign: VinferCampaign): void {
    campaign.status = 'running';
    this.tell(campaign, 'campaign.started');
    // The loop of a campaign paused a moment ago may still be waiting: it goes on by itself.
    if (!this.working.has(campaign.id)) this.next(campaign);
  }

  private next(campaign: VinferCampaign): void {
    this.working.delete(campaign.id);
    if (campaign.status !== 'running') return;
    const contact = campaign.contacts[campaign.attempted];
    if (contact === undefined) {
      if (Number.isFinite(campaign.attempted)) {
        campaign.status = 'completed';
        this.tell(campaign, 'campaign.completed');
      }
      return;
    }
    campaign.attempted += 1;
    const caller = this.player.casting.personAt(contact.phone, contact.name);
    this.player.dial({
      caller,
      campaign: campaign.id,
      name: contact.name,
      language: campaign.language,
      fields: contact.fields,
    });
    this.working.add(campaign.id);
    this.stage.clock.after(BETWEEN_CONTACTS_MS, () => this.next(campaign));
  }

  private tell(campaign: VinferCampaign, event: string): void {
    const eventId = `evt_${this.random.hex(12)}`;
    const at = this.stage.clock.now();
    const body = campaignBody({ event, eventId, at }, campaign);
    this.publisher.publish(this.random, { call: `vinfer:campaign/${campaign.id}`, event, eventId, body });
  }
}

/** Webhook ids are the registrar's to choose and take no part in the seeded run. */
export const webhookId = (): string => `wh_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
