/**
 * The day's calls as folded snapshots in memory, kept up to date by the log while somebody looks at the floor. Reading
 * them from the store every two seconds would share its thread with webhooks that wait to be acknowledged.
 */
import { callSnapshotSchema, type CallSnapshot } from '../../shared/contract/call';
import { handoverEventSchema } from '../../shared/contract/events';
import { emptyCall, foldEvent } from '../../shared/lib/fold-call';
import type { Clock } from '../clock';
import type { LogEntry, Store } from '../store/port';

/** Calls kept: a large floor's day. The least lately touched leave first. */
const MAX_CALLS = 5_000;
/** Before the day that is asked for, so that calls under way at its beginning are whole. */
const REACH_MS = 12 * 3_600_000;
/** Nobody has looked for this long: the memory is given back. */
const IDLE_MS = 5 * 60_000;

interface Loaded {
  from: number;
  epoch: string;
  calls: Map<string, CallSnapshot>;
}

export class FloorBoard {
  private loaded: Loaded | undefined;
  private loading: Promise<Loaded> | undefined;
  /** What was appended while the store was being read. */
  private meanwhile: LogEntry[] = [];
  private lookedAt = 0;

  constructor(
    private readonly store: Pick<Store, 'snapshots' | 'onAppended' | 'position'>,
    private readonly clock: Clock,
  ) {
    store.onAppended((entries) => this.appended(entries));
  }

  /** Calls with activity since `from` (epoch ms) and some hours before. */
  async calls(from: number): Promise<Iterable<CallSnapshot>> {
    this.lookedAt = this.clock.monotonic();
    const current = this.loaded;
    const whole = current !== undefined && current.from <= from && current.epoch === this.store.position().epoch;
    return (whole ? current : await this.load(from)).calls.values();
  }

  /** What was in memory may hold somebody who asked to be forgotten. */
  forget(): void {
    this.loaded = undefined;
  }

  private load(from: number): Promise<Loaded> {
    this.loading ??= this.read(from).finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async read(from: number): Promise<Loaded> {
    this.loaded = undefined;
    this.meanwhile = [];
    const { epoch } = this.store.position();
    const { calls } = await this.store.snapshots({ keys: [], all: true }, from - REACH_MS, MAX_CALLS);
    const parsed = calls.map((text) => callSnapshotSchema.parse(JSON.parse(text)));
    // Newest first as they come: the oldest must be the first to leave.
    const loaded = { from, epoch, calls: new Map(parsed.reverse().map((call) => [call.call, call])) };
    for (const entry of this.meanwhile) fold(loaded.calls, entry);
    this.meanwhile = [];
    this.loaded = loaded;
    return loaded;
  }

  private appended(entries: readonly LogEntry[]): void {
    if (this.loading !== undefined) this.meanwhile.push(...entries);
    if (this.loaded === undefined) return;
    if (this.clock.monotonic() - this.lookedAt > IDLE_MS) {
      this.loaded = undefined;
      return;
    }
    for (const entry of entries) fold(this.loaded.calls, entry);
  }
}

function fold(calls: Map<string, CallSnapshot>, { call, body }: LogEntry): void {
  if (call === undefined) return;
  const snapshot = calls.get(call) ?? emptyCall(call);
  calls.delete(call);
  calls.set(call, foldEvent(snapshot, handoverEventSchema.parse(JSON.parse(body))));
  if (calls.size <= MAX_CALLS) return;
  for (const oldest of calls.keys()) {
    calls.delete(oldest);
    return;
  }
}
