/**
 * The day's calls as folded snapshots in memory, kept up to date by the log while somebody looks at the floor. Reading
 * them from the store every two seconds would share its thread with webhooks that wait to be acknowledged.
 */
import { callSnapshotSchema, type CallSnapshot } from '../../shared/contract/call';
import { handoverEventSchema } from '../../shared/contract/events';
import { emptyCall, foldEvent } from '../../shared/lib/fold-call';
import type { Clock } from '../clock';
import type { LogEntry, Store } from '../store/port';

/** Read at once, newest first; the older ones of the day follow while these are shown already. */
const NEWEST = 5_000;
/** Older calls read at a time, between which webhooks and desks have their turn. */
const PAGE = 100;
/** Calls kept: a very large floor's day, each without its words. The least lately touched leave first. */
const MAX_CALLS = 50_000;
/** Before the day that is asked for, so that calls under way at its beginning are whole. */
const REACH_MS = 12 * 3_600_000;
/** Nobody has looked for this long: the memory is given back. */
const IDLE_MS = 5 * 60_000;

interface Loaded {
  from: number;
  epoch: string;
  calls: Map<string, CallSnapshot>;
  /** Until the whole day is read: calls of which only these entries are known. */
  partial: Map<string, LogEntry[]> | undefined;
}

const EVERYBODY = { keys: [], all: true };

/** Without what was said: nothing of the floor is told by it, and a day of it is most of the memory. */
function quiet(call: CallSnapshot): CallSnapshot {
  const kept = { ...call, turns: {}, tools: {}, disturbances: {} };
  delete kept.transcript;
  return kept;
}

const snapshotOf = (text: string) => quiet(callSnapshotSchema.parse(JSON.parse(text)));

export class FloorBoard {
  private loaded: Loaded | undefined;
  private loading: Promise<Loaded> | undefined;
  /** What was appended while the store was being read. */
  private meanwhile: LogEntry[] = [];
  private lookedAt = 0;

  constructor(
    private readonly store: Pick<Store, 'snapshots' | 'onAppended' | 'position'> & {
      gateway: Pick<Store['gateway'], 'listCalls' | 'callSnapshot'>;
    },
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
    const { calls } = await this.store.snapshots(EVERYBODY, from - REACH_MS, NEWEST);
    const parsed = calls.map(snapshotOf);
    const loaded: Loaded = {
      ...{ from, epoch },
      // Newest first as they come: the oldest must be the first to leave.
      calls: new Map(parsed.reverse().map((call) => [call.call, call])),
      partial: calls.length < NEWEST ? undefined : new Map<string, LogEntry[]>(),
    };
    for (const entry of this.meanwhile) fold(loaded, entry);
    this.meanwhile = [];
    this.loaded = loaded;
    if (loaded.partial !== undefined) {
      this.readOlder(loaded, loaded.partial).catch(() => {
        // The store's fault is told where it is asked next: whoever looks again reads the day anew.
        if (this.loaded === loaded) this.loaded = undefined;
      });
    }
    return loaded;
  }

  /** Completes the day. A call that is touched meanwhile comes twice or not at all: that is why partial ones are asked for. */
  private async readOlder(loaded: Loaded, partial: Map<string, LogEntry[]>): Promise<void> {
    const older = new Map<string, CallSnapshot>();
    const isWhole = (call: string) => loaded.calls.has(call) && !partial.has(call);
    const filter = { viewer: EVERYBODY, from: loaded.from - REACH_MS, to: Number.MAX_SAFE_INTEGER, limit: PAGE };
    for (let offset = 0; loaded.calls.size + older.size < MAX_CALLS; offset += PAGE) {
      const page = await this.store.gateway.listCalls({ ...filter, offset });
      if (this.loaded !== loaded) return;
      const found = page.calls.map(({ snapshot }) => snapshotOf(snapshot)).filter(({ call }) => !isWhole(call));
      for (const call of found) older.set(call.call, call);
      if (page.calls.length === 0 || offset + page.calls.length >= page.total) break;
    }
    for (const call of [...partial.keys()].filter((one) => !older.has(one))) {
      const text = await this.store.gateway.callSnapshot(call, EVERYBODY);
      if (text !== undefined) older.set(call, snapshotOf(text));
    }
    if (this.loaded !== loaded) return;
    // The order in which they leave: older ones, then those that were known.
    const whole = [...loaded.calls].filter(([call]) => isWhole(call));
    loaded.calls = new Map([...[...older].reverse(), ...whole]);
    loaded.partial = undefined;
    // Some are in what was read already: folding them again changes nothing.
    for (const entry of [...partial.values()].flat()) fold(loaded, entry);
  }

  private appended(entries: readonly LogEntry[]): void {
    if (this.loading !== undefined) this.meanwhile.push(...entries);
    if (this.loaded === undefined) return;
    if (this.clock.monotonic() - this.lookedAt > IDLE_MS) {
      this.loaded = undefined;
      return;
    }
    for (const entry of entries) fold(this.loaded, entry);
  }
}

function fold({ calls, partial }: Loaded, entry: LogEntry): void {
  const { call, body } = entry;
  if (call === undefined) return;
  const known = calls.get(call);
  const waiting = partial?.get(call) ?? (known === undefined ? [] : undefined);
  if (partial !== undefined && waiting !== undefined) partial.set(call, [...waiting, entry]);
  calls.delete(call);
  calls.set(call, quiet(foldEvent(known ?? emptyCall(call), handoverEventSchema.parse(JSON.parse(body)))));
  if (calls.size <= MAX_CALLS) return;
  for (const oldest of calls.keys()) {
    calls.delete(oldest);
    return;
  }
}
