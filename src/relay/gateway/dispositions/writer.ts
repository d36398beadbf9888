/**
 * Brings agents' outcomes to their platforms: in order per call, side by side across calls, for as long as it takes within
 * bounds. What a platform cannot take or refuses is settled with its reason, so it never holds up what follows.
 */
import type { Logger } from 'pino';
import { PlatformError } from '../../../platforms/api';
import type { Clock } from '../../clock';
import { Background } from '../background';
import type { PlatformClient } from '../platform-client/client';
import type { DispositionMapping } from './mapping';
import type { DispositionWriteRow, GatewayStore, WriteEnd } from '../store-port';

/** Attempts before a write is given up: with the waits below, about half a day. */
const MAX_ATTEMPTS = 20;
const RETRY_BASE_MS = 2_000;
const RETRY_CAP_MS = 3_600_000;
const BATCH = 50;
const LOOK_FOR_FREED_MS = 15_000;
/** Pause after the store could not record how a write ended. */
const AFTER_FAULT_MS = 2_000;

export interface WriterDeps {
  store: Pick<GatewayStore, 'takeDueWrites' | 'endWrite' | 'nextWriteDue' | 'latestWrite'>;
  clients: ReadonlyMap<string, PlatformClient>;
  mapping: Pick<DispositionMapping, 'platformValue'>;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** Other relays write outcomes too. */
  shared: boolean;
}

type Settled = Pick<WriteEnd, 'state' | 'reason'>;

function verdictOf(error: PlatformError): Settled | 'again' {
  switch (error.fault) {
    case 'unsupported':
      return { state: 'unsupported' };
    case 'rejected': {
      const { said } = error.details;
      return { state: 'refused', reason: said === undefined ? 'The platform refused it' : `The platform: ${said}` };
    }
    case 'not_found':
      return { state: 'refused', reason: 'The platform does not know this call' };
    case 'unauthorized':
    case 'rate_limited':
    case 'unavailable':
    case 'unclear':
    case 'bad_answer':
      return 'again';
  }
}

export class DispositionWriter {
  private readonly work: Background;
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly waiting = new Map<number, ((row: Settled) => void)[]>();

  constructor(private readonly deps: WriterDeps) {
    this.work = new Background('disposition writes', () => this.round(), deps.log);
  }

  start(): void {
    this.work.kick();
  }

  async stop(): Promise<void> {
    await this.work.stop();
    await Promise.all(this.underWay.values());
  }

  /** Tries a pending write now, and resolves with how it stands once it is settled or `waitMs` are over. */
  async settle(row: DispositionWriteRow, waitMs: number): Promise<Settled> {
    if (row.state !== 'pending') return standing(row);
    let timer: NodeJS.Timeout | undefined;
    const settled = new Promise<Settled>((resolve) => {
      this.waiting.set(row.seq, [...(this.waiting.get(row.seq) ?? []), resolve]);
      timer = setTimeout(() => resolve({ state: 'pending', reason: PENDING_REASON }), waitMs);
    });
    this.work.kick();
    try {
      return await settled;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(row.seq);
    }
  }

  /** Writes of a relay that died become free without a word: where there are others, they are looked for. */
  private async round(): Promise<number | undefined> {
    const waitMs = await this.begin();
    return this.deps.shared ? Math.min(waitMs ?? Infinity, LOOK_FOR_FREED_MS) : waitMs;
  }

  private async begin(): Promise<number | undefined> {
    const { store, clock } = this.deps;
    const due = await store.takeDueWrites(clock.now(), BATCH);
    for (const row of due) {
      if (this.underWay.has(row.call)) continue;
      this.underWay.set(row.call, this.attempt(row));
    }
    const next = await store.nextWriteDue();
    // Writes under way kick again when they end; without them the next one that is due decides.
    if (next === undefined || (next <= clock.now() && this.underWay.size > 0)) return undefined;
    return next - clock.now();
  }

  private async attempt(row: DispositionWriteRow): Promise<void> {
    try {
      const end = await this.write(row);
      await this.deps.store.endWrite(end);
      for (const tell of this.waiting.get(row.seq) ?? []) tell(standing(end));
    } catch (error) {
      this.deps.log.error({ err: error }, 'the end of a disposition write could not be recorded');
      // The write is due still: the pause keeps a broken store from being asked without end.
      await new Promise((resolve) => setTimeout(resolve, AFTER_FAULT_MS).unref());
    } finally {
      this.underWay.delete(row.call);
      this.work.kick();
    }
  }

  private async write(row: DispositionWriteRow): Promise<WriteEnd> {
    const { clients, clock, random, log } = this.deps;
    const attempts = row.attempts + 1;
    const end = (settled: Settled): WriteEnd => ({ seq: row.seq, attempts, due: row.due, ...settled });
    const colon = row.call.indexOf(':');
    const [platform, id] = [row.call.slice(0, colon), row.call.slice(colon + 1)];
    const client = clients.get(platform);
    if (client === undefined) return end({ state: 'unsupported' });
    try {
      await client.ask('setDisposition', { agent: row.agent, repeat: 'safe' }, id, {
        value: this.deps.mapping.platformValue(platform, row.value),
        ...(row.notes === undefined ? {} : { notes: row.notes }),
        ...(row.callbackTime === undefined ? {} : { callback_time: row.callbackTime }),
      });
      return end({ state: 'written' });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const verdict = verdictOf(error);
      log.warn({ platform, fault: error.fault, attempts }, 'an outcome could not be written to the platform');
      if (verdict !== 'again') return end(verdict);
      if (attempts >= MAX_ATTEMPTS) return end({ state: 'refused', reason: 'The platform could not be reached' });
      const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempts);
      const waitMs = (error.details.retryAfterS ?? 0) * 1000 + Math.round(random() * ceiling);
      return { ...end({ state: 'pending', reason: PENDING_REASON }), due: clock.now() + waitMs };
    }
  }
}

const PENDING_REASON = 'The platform has not taken it yet; the relay goes on trying';

function standing({ state, reason }: Settled): Settled {
  return { state, ...(reason === undefined ? {} : { reason }) };
}
