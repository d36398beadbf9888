/**
 * A campaign in the making: its plan, its file with the dry run, and the one request that makes it. A lost answer makes no
 * second campaign: asking again goes with the same key, and only a person who looked asks with a new one.
 */
import type { CampaignDraftView, CampaignForm } from '../../shared/contract/campaign-views';
import { campaignSchema, type Campaign } from '../../shared/contract/campaigns';
import type { Outcome } from '../../shared/contract/ipc';
import type { Imports } from '../lists/imports';
import type { RelayRest } from '../rest/relay-rest';

/** The rules are asked for every one of up to ten thousand numbers, then the platform is given its time. */
const MAKE_WITHIN_MS = 4 * 60_000;

export interface NewCampaignOptions {
  rest: RelayRest;
  newId: () => string;
  imports: Pick<Imports, 'begin' | 'close' | 'forget' | 'view'>;
  /** It is there. */
  made: (campaign: Campaign) => void;
  changed: () => void;
}

export class NewCampaign {
  #form: CampaignForm | undefined;
  #making: CampaignDraftView['making'] = { state: 'none' };
  /** Of the request that may have made it. */
  #key: string | undefined;

  constructor(private readonly options: NewCampaignOptions) {}

  get view(): CampaignDraftView | null {
    const file = this.options.imports.view;
    if (this.#form === undefined || (file === null && this.#making.state !== 'made')) return null;
    return { form: this.#form, import: file, making: this.#making };
  }

  /** The person chooses a file; it is sent, and checked for this campaign. */
  begin(form: CampaignForm): Promise<Outcome> {
    const { platform, name, purpose, country, schedule } = form;
    this.#form = form;
    this.#making = { state: 'none' };
    this.#key = undefined;
    return this.options.imports.begin({ platform, name, purpose, country, start: schedule.start });
  }

  /** Makes it from what was checked. @param anyway a person looked, and wants it although the first may be there */
  async create(anyway: boolean): Promise<Outcome> {
    const { imports, rest, newId, made } = this.options;
    const job = imports.view?.job;
    const check = job?.report?.check;
    if (this.#making.state === 'making') return { ok: false, reason: 'idempotency_key_in_use' };
    if (this.#form === undefined || job?.state !== 'checked' || check === undefined)
      return { ok: false, reason: 'conflict' };
    if (anyway) this.#key = undefined;
    this.#key ??= newId();
    this.#set({ state: 'making' });
    const answer = await rest.ask({
      ...{ method: 'POST', path: '/v1/campaigns', key: this.#key, withinMs: MAKE_WITHIN_MS, answer: campaignSchema },
      body: { ...bodyOf(this.#form), file: { import: job.id, check } },
    });
    if (answer.ok) {
      const { id, contacts, starts_at: startsAt } = answer.value;
      const { sent = 0, left_out: leftOut = 0 } = contacts ?? {};
      this.#making = {
        ...{ state: 'made', campaign: id, sent, left_out: leftOut },
        ...(startsAt === undefined ? {} : { starts_at: Date.parse(startsAt) }),
      };
      imports.forget();
      made(answer.value);
      return { ok: true };
    }
    const { reason, done } = answer;
    if (reason === 'unclear') this.#set({ state: 'unclear' });
    else if (done === 'perhaps') this.#set({ state: 'unanswered', reason });
    else {
      // Certainly nothing was done: the next request is a new one.
      this.#key = undefined;
      this.#set({ state: 'refused', reason });
    }
    return { ok: false, reason };
  }

  /** Puts it away; a file that was not used is deleted. */
  async close(): Promise<Outcome> {
    const outcome: Outcome = this.options.imports.view === null ? { ok: true } : await this.options.imports.close();
    if (!outcome.ok) return outcome;
    this.#form = undefined;
    this.#set({ state: 'none' });
    return outcome;
  }

  #set(making: CampaignDraftView['making']): void {
    this.#making = making;
    this.options.changed();
  }
}

function bodyOf({ platform, name, script, language, schedule, max_attempts, retry_minutes }: CampaignForm) {
  const { start, end, zone } = schedule;
  return {
    ...{ platform, name, max_attempts, retry_interval_minutes: retry_minutes },
    ...(script === undefined ? {} : { script_id: script }),
    ...(language === undefined ? {} : { language }),
    schedule: {
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      timezone: zone,
    },
  };
}
