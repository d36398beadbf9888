/**
 * Looks after attempts until their calls speak for themselves. It finds the call of a campaign that had not dialled yet, asks
 * the platform how a call stands whose webhooks do not come, and recognises the call of an attempt whose answer was lost when
 * its webhook arrives. What is to be looked after is in the store: a killed relay goes on where it was.
 */
import type { Logger } from 'pino';
import { PlatformError, type CallRecord } from '../../../platforms/api';
import { callSnapshotSchema, type CallSnapshot } from '../../../shared/contract/call';
import type { HandoverEvent } from '../../../shared/contract/events';
import type { Clock } from '../../clock';
import type { WatchedAttempt, WatchEnd } from '../../dialling/port';
import { DIAL_WITHIN_MS, POLL_WITHIN_MS } from '../../dialling/waits';
import type { Store } from '../../store/port';
import { DueWork, type Duty } from '../background';
import { progressEvents, recordEvents } from '../catch-up/record-events';
import { toAppend } from '../events';
import type { PlatformClient } from '../platform-client/client';
import { personSchema, startedEvent, type StartedBy } from './started-event';

const WHOLE_LOG = { keys: [], all: true };
const FIND_EVERY_MS = 5_000;
/** Words for a campaign that has done its work: there was nothing left to stop. */
const OVER = /^(?:completed|finished|done)$/i;
/** A webhook of a call whose start was lost comes within minutes, or with the end of the call. */
const RECOGNISE_WITHIN_MS = 60 * 60_000;
/** How far the platform's first word of a call may be from the attempt that made it. */
const MADE_BEFORE_MS = 10_000;
const MADE_AFTER_MS = 5 * 60_000;
const FIRST_POLL_MS = 15_000;
const SLOWEST_POLL_MS = 120_000;
const MAX_CALLS = 50;
/** Of a platform that only lists calls, the newest are looked at: a call under way is among them. */
const MAX_LISTED = 100;

export interface WatcherDeps {
  store: Pick<Store, 'gateway' | 'dialling'> & Duty;
  clients: ReadonlyMap<string, PlatformClient>;
  clock: Clock;
  log: Logger;
}

/** When to look first after a call that was started; absent: this platform cannot be asked. Epoch ms. */
export function firstPoll(client: PlatformClient, now: number): number | undefined {
  return client.can('getCall') || client.can('listCalls') ? now + FIRST_POLL_MS : undefined;
}

export const firstFind = (now: number): number => now + FIND_EVERY_MS;

interface Look {
  end: WatchEnd;
  events: HandoverEvent[];
}

const startedBy = ({ id, agent, platform, person }: WatchedAttempt): StartedBy => {
  return { attempt: id, agent, platform, person: personSchema.parse(JSON.parse(person)) };
};

/** Whether the platform itself has told of the call: then its webhooks come, and asking is a safety net only. */
function hasSpoken({ milestones, turns, escalations }: CallSnapshot): boolean {
  const { ringing, answered } = milestones;
  return [ringing, answered].some((step) => step !== undefined) || [turns, escalations].some((of) => hasAny(of));
}
const hasAny = (of: object) => Object.keys(of).length > 0;

export class StartWatcher extends DueWork<WatchedAttempt, Look> {
  constructor(private readonly deps: WatcherDeps) {
    super('started calls', { ...deps, duty: deps.store });
  }

  protected due(now: number, limit: number): Promise<WatchedAttempt[]> {
    return this.deps.store.dialling.dueWatches(now, limit);
  }

  protected end({ end, events }: Look): Promise<void> {
    return this.deps.store.dialling.endWatch(end, events.map(toAppend));
  }

  protected nextDue(): Promise<number | undefined> {
    return this.deps.store.dialling.nextWatchDue();
  }

  protected act(attempt: WatchedAttempt): Promise<Look> {
    switch (attempt.state) {
      case 'dialling':
        return this.find(attempt);
      case 'made':
        return this.poll(attempt);
      default:
        // It may dial yet, until its platform says that it is stopped.
        return attempt.dialling === undefined ? this.recognise(attempt) : this.find(attempt);
    }
  }

  private stay(attempt: WatchedAttempt, state: WatchEnd['state'], waitMs?: number): Look {
    const looks = attempt.looks + 1;
    const due = waitMs === undefined ? {} : { due: this.deps.clock.now() + waitMs };
    return { end: { id: attempt.id, state, looks, ...due }, events: [] };
  }

  private made(attempt: WatchedAttempt, id: string, events: HandoverEvent[]): Look {
    const { clients, clock } = this.deps;
    const client = clients.get(attempt.platform);
    const due = client === undefined ? undefined : firstPoll(client, clock.now());
    const end = { id: attempt.id, state: 'made' as const, call: `${attempt.platform}:${id}`, looks: 0 };
    return { end: { ...end, ...(due === undefined ? {} : { due }) }, events };
  }

  private async find(attempt: WatchedAttempt): Promise<Look> {
    const { clients, clock } = this.deps;
    const client = clients.get(attempt.platform);
    // Nobody can look, nor stop it.
    if (client === undefined || attempt.dialling === undefined) return this.stay(attempt, 'unclear');
    const found = await this.foundOf(attempt, client, attempt.dialling);
    if (found !== undefined) return found;
    if (clock.now() - attempt.at < DIAL_WITHIN_MS) return this.stay(attempt, 'dialling', FIND_EVERY_MS);
    return this.giveUp(attempt, client, attempt.dialling);
  }

  /** The call of a campaign of one contact, if it has dialled. */
  private async foundOf(attempt: WatchedAttempt, client: PlatformClient, campaign: string): Promise<Look | undefined> {
    const errand = { agent: attempt.agent, repeat: 'safe', background: true } as const;
    const id = await client.ask('findStartedCall', errand, campaign).then(
      (found) => found.id,
      (error: unknown) => this.unanswered(attempt, error),
    );
    if (id === undefined) return undefined;
    return this.made(attempt, id, [startedEvent(startedBy(attempt), id, this.deps.clock.now())]);
  }

  /** A campaign that has not dialled for so long must not dial later, beside a second call: it is stopped, or it is unclear. */
  private async giveUp(attempt: WatchedAttempt, client: PlatformClient, campaign: string): Promise<Look> {
    const { clock, log } = this.deps;
    const stopped = await this.stopped(attempt, client, campaign);
    // It may have dialled while it was being stopped.
    const found = await this.foundOf(attempt, client, campaign);
    if (found !== undefined) return found;
    log.warn({ platform: attempt.platform, attempt: attempt.id, stopped }, 'a campaign of one contact never dialled');
    if (stopped) return this.stay(attempt, 'not_made');
    return this.stay(attempt, 'unclear', again(clock.now() - attempt.at));
  }

  private async stopped(attempt: WatchedAttempt, client: PlatformClient, campaign: string): Promise<boolean> {
    if (!client.can('setCampaignRunning')) return false;
    const errand = { agent: attempt.agent, repeat: 'safe', background: true } as const;
    try {
      const record = await client.ask('setCampaignRunning', errand, campaign, false);
      return !OVER.test(record?.status ?? '');
    } catch (error) {
      this.unanswered(attempt, error);
      return false;
    }
  }

  private async poll(attempt: WatchedAttempt): Promise<Look> {
    const { clients, clock, store } = this.deps;
    const { call, platform, looks } = attempt;
    const client = clients.get(platform);
    if (call === undefined || client === undefined || clock.now() - attempt.at > POLL_WITHIN_MS) {
      return this.stay(attempt, 'made');
    }
    const json = await store.gateway.callSnapshot(call, WHOLE_LOG);
    const known = json === undefined ? undefined : callSnapshotSchema.parse(JSON.parse(json));
    if (known?.milestones.ended !== undefined || known?.milestones.failed !== undefined)
      return this.stay(attempt, 'made');
    const waitMs = known !== undefined && hasSpoken(known) ? SLOWEST_POLL_MS : slower(looks);
    const record = await this.recordOf(attempt, client, call.slice(call.indexOf(':') + 1));
    if (record === undefined) return this.stay(attempt, 'made', waitMs);
    const polled = { platform, record, known, now: clock.now() };
    const events = [...progressEvents(polled), ...recordEvents(polled)];
    const isOver = events.some(({ type }) => type === 'call.ended');
    return { ...this.stay(attempt, 'made', isOver ? undefined : waitMs), events };
  }

  /** The platform's record of a call; undefined while it cannot be asked, or does not know it. */
  private async recordOf(attempt: WatchedAttempt, client: PlatformClient, id: string): Promise<CallRecord | undefined> {
    const errand = { agent: attempt.agent, repeat: 'safe', background: true } as const;
    try {
      if (client.can('getCall')) return await client.ask('getCall', errand, id);
      const from = new Date(attempt.at - MADE_BEFORE_MS).toISOString();
      const { items } = await client.ask('listCalls', errand, { from, limit: MAX_LISTED });
      return items.find((record) => record.id === id);
    } catch (error) {
      this.unanswered(attempt, error);
      return undefined;
    }
  }

  /** An unclear attempt: is there a call to that number, of that time, that nobody else started? */
  private async recognise(attempt: WatchedAttempt): Promise<Look> {
    const { clock } = this.deps;
    const by = startedBy(attempt);
    const calls = await this.callsLike(attempt, by.person.phone);
    const [only] = calls;
    // Two that fit: nobody can tell which one it was.
    if (only !== undefined && calls.length === 1) {
      const id = only.call.slice(only.call.indexOf(':') + 1);
      return this.made(attempt, id, [startedEvent(by, id, clock.now())]);
    }
    return this.stay(attempt, 'unclear', again(clock.now() - attempt.at));
  }

  private async callsLike({ platform, at }: WatchedAttempt, phone: string): Promise<CallSnapshot[]> {
    const { store } = this.deps;
    const jsons = await store.gateway.callsOfPhone(phone.replace(/\D/g, ''), MAX_CALLS);
    const like = jsons
      .map((json) => callSnapshotSchema.parse(JSON.parse(json)))
      .filter(({ call, fields, milestones }) => {
        const { started, ringing, answered, ended } = milestones;
        const durationMs = (fields.duration_seconds?.value ?? 0) * 1000;
        const first = [started, ringing, answered].find((step) => step !== undefined)?.at;
        const made = first !== undefined ? Date.parse(first) : Date.parse(ended?.at ?? '') - durationMs;
        const fits = made >= at - MADE_BEFORE_MS && made <= at + MADE_AFTER_MS;
        const ours = call.startsWith(`${platform}:`) && fields.origin_agent === undefined;
        return fits && ours && fields.direction?.value !== 'inbound';
      });
    const taken = await Promise.all(like.map(({ call }) => store.dialling.isAttempted(call)));
    return like.filter((_, index) => taken[index] !== true);
  }

  /** A platform that cannot be reached is asked again next time. */
  private unanswered({ platform }: WatchedAttempt, error: unknown): undefined {
    if (!(error instanceof PlatformError)) throw error;
    this.deps.log.debug({ platform, fault: error.fault }, 'a started call could not be asked about');
    return undefined;
  }
}

/** Soon at first, then ever more seldom; undefined: no more. */
function again(waitedMs: number): number | undefined {
  return waitedMs < RECOGNISE_WITHIN_MS ? Math.max(FIND_EVERY_MS, waitedMs / 10) : undefined;
}

/** 15 s, 15, 30, 30, 60 … up to two minutes: soon at first, and never a burden. */
function slower(looks: number): number {
  return Math.min(SLOWEST_POLL_MS, FIRST_POLL_MS * 2 ** Math.floor(looks / 2));
}
