/**
 * Brings outcomes to the CRMs: tried again with growing pauses and full jitter, parked where that does not help or after days,
 * and visible all the time. A dead CRM holds up nothing else.
 */
import type { Logger } from 'pino';
import { PlatformError, type PlatformFault } from '../../platforms/api';
import { callSnapshotSchema } from '../../shared/contract/call';
import type { Clock } from '../clock';
import { phoneHash } from '../dialling/phone-hash';
import { Background, onDutyForAll } from '../gateway/background';
import type { LogFollower } from '../gateway/follow-log';
import type { LogEntry, Store } from '../store/port';
import type { CrmConnector } from './config';
import type { Connector, Delivered } from './connectors/connector';
import type { CrmEnd, CrmRow } from './port';
import { digestOfTold, toldOf, type Told } from './told';

/** With the pauses below, about two days. */
const MAX_ATTEMPTS = 40;
/** A CRM's search shows what was just made only after some seconds: the second attempt must find what the first one made. */
const RETRY_MIN_MS = 30_000;
const RETRY_BASE_MS = 15_000;
const RETRY_CAP_MS = 2 * 3600_000;
/** A call that is still on is told of when it ends, or after this. */
const END_WITHIN_MS = 10 * 60_000;
const TIMEOUT_MS = 15_000;
const LEASE_MS = 60_000;
const BATCH = 8;
const WHOLE_LOG = { keys: [], all: true };

/** Faults that another attempt does not mend. */
const HOPELESS: readonly PlatformFault[] = ['rejected', 'not_found', 'unsupported'];

const WHY: Record<PlatformFault, string> = {
  unsupported: 'The CRM does not offer this',
  rejected: 'The CRM refused it',
  unauthorized: 'The CRM does not accept the key; tell an administrator',
  not_found: 'The CRM does not know what it was written to',
  rate_limited: 'The CRM takes no more requests for the moment',
  unavailable: 'The CRM cannot be reached',
  unclear: 'The CRM did not answer',
  bad_answer: 'The CRM gave an answer that is not understood',
};

export interface CourierDeps {
  store: Pick<Store, 'gateway' | 'crm' | 'onAppended' | 'onDuty' | 'shared'>;
  reader: LogFollower;
  configs: readonly CrmConnector[];
  connectors: ReadonlyMap<string, Connector>;
  clock: Clock;
  random: () => number;
  log: Logger;
}

type Ended = Omit<CrmEnd, 'id' | 'revision' | 'now'>;

function reasonOf({ fault, details: { said } }: PlatformError): string {
  return said === undefined || said === '' ? WHY[fault] : `${WHY[fault]}: ${said}`;
}

export class CrmCourier {
  private readonly work: Background;
  private readonly stopping = new AbortController();

  constructor(private readonly deps: CourierDeps) {
    this.work = new Background(
      'outcomes to the CRM',
      onDutyForAll(deps.store, () => this.round()),
      deps.log,
    );
    deps.store.onAppended((entries: LogEntry[]) => {
      if (deps.reader.see(entries)) this.work.kick();
    });
  }

  start(): void {
    this.work.kick();
  }

  kick(): void {
    this.work.kick();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work.stop();
  }

  private async round(): Promise<number | undefined> {
    const { store, reader, clock } = this.deps;
    await reader.catchUp();
    const due = await store.crm.dueCrm(clock.now(), BATCH);
    await Promise.all(due.map((row) => this.bring(row)));
    const next = await store.crm.nextCrmDue();
    return next === undefined ? undefined : next - clock.now();
  }

  private async bring(row: CrmRow): Promise<void> {
    const { store, clock } = this.deps;
    const ended = await this.attempt(row);
    if (ended === undefined) return;
    await store.crm.endCrm({ ...ended, id: row.id, revision: row.revision, now: clock.now() });
  }

  /** Undefined: somebody else has it. */
  private async attempt(row: CrmRow): Promise<Ended | undefined> {
    const { store, connectors, configs, clock } = this.deps;
    const connector = connectors.get(row.connector);
    const config = configs.find(({ id }) => id === row.connector);
    const parked = (reason: string): Ended => ({ state: 'parked', due: clock.now(), reason });
    if (connector === undefined || config === undefined)
      return parked('The configuration has no such connector any more');
    const json = await store.gateway.callSnapshot(row.call, WHOLE_LOG);
    if (json === undefined) return parked('The call has left the log');
    const snapshot = callSnapshotSchema.parse(JSON.parse(json));
    const { ended, failed } = snapshot.milestones;
    const waitUntil = row.created + END_WITHIN_MS;
    if (ended === undefined && failed === undefined && clock.now() < waitUntil)
      return { state: 'waiting', due: waitUntil };
    const told = toldOf(row, snapshot);
    if (config.own_numbers.some((own) => own === told.phone)) {
      return { state: 'dismissed', due: clock.now(), reason: 'One of our own numbers' };
    }
    if (digestOfTold(told) === row.told) return { state: 'delivered', due: clock.now() };
    return this.deliver(row, connector, told);
  }

  private async deliver(row: CrmRow, connector: Connector, told: Told): Promise<Ended | undefined> {
    const { store, clock } = this.deps;
    const now = clock.now();
    // Longer than an attempt may take: whoever finds it due then knows that this one never ended.
    if (!(await store.crm.takeCrm(row, now, now + LEASE_MS))) return undefined;
    const choice =
      told.phone === undefined ? undefined : await store.crm.crmChoice(row.connector, phoneHash(String(told.phone)));
    const { record, log, task, revision } = row;
    const refs = Object.fromEntries(Object.entries({ record, log, task }).filter(([, ref]) => ref !== undefined));
    try {
      const delivered = await connector.deliver({
        ...{ told, refs, revision, again: row.attempts > 0 || row.revision > 1 },
        ...(choice === undefined ? {} : { choice }),
        note: (written) => store.crm.noteCrm(row.id, written),
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return this.done(delivered, told);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return this.failed(row, error, clock.now());
    }
  }

  private done(delivered: Delivered, told: Told): Ended {
    const due = this.deps.clock.now();
    if (!delivered.ok) {
      const reason = 'Several records have this number: choose one';
      return { state: 'ambiguous', due, reason, candidates: delivered.candidates };
    }
    const nobody = delivered.nobody === true ? { reason: 'No record has this number' } : {};
    return { state: 'delivered', due, told: digestOfTold(told), ...nobody };
  }

  private failed(row: CrmRow, error: PlatformError, now: number): Ended {
    const { random, log } = this.deps;
    const attempts = row.attempts + 1;
    const { fault, details } = error;
    log.warn({ connector: row.connector, fault, status: details.status, attempts }, 'an outcome did not reach the CRM');
    const reason = reasonOf(error);
    if (HOPELESS.includes(fault) || attempts >= MAX_ATTEMPTS) return { state: 'parked', due: now, reason };
    const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 20));
    const waitMs = Math.max(RETRY_MIN_MS, (details.retryAfterS ?? 0) * 1000) + Math.round(random() * ceiling);
    return { state: 'waiting', due: now + waitMs, reason };
  }
}
