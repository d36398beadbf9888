/** History as the windows ask for it: search, one call, today's own numbers; and forgetting what is old. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { HistoryCall, HistoryPage, HistoryQuery, HistoryRow, Today } from '../../shared/contract/history';
import { triggerKindSchema, type CallView, type PhoneView } from '../../shared/contract/views';
import { known } from '../calls/call-view';
import type { Journal } from '../journal/journal';
import { snapshotOf } from '../journal/snapshot-text';
import type { FoundCall } from '../journal/tables/search';
import type { Scheduler } from '../timing/scheduler';
import { dayOf } from './day';

const DAY_MS = 24 * 3600_000;
/** How often old calls are looked for, ms. */
const PRUNE_EVERY_MS = 6 * 3600_000;
/** Calls forgotten in one commit: some tens of milliseconds. */
const PRUNE_BITE = 50;

export interface HistoryOptions {
  journal: Pick<Journal, 'ask'>;
  scheduler: Scheduler;
  keepDays: () => number;
  phone: (raw: string) => PhoneView;
  view: (call: CallSnapshot) => CallView;
  /** A call this desk holds in memory: newer than what is stored. */
  call: (id: string) => CallSnapshot | undefined;
  failed: (what: string, cause: unknown) => void;
}

const amountOf = ({ amount, currency }: FoundCall) =>
  amount === null || currency === null ? undefined : { value: amount, currency };

export class History {
  #cancelPrune: () => void = () => undefined;

  constructor(private readonly options: HistoryOptions) {}

  /** Forgets what is old, now and every few hours. */
  start(): void {
    this.prune().catch((error: unknown) => {
      this.options.failed('history.prune', error);
    });
    this.#cancelPrune = this.options.scheduler.after(PRUNE_EVERY_MS, () => {
      this.start();
    });
  }

  stop(): void {
    this.#cancelPrune();
  }

  async prune(): Promise<void> {
    const { journal, scheduler, keepDays } = this.options;
    const before = scheduler.now() - keepDays() * DAY_MS;
    await journal.ask('pruneTrail', before);
    // A bite at a time, so that saving an outcome never waits long.
    while ((await journal.ask('pruneCalls', before, PRUNE_BITE)) === PRUNE_BITE);
  }

  async search(query: HistoryQuery): Promise<HistoryPage> {
    const { rows, ...page } = await this.options.journal.ask('searchCalls', query);
    return { ...page, rows: rows.map((row) => this.#row(row)) };
  }

  async call(id: string): Promise<HistoryCall> {
    const { journal, view } = this.options;
    const [stored, outcomes] = await Promise.all([journal.ask('callSnapshot', id), journal.ask('outcomesOf', id)]);
    const snapshot = this.options.call(id) ?? (stored === null ? undefined : snapshotOf(stored));
    return { call: snapshot === undefined ? null : view(snapshot), outcomes };
  }

  async today(): Promise<Today> {
    const { journal, scheduler } = this.options;
    const { day, from, to } = dayOf(scheduler.now());
    const [{ calls, talk_s, seen_first, wrap_up_s }, dials] = await Promise.all([
      journal.ask('takenCalls', from, to),
      journal.ask('dialsMade', from, to),
    ]);
    return { day, calls, dials, talk_s, seen_first, wrap_up_s };
  }

  #row(found: FoundCall): HistoryRow {
    const trigger = triggerKindSchema.safeParse(found.trigger);
    return {
      call: found.call,
      kind: found.kind,
      at: found.at,
      platform: found.platform,
      trigger: trigger.success ? trigger.data : 'unknown',
      test: found.test === 1,
      ...known({
        ended_at: found.ended_at ?? undefined,
        name: found.name ?? undefined,
        phone: found.phone === null ? undefined : this.options.phone(found.phone),
        campaign: found.campaign ?? undefined,
        direction: found.direction ?? undefined,
        duration_s: found.duration_s ?? undefined,
        ai_disposition: found.ai_disposition ?? undefined,
        agent_disposition: found.agent_disposition ?? undefined,
        amount: amountOf(found),
        snippet: found.snippet,
      }),
    };
  }
}
