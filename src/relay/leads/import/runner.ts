/**
 * Runs imports, one at a time: dry runs and imports go over the same stored file, so what was checked is what is imported.
 * Every step is durable before the next, so a relay that was killed goes on where it was. Of the relays of a store one runs a
 * job: it has taken it before, and another one goes on with it when that one is gone.
 */
import { setImmediate as soon } from 'node:timers/promises';
import type { Logger } from 'pino';
import { IMPORT_LIMITS, type ImportFault } from '../../../shared/contract/lead-imports';
import type { Clock } from '../../clock';
import { Background } from '../../gateway/background';
import type { JudgeLane } from '../hours';
import type { ListBook } from '../list-book';
import type { ContactRules, OpenContactRules } from './contact-rules';
import { fileBatches, Overtaken } from './file-batches';
import { jobOf, type KeptJob } from './job';
import { createPace } from './pace';
import type { ImportRow, ImportStore } from './port';
import type { BadRow, Batch, NewLead } from './reader';
import { Tally } from './tally';
import type { OpenReader } from './thread';

/** Refused rows deleted, and staged leads taken back, in one transaction. */
const PORTION = 1_000;
/** Numbers that the rules are asked for between two looks whether to go on. */
const RULED_AT_ONCE = 50;
/** Progress is written down this often, ms. */
const PROGRESS_EVERY_MS = 1_000;
/** Between two looks for jobs that nobody runs, ms: sooner while another relay, which may go, has one. */
const LOOK_EVERY_MS = 60_000;
const LOOK_AT_OTHERS_MS = 5_000;
const HOUR_MS = 3600_000;

export interface RunnerDeps {
  store: ImportStore;
  open: OpenReader;
  lists: ListBook;
  judge: JudgeLane;
  clock: Clock;
  log: Logger;
  /** Who calls, where a list does not say. */
  seller: string;
  /** Asked for every number of a file that is to be a campaign; absent: such files are left to a relay that can. */
  rules?: OpenContactRules | undefined;
  /** The leads of a list can be seen from now on. */
  published: (list: number) => void;
}

export class ImportRunner {
  private readonly work: Background;
  private stopping = false;

  constructor(private readonly deps: RunnerDeps) {
    this.work = new Background('imports of leads', () => this.round(), deps.log);
  }

  kick(): void {
    this.work.kick();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.work.stop();
  }

  private async round(): Promise<number | undefined> {
    const { store, log } = this.deps;
    let others = false;
    for (const row of await store.open()) {
      if (this.stopping) return undefined;
      if (!this.canRun(row)) continue;
      try {
        if (await store.take(row.id, row.state)) await this.step(row);
        else others = true;
      } catch (error) {
        if (error instanceof Overtaken) continue;
        if (!(error instanceof Error) || error.name === 'StoreError') throw error;
        log.error({ err: error, import: row.id }, 'an import of leads failed');
        await this.fail(row, 'internal');
      }
    }
    await this.tidy();
    return others ? LOOK_AT_OTHERS_MS : LOOK_EVERY_MS;
  }

  private canRun(row: ImportRow): boolean {
    if (row.state !== 'checking') return ['importing', 'publishing', 'cancelling'].includes(row.state);
    return this.deps.rules !== undefined || !('campaign_at' in jobOf(row).settings.list);
  }

  private async step(row: ImportRow): Promise<void> {
    switch (row.state) {
      case 'checking':
        return this.check(row);
      case 'importing':
        return this.bring(row);
      case 'publishing':
        return this.publish(row);
      case 'cancelling':
        return this.takeBack(row);
      default:
        return undefined;
    }
  }

  private async *batches(row: ImportRow, job: KeptJob): AsyncGenerator<Batch & { part: number }> {
    for await (const batch of fileBatches(this.deps, row, job)) {
      yield batch;
      if (this.stopping) return;
    }
  }

  private async save(row: ImportRow, to: ImportRow['state'], job: KeptJob): Promise<ImportRow> {
    const text = JSON.stringify(job);
    if (!(await this.deps.store.saveTaken(row.id, row.state, to, text, this.deps.clock.now()))) throw new Overtaken();
    return { ...row, state: to, job: text };
  }

  /** Says how far it is, and notices when the job was cancelled. */
  private progress(row: ImportRow, job: KeptJob): (rows: number, part: number) => Promise<void> {
    let told = this.deps.clock.monotonic();
    return async (rows, part) => {
      if (this.deps.clock.monotonic() - told < PROGRESS_EVERY_MS) return;
      told = this.deps.clock.monotonic();
      await this.save(row, row.state, { ...job, progress: { rows, part } });
    };
  }

  private async fail(row: ImportRow, fault: ImportFault): Promise<void> {
    const job = { ...jobOf(row), fault, finished: this.deps.clock.now() };
    await this.save(row, row.state === 'importing' ? 'cancelling' : 'failed', job);
    // A file that could not be used may be mended by other settings: it is kept its time.
    if (row.state === 'importing') this.work.kick();
  }

  /** The dry run. */
  private async check(row: ImportRow): Promise<void> {
    const { store, lists, judge, clock } = this.deps;
    const job = jobOf(row);
    const { list: target } = job.settings;
    const known = 'id' in target ? await lists.one(Number(target.id)) : undefined;
    if ('id' in target && known === undefined) return this.fail(row, 'list_gone');
    if ('kind' in target && (await lists.all()).some(({ name }) => name === target.name)) {
      return this.fail(row, 'list_name_taken');
    }
    await this.forgetRefusals(row.id);
    const [tally, progress] = [new Tally(), this.progress(row, job)];
    const rules = 'campaign_at' in target ? this.deps.rules?.(target) : undefined;
    for await (const batch of this.batches(row, job)) {
      if (batch.fault !== undefined) return this.fail(row, batch.fault);
      tally.read(batch);
      const found =
        rules === undefined ? await this.inList(known?.id, batch.leads) : await this.forbidden(rules, batch, progress);
      if (this.stopping) return undefined;
      const bad = [...batch.bad, ...found].sort((a, b) => a.row - b.row);
      const left = new Set(bad.map((one) => one.row));
      tally.imports(batch.leads.filter((lead) => !left.has(lead.row)));
      const room = IMPORT_LIMITS.maxKeptRefusals - tally.left;
      tally.leaves(bad);
      if (!(await store.keepRefusals(row.id, bad.slice(0, Math.max(0, room))))) throw new Overtaken();
      await progress(batch.rows, batch.part);
    }
    if (this.stopping) return undefined;
    const about = known?.settings ?? { purpose: 'sales', kind: 'ai_voice', ...target };
    const report = tally.report(about, judge, clock.now(), rules?.dial);
    await this.save(row, 'checked', { ...job, report, fault: null, progress: { rows: tally.rows, part: 1 } });
  }

  /** Rows whose number may not be called. Asking takes longer than reading: how far it is, is said in between. */
  private async forbidden(
    rules: ContactRules,
    { leads, rows, part }: Batch & { part: number },
    progress: (rows: number, part: number) => Promise<void>,
  ): Promise<BadRow[]> {
    const bad: BadRow[] = [];
    for (let at = 0; at < leads.length && !this.stopping; at += RULED_AT_ONCE) {
      bad.push(...(await rules.look(leads.slice(at, at + RULED_AT_ONCE))).bad);
      const left = Math.max(0, leads.length - at - RULED_AT_ONCE);
      await progress(rows - left, part * (1 - left / rows));
    }
    return bad;
  }

  /** Rows whose number the list has already. */
  private async inList(list: number | undefined, leads: readonly NewLead[]): Promise<BadRow[]> {
    if (list === undefined || leads.length === 0) return [];
    const known = new Set(
      await this.deps.store.knownPhones(
        list,
        leads.map(({ phone }) => phone),
      ),
    );
    return leads
      .filter(({ phone }) => known.has(phone))
      .map(({ row, line, phone }) => ({ row, line, field: null, reason: 'in_list', text: phone }));
  }

  /** Rows that an earlier run, which was cut short, found in the list. */
  private async foundBefore(row: ImportRow): Promise<Set<number>> {
    const rows = new Set<number>();
    for (let after = 0; row.stored > 0;) {
      const page = await this.deps.store.refusals(row.id, after, 1_000);
      for (const one of page) if ((JSON.parse(one.problem) as BadRow).reason === 'in_list') rows.add(one.row);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.row;
    }
    return rows;
  }

  private async bring(row: ImportRow): Promise<void> {
    const { store, lists, judge, clock } = this.deps;
    const job = jobOf(row);
    if (row.stored === 0) await this.forgetRefusals(row.id);
    const before = await this.foundBefore(row);
    const [tally, progress, pace] = [new Tally(), this.progress(row, job), createPace(clock)];
    let stored = row.stored;
    const count = (leads: readonly NewLead[], inList: ReadonlySet<number>) => {
      tally.imports(leads.filter((lead) => !inList.has(lead.row)));
      const known = leads.filter((lead) => inList.has(lead.row));
      tally.leaves(known.map(({ row: one, line }) => ({ row: one, line, field: null, reason: 'in_list' })));
    };
    for await (const batch of this.batches(row, job)) {
      if (batch.fault !== undefined) return this.fail(row, batch.fault);
      tally.read(batch);
      tally.leaves(batch.bad);
      count(
        batch.leads.filter((lead) => lead.row <= row.stored),
        before,
      );
      const fresh = batch.leads.filter((lead) => lead.row > row.stored);
      const bad = batch.bad.filter((one) => one.row > row.stored);
      for (let at = 0; at < fresh.length || (at === 0 && bad.length > 0);) {
        const leads = fresh.slice(at, at + pace.rows);
        const last = at + leads.length >= fresh.length;
        const portion = { leads, bad: last ? bad : [], upTo: last ? batch.rows : (leads.at(-1)?.row ?? batch.rows) };
        const outcome = await pace.portion(() => store.storeLeads(row.id, stored, portion, clock.now()));
        if (outcome === undefined) throw new Overtaken();
        at += Math.max(1, leads.length);
        stored = portion.upTo;
        count(leads, new Set(outcome.inList));
        await soon();
      }
      await progress(batch.rows, batch.part);
    }
    if (this.stopping) return undefined;
    const list = row.list === null ? undefined : await lists.one(row.list);
    if (list === undefined) throw new Error('the list of an import is gone');
    const report = { ...tally.report(list.settings, judge, clock.now()), check: job.report?.check ?? '' };
    const done = { ...job, report, progress: { rows: tally.rows, part: 1 } };
    return this.publish(await this.save(row, 'publishing', done));
  }

  /** From here on the import happens, whatever else does. */
  private async publish(row: ImportRow): Promise<void> {
    const { store, clock, lists, published } = this.deps;
    if (row.list === null) throw new Error('an import has no list');
    const by = { agent: jobOf(row).by.id, import: row.id, seller: this.deps.seller };
    const pace = createPace(clock);
    const list = row.list;
    while ((await pace.portion((rows) => store.publish(row.id, list, rows, by))) > 0) {
      if (this.stopping) return;
      await soon();
    }
    await this.dropFile(await this.save(row, 'done', { ...jobOf(row), finished: clock.now() }));
    lists.stale();
    published(row.list);
  }

  private async takeBack(row: ImportRow): Promise<void> {
    const { store, lists, clock } = this.deps;
    const job = jobOf(row);
    while (row.list !== null && (await store.unstage(row.id, row.list, job.made, PORTION)) > 0) {
      if (this.stopping) return;
      await soon();
    }
    lists.stale();
    const ended = { ...job, finished: job.finished ?? clock.now() };
    await this.dropFile(await this.save(row, job.fault === null ? 'cancelled' : 'failed', ended));
  }

  private async forgetRefusals(id: number): Promise<void> {
    while ((await this.deps.store.forgetRefusals(id, PORTION)) > 0) await soon();
  }

  /** Nobody needs the file any more; refused rows stay for the download. */
  async dropFile(row: ImportRow): Promise<void> {
    while ((await this.deps.store.dropFile(row.id)) > 0) await soon();
    await this.save(row, row.state, { ...jobOf(row), kept: false });
  }

  /** Files that nobody imported, and jobs that ended long ago. */
  private async tidy(): Promise<void> {
    const { store, clock } = this.deps;
    const now = clock.now();
    const ended = now - IMPORT_LIMITS.keepJobsDays * 24 * HOUR_MS;
    for (const row of await store.old(ended, now - IMPORT_LIMITS.keepFileHours * HOUR_MS)) {
      if (row.state === 'failed' && row.created > ended) await this.dropFile(row);
      else if (row.state === 'checked') {
        await this.dropFile(await this.save(row, 'cancelled', { ...jobOf(row), finished: now }));
      } else {
        while ((await store.dropFile(row.id)) > 0) await soon();
        await this.forgetRefusals(row.id);
        await store.drop(row.id);
      }
    }
  }
}
