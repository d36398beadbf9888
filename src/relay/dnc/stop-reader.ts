/**
 * Stops that are said on calls, by a person at a desk or by the AI that heard them, become entries of the own list. They are
 * read from the log, where they are durable before anybody is told that they were recorded; a dial check waits until what
 * the log holds is in the list.
 */
import type { Logger } from 'pino';
import { callSnapshotSchema } from '../../shared/contract/call';
import type { DncEntry } from '../../shared/contract/dnc';
import { dncScopeSchema } from '../../shared/contract/dialling-policies';
import type { HandoverEvent } from '../../shared/contract/events';
import { e164Schema } from '../../shared/contract/phone';
import type { Clock } from '../clock';
import { Background } from '../gateway/background';
import { digestOf } from '../gateway/events';
import { LogFollower } from '../gateway/follow-log';
import type { Store } from '../store/port';
import { STOP_BEARING, STOPS_MARK } from './marks';
import type { NewEntry } from './port';

/** A dial check waits this long for stops that are on their way into the list, and then blocks. */
const READ_WITHIN_MS = 2_000;
/** Stops whose number is not known yet and that are looked at in a round: calls that told no number so far. */
const UNPLACED = 200;
const PLACE_EVERY_MS = 5_000;
/** A call that has told no number by then will not. */
const PLACE_WITHIN_MS = 24 * 3600_000;
const WHOLE_LOG = { keys: [], all: true };

/** What platforms call it, in whatever case. */
const STOP_WORDS =
  /^(?:dnc|dnd|do[_ -]?not[_ -]?(?:call|disturb)|stop[_ -]?calling|opt(?:ed)?[_ -]?out|unsubscribed?)$/i;

export interface StopReaderDeps {
  store: Pick<Store, 'page' | 'position' | 'gateway' | 'onAppended' | 'dnc' | 'refresh' | 'shared'>;
  /** Whether a platform's word for an outcome means a stop by the configuration. */
  meansStop: (platform: string, value: string) => boolean;
  /** Platforms a new entry must be brought to. */
  platformsFor: (entry: { call?: string; origin: DncEntry['origin'] }) => NewEntry['platforms'];
  /** Told when there may be entries to bring to a platform. */
  recorded: () => void;
  clock: Clock;
  log: Logger;
}

interface Said {
  scope: DncEntry['scope'];
  origin: DncEntry['origin'];
  verbatim?: string | undefined;
  agent?: string | undefined;
}

const concerns = (body: string) => STOP_BEARING.some((type) => body.includes(`"${type}"`));

export class StopReader {
  private readonly follower: LogFollower;
  private readonly placing: Background;
  private reading: Promise<void> | undefined;
  private hasUnplaced = true;

  constructor(private readonly deps: StopReaderDeps) {
    const { store, log } = deps;
    const take = (events: HandoverEvent[], upTo: number) => this.take(events, upTo);
    this.follower = new LogFollower({ store, mark: STOPS_MARK, from: 'floor', concerns, take });
    this.placing = new Background('do-not-call requests', () => this.round(), log);
    store.onAppended((entries) => {
      if (this.follower.see(entries)) this.placing.kick();
    });
  }

  start(): void {
    this.placing.kick();
  }

  stop(): Promise<void> {
    return this.placing.stop();
  }

  /** Resolves once every stop in the log, whichever relay took it, is in the list. @throws Error when that takes too long */
  async caughtUp(): Promise<void> {
    // A notice of another relay's stop may be late, or lost.
    if (this.deps.store.shared) await this.deps.store.refresh();
    const { head } = this.deps.store.position();
    if (this.follower.position >= head) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('stops in the log are not in the list yet')), READ_WITHIN_MS);
    });
    try {
      while (this.follower.position < head) await Promise.race([this.read(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** One reading at a time, shared by all who wait for it. */
  private read(): Promise<void> {
    this.reading ??= this.follower.catchUp().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async round(): Promise<number | undefined> {
    await this.read();
    if (this.hasUnplaced) await this.place();
    return this.hasUnplaced ? PLACE_EVERY_MS : undefined;
  }

  private async take(events: HandoverEvent[], upTo: number): Promise<void> {
    const entries: NewEntry[] = [];
    for (const event of events) {
      const said = event.istest ? undefined : this.saidIn(event);
      if (said !== undefined && event.subject !== undefined)
        entries.push(await this.entryOf(event, event.subject, said));
    }
    if (entries.some(({ phone }) => phone === undefined)) this.hasUnplaced = true;
    await this.deps.store.dnc.recordStops(entries, upTo);
    if (entries.length > 0) this.deps.recorded();
  }

  private saidIn(event: HandoverEvent): Said | undefined {
    const isPlatforms = (value: string) =>
      STOP_WORDS.test(value.trim()) || this.deps.meansStop(event.source.replace('/platforms/', ''), value);
    if (event.type === 'call.ended') {
      const { disposition } = event.data;
      return disposition !== undefined && isPlatforms(disposition) ? { scope: 'automated', origin: 'ai' } : undefined;
    }
    if (event.type !== 'call.disposition') return undefined;
    const { dnc, by, value, agent } = event.data;
    if (dnc !== undefined) {
      // An unknown scope is read as the widest.
      const scope = dncScopeSchema.catch('all').parse(dnc.scope);
      return { scope, origin: by === 'agent' ? 'agent' : by, verbatim: dnc.verbatim, agent };
    }
    // An agent's outcome says by its own mark whether it is a stop; a platform's only by its word.
    return by !== 'agent' && isPlatforms(value) ? { scope: 'automated', origin: by } : undefined;
  }

  private async entryOf(event: HandoverEvent, call: string, said: Said): Promise<NewEntry> {
    const { phone, campaign } = await this.partiesOf(call);
    const { scope, origin, verbatim, agent } = said;
    return {
      id: `stop:${digestOf(event.source, event.id)}`,
      ...{ scope, origin, channel: 'call' as const, call },
      ...(phone === undefined ? {} : { phone }),
      ...(scope === 'campaign' && campaign !== undefined ? { campaign } : {}),
      ...(verbatim === undefined ? {} : { verbatim }),
      ...(agent === undefined ? {} : { agent }),
      requested: Date.parse(event.time),
      recorded: Date.parse(event.receivedtime),
      platforms: this.deps.platformsFor({ call, origin }),
    };
  }

  /** The customer's number and the campaign, as far as the log tells them. */
  private async partiesOf(call: string): Promise<{ phone?: string; campaign?: string }> {
    const json = await this.deps.store.gateway.callSnapshot(call, WHOLE_LOG);
    if (json === undefined) return {};
    const { fields } = callSnapshotSchema.parse(JSON.parse(json));
    const own = fields.direction?.value === 'inbound' ? fields.from : fields.to;
    const written = fields.contact_phone?.value ?? own?.value;
    const phone = written === undefined ? undefined : `+${written.replace(/\D/g, '')}`;
    const platform = call.slice(0, call.indexOf(':'));
    const campaign = fields.campaign?.value;
    return {
      ...(phone !== undefined && e164Schema.safeParse(phone).success ? { phone } : {}),
      ...(campaign === undefined ? {} : { campaign: `${platform}:${campaign}` }),
    };
  }

  private async place(): Promise<void> {
    const { dnc } = this.deps.store;
    const unplaced = await dnc.unplaced(this.deps.clock.now() - PLACE_WITHIN_MS, UNPLACED);
    let left = unplaced.length;
    for (const { id, call } of unplaced) {
      const { phone } = await this.partiesOf(call);
      if (phone === undefined) continue;
      await dnc.placeEntry(id, phone);
      left -= 1;
      this.deps.recorded();
    }
    this.hasUnplaced = left > 0;
  }
}
