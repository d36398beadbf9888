/**
 * Fetches the transcripts that platforms announce by address, and appends them as turns. What is to be fetched is read
 * from the log itself, from a mark that survives restarts, so no announcement is forgotten.
 */
import type { Logger } from 'pino';
import { PlatformError } from '../../../platforms/api';
import { handoverEventSchema, type HandoverEvent } from '../../../shared/contract/events';
import type { Clock } from '../../clock';
import type { Store } from '../../store/port';
import { Background, onDutyForAll, type Duty } from '../background';
import { digestOf, tell, toAppend } from '../events';
import type { PlatformClient } from '../platform-client/client';
import { TRANSCRIPT_MARK } from '../store/jobs';
import type { TranscriptJob } from '../store-port';

/** Attempts before a transcript is given up; with the waits below, more than half a day. */
const MAX_ATTEMPTS = 16;
const RETRY_BASE_MS = 5_000;
const RETRY_CAP_MS = 2 * 3600_000;
/** What an account lacks today it may have tomorrow, or it was a proxy that said so. */
const LACKING_AGAIN_MS = 24 * 3600_000;
/** Such an answer counts for so many attempts: asked for three more days. */
const LACKING_ATTEMPTS = 5;
const BATCH = 20;
const LOG_PAGE = 500;

const WHOLE_LOG = { keys: [], all: true };

export interface TranscriptDeps {
  store: Pick<Store, 'append' | 'gateway' | 'page' | 'position' | 'onAppended'> & Duty;
  clients: ReadonlyMap<string, PlatformClient>;
  clock: Clock;
  random: () => number;
  log: Logger;
}

/** Cheap, before anything is parsed: most events are turns. */
const mayAnnounce = (body: string) => body.includes('"call.transcript"') && body.includes('transcript_url');

function announced(event: HandoverEvent): { call: string; url: string } | undefined {
  if (event.type !== 'call.transcript' || event.subject === undefined) return undefined;
  const { transcript_url: url, turns } = event.data;
  if (url === undefined || (turns !== undefined && turns.length > 0)) return undefined;
  return { call: event.subject, url };
}

export class TranscriptFetcher {
  private readonly work: Background;

  constructor(private readonly deps: TranscriptDeps) {
    this.work = new Background(
      'transcripts',
      onDutyForAll(deps.store, () => this.round()),
      deps.log,
    );
    deps.store.onAppended((entries) => {
      if (entries.some(({ body }) => mayAnnounce(body))) this.work.kick();
    });
  }

  start(): void {
    this.work.kick();
  }

  stop(): Promise<void> {
    return this.work.stop();
  }

  private async round(): Promise<number | undefined> {
    const { store, clock } = this.deps;
    await this.readLog();
    const due = await store.gateway.dueTranscripts(clock.now(), BATCH);
    await Promise.all(due.map((job) => this.fetch(job)));
    const next = await store.gateway.nextTranscriptDue();
    return next === undefined ? undefined : next - clock.now();
  }

  private async readLog(): Promise<void> {
    const { store, clock } = this.deps;
    const { head, floor } = store.position();
    const mark = (await store.gateway.mark(TRANSCRIPT_MARK)) ?? floor;
    // A mark beyond the head is another log's.
    let after = mark > head ? floor : mark;
    while (after < head) {
      const { entries, upTo } = await store.page(after, WHOLE_LOG, LOG_PAGE);
      const jobs = entries.flatMap(({ body }): TranscriptJob[] => {
        const found = mayAnnounce(body) ? announced(handoverEventSchema.parse(JSON.parse(body))) : undefined;
        return found === undefined ? [] : [{ ...found, attempts: 0, due: clock.now() }];
      });
      await store.gateway.queueTranscripts(jobs, upTo);
      if (upTo <= after) return;
      after = upTo;
    }
  }

  private async fetch(job: TranscriptJob): Promise<void> {
    const { store, clients, clock, random, log } = this.deps;
    const platform = job.call.slice(0, job.call.indexOf(':'));
    const client = clients.get(platform);
    if (client?.has('fetchTranscript') !== true) {
      log.warn({ platform }, 'a transcript was announced that cannot be fetched');
      return store.gateway.endTranscript(job);
    }
    try {
      const turns = await client.ask(
        'fetchTranscript',
        { agent: '~transcripts', repeat: 'safe', background: true },
        job.url,
      );
      const now = clock.now();
      const id = `transcript:${digestOf(job.call, job.url)}`;
      const data = { transcript_url: job.url, turns };
      const event = tell({
        type: 'call.transcript',
        id,
        source: `/platforms/${platform}`,
        call: job.call,
        time: now,
        now,
        data,
      });
      await store.append([toAppend(event)]);
      await store.gateway.endTranscript(job);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const lacking = error.fault === 'unsupported';
      const attempts = job.attempts + (lacking ? LACKING_ATTEMPTS : 1);
      log.warn({ platform, fault: error.fault, attempts }, 'a transcript could not be fetched');
      if (error.fault === 'rejected' || attempts >= MAX_ATTEMPTS) return store.gateway.endTranscript(job);
      const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempts);
      const askedMs = lacking ? LACKING_AGAIN_MS : (error.details.retryAfterS ?? 0) * 1000;
      const waitMs = askedMs + RETRY_BASE_MS / 2 + Math.round(random() * ceiling);
      await store.gateway.endTranscript(job, { attempts, due: clock.now() + waitMs });
    }
  }
}
