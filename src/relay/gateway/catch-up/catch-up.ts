/**
 * Asks platforms that keep a list of calls for what webhooks did not bring: at start from where the relay last knew to be
 * complete, and now and then after, so that an outage of any kind heals by itself. Politely: one page at a time, behind
 * people's requests, leaving a part of the rate limit alone, and later again when the platform wants peace.
 */
import type { Logger } from 'pino';
import { PlatformError, type CallRecord, type Page } from '../../../platforms/api';
import { callSnapshotSchema } from '../../../shared/contract/call';
import type { Clock } from '../../clock';
import type { Store } from '../../store/port';
import { Background, whileOnDuty, type Duty } from '../background';
import { toAppend } from '../events';
import type { PlatformClient } from '../platform-client/client';
import { endOf, recordEvents } from './record-events';

/** Between two sweeps. Webhooks bring the news; this only fills holes. */
const SWEEP_MS = 15 * 60_000;
/** A sweep reaches back over the last one by this much: calls are listed when their processing ends, not when they do. */
const OVERLAP_MS = 10 * 60_000;
/** Further back nobody can be helped, and the platform would be asked for very much. */
const MAX_REACH_MS = 7 * 24 * 3600 * 1000;
/** After a sweep that the platform cut short. */
const RETRY_BASE_MS = 60_000;
const RETRY_CAP_MS = 30 * 60_000;
const PAGE = 100;
/** A million calls: beyond that the platform's paging does not end. */
const MAX_PAGES = 10_000;

const WHOLE_LOG = { keys: [], all: true };
/** The list of all calls: an account that lacks it may still list a campaign's. */
const ALL_CALLS = 'listCalls.all';
const ERRAND = { agent: '~catch-up', repeat: 'safe', background: true } as const;

export interface CatchUpDeps {
  store: Pick<Store, 'append' | 'gateway'> & Duty;
  clients: ReadonlyMap<string, PlatformClient>;
  clock: Clock;
  random: () => number;
  log: Logger;
}

interface Span {
  from: number;
  to: number;
}

export class CatchUp {
  private readonly work: Background[];

  constructor(private readonly deps: CatchUpDeps) {
    this.work = [...deps.clients.values()]
      .filter((client) => client.can('listCalls'))
      .map((client) => {
        let failures = 0;
        const run = async () => {
          try {
            await this.sweep(client);
            failures = 0;
            return SWEEP_MS;
          } catch (error) {
            if (!(error instanceof PlatformError)) throw error;
            deps.log.warn({ platform: client.name, fault: error.fault }, 'catching up is put off');
            const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** failures);
            failures += 1;
            return (error.details.retryAfterS ?? 0) * 1000 + RETRY_BASE_MS / 2 + Math.round(deps.random() * ceiling);
          }
        };
        return new Background(`catch-up ${client.name}`, whileOnDuty(deps.store, run), deps.log);
      });
  }

  start(): void {
    for (const work of this.work) work.kick();
  }

  async stop(): Promise<void> {
    await Promise.all(this.work.map((work) => work.stop()));
  }

  /** One sweep from the last complete one to now. @throws PlatformError when the platform cut it short */
  async sweep(client: PlatformClient): Promise<number> {
    const { store, clock, log } = this.deps;
    const now = clock.now();
    const mark = `catch-up.${client.name}`;
    const last = await store.gateway.mark(mark);
    let added = 0;
    // The first start of a relay has missed nothing.
    if (last !== undefined) {
      const span = { from: Math.max(Math.min(last, now) - OVERLAP_MS, now - MAX_REACH_MS), to: now };
      for await (const record of this.missed(client, span)) added += await this.add(client.name, record);
    }
    await store.gateway.putMark(mark, now);
    if (added > 0) log.info({ platform: client.name, added }, 'caught up on what webhooks had not brought');
    return added;
  }

  private async *missed(client: PlatformClient, span: Span): AsyncGenerator<CallRecord> {
    const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()];
    try {
      yield* this.pages(client, { from, to }, span, ALL_CALLS);
      return;
    } catch (error) {
      if (!(error instanceof PlatformError) || !NO_SUCH_LIST.includes(error.fault)) throw error;
    }
    // An account without a list of all calls still has one per campaign.
    if (!client.can('listCampaigns')) return;
    const { items } = await client.ask('listCampaigns', ERRAND);
    for (const { id } of items) yield* this.pages(client, { campaign: id, after: from }, span, 'listCalls');
  }

  private async *pages(
    client: PlatformClient,
    query: { campaign?: string; from?: string; to?: string; after?: string },
    span: Span,
    ability: string,
  ): AsyncGenerator<CallRecord> {
    let offset = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer: Page<CallRecord> = await client.ask(
        'listCalls',
        { ...ERRAND, ability },
        { ...query, limit: PAGE, offset },
      );
      // Platforms without a filter give everything, newest first: what is too old ends it.
      const wanted = answer.items.filter((record) => endOf(record, span.to) >= span.from);
      yield* wanted;
      if (!answer.hasMore || wanted.length === 0) return;
      offset += answer.rows ?? answer.items.length;
    }
  }

  private async add(platform: string, record: CallRecord): Promise<number> {
    const { store, clock } = this.deps;
    const json = await store.gateway.callSnapshot(`${platform}:${record.id}`, WHOLE_LOG);
    const known = json === undefined ? undefined : callSnapshotSchema.parse(JSON.parse(json));
    const events = recordEvents({ platform, record, known, now: clock.now() });
    if (events.length === 0) return 0;
    const { offsets } = await store.append(events.map(toAppend));
    return offsets.filter((offset) => offset !== null).length;
  }
}

const NO_SUCH_LIST = ['unsupported', 'not_found'];
