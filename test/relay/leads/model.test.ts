/**
 * The preview dialer against invariants, whatever several agents do in whatever order, while time jumps, leases end and the
 * relay crashes: no number in two hands, no lead lost, nobody who said stop or whose segment is paused is handed out, no verb
 * without its hold.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HoldRow, LeadRow, LeadStore, Person, Settlement } from '../../../src/relay/leads/port';
import type { Store } from '../../../src/relay/store/port';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { addLeads, ASHA, makeList, RAVI, settlement, type SeedLead } from '../../support/relay/leads';
import { killableThread, type Killable } from '../gateway/support/killable-thread';

const RUNS = 100;
const MINUTE = 60_000;
const LEASE_MS = 5 * MINUTE;
const MEERA: Person = { id: 'meera', name: 'Meera Das' };
const AGENTS = [ASHA, RAVI, MEERA];
const phone = (n: number) => `+91987650${String(n).padStart(4, '0')}`;
const SEGMENT = 'late';
/** Two lists that share numbers, as the first and as a further one. Of each, two leads are in a segment. */
const LISTS: SeedLead[][] = [
  [
    { phone: phone(1) },
    { phone: phone(2), more: [phone(3)], segment: SEGMENT },
    { phone: phone(4), priority: 3, segment: SEGMENT },
    { phone: phone(5) },
  ],
  [
    { phone: phone(1), segment: SEGMENT },
    { phone: phone(3) },
    { phone: phone(4), more: [phone(1)] },
    { phone: phone(6), segment: SEGMENT },
  ],
];
const LEADS = LISTS.flat().length;
const FINAL: ReadonlySet<string> = new Set(['removed', 'dnc']);

type Verb = 'skip' | 'reject' | 'remove' | 'dnc' | 'reschedule' | 'release';

interface Held {
  agent: Person;
  hold: string;
  lead: number;
}

class World {
  now = MINUTE;
  /** Every hold that was ever handed out, the newest last. */
  readonly handed: Held[] = [];
  /** Leads that were removed, or whose every number said stop. */
  readonly ended = new Set<number>();
  /** Lists whose segment is paused. */
  readonly paused = new Set<number>();
  private holds = 0;
  private store: Store | undefined;
  private thread: Killable | undefined;

  constructor(
    private readonly file: string,
    readonly lists: number[],
  ) {}

  get leads(): LeadStore {
    if (this.store === undefined) throw new Error('not open');
    return this.store.leads;
  }

  async open(): Promise<Store> {
    this.thread = killableThread();
    this.store = await openSqliteStore({ path: this.file, exclusive: false, queues: [] }, this.thread.start);
    return this.store;
  }

  async crash(): Promise<void> {
    this.thread?.kill();
    await this.store?.close();
    await this.open();
  }

  close = () => this.store?.close();

  newHold(): string {
    this.holds += 1;
    return `h${this.holds}`;
  }

  /** Whether it is in a segment, as its file said. */
  isSegmented({ list, phone: number }: LeadRow): boolean {
    const rows = LISTS[this.lists.indexOf(list)] ?? [];
    return rows.some((row) => row.phone === number && row.segment !== undefined);
  }

  async all(): Promise<LeadRow[]> {
    const pages = await Promise.all(this.lists.map((list) => this.leads.leads({ list, limit: 50, offset: 0 })));
    return pages.flat().map(({ lead }) => lead);
  }
}

const numbersOf = ({ record }: LeadRow): string[] =>
  (JSON.parse(record) as { phones: { phone: string }[] }).phones.map((one) => one.phone);

function noNumberInTwoHands(leads: readonly LeadRow[], holds: readonly HoldRow[]): void {
  const numbers = holds.flatMap(({ lead }) => leads.filter(({ id }) => id === lead).flatMap(numbersOf));
  expect(new Set(numbers).size, `numbers in hand: ${numbers.join(' ')}`).toBe(numbers.length);
}

async function noLeadLost(world: World, leads: readonly LeadRow[], holds: readonly HoldRow[]): Promise<void> {
  expect(leads).toHaveLength(LEADS);
  const held = leads.filter(({ state }) => state === 'held').map(({ id }) => id);
  expect(held.sort()).toEqual(holds.map(({ lead }) => lead).sort());
  const counted: Record<string, number> = {};
  for (const { list, segment, counts } of await world.leads.lanes(null)) {
    for (const [state, n] of Object.entries(counts)) {
      const key = `${list} ${segment > 0} ${state}`;
      if (n !== 0) counted[key] = (counted[key] ?? 0) + n;
    }
  }
  const there: Record<string, number> = {};
  for (const lead of leads) {
    const key = `${lead.list} ${world.isSegmented(lead)} ${lead.state}`;
    there[key] = (there[key] ?? 0) + 1;
  }
  expect(counted).toEqual(there);
}

async function check(world: World): Promise<void> {
  const [leads, holds] = [await world.all(), await world.leads.holds()];
  noNumberInTwoHands(leads, holds);
  await noLeadLost(world, leads, holds);
  for (const lead of leads) if (world.ended.has(lead.id)) expect(FINAL).toContain(lead.state);
}

class Next implements fc.AsyncCommand<object, World> {
  constructor(
    private readonly agent: Person,
    /** Or a chosen lead. */
    private readonly chosen: number | undefined,
  ) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    const { agent, chosen } = this;
    const request = { agent, lists: world.lists, hold: world.newHold(), now: world.now };
    const taken = await world.leads.take({ ...request, ...(chosen === undefined ? {} : { chosen }) });
    if (taken.kind === 'lead') {
      const { lead, hold } = taken;
      expect(hold.agent).toEqual(agent);
      expect(world.ended.has(lead.id), `lead ${lead.id} was ended and is handed out`).toBe(false);
      const asked = hold.why === 'chosen' || hold.why === 'in_hand' || chosen !== undefined;
      const rests = world.paused.has(lead.list) && world.isSegmented(lead);
      expect(rests && !asked, `lead ${lead.id} is paused and is handed out`).toBe(false);
      if (!world.handed.some((one) => one.hold === hold.id)) {
        world.handed.push({ agent, hold: hold.id, lead: lead.id });
      }
    }
    await check(world);
  }
  toString = () => `next(${this.agent.id}${this.chosen === undefined ? '' : `, lead ${this.chosen}`})`;
}

/** One of the holds that were handed out, by its place from the newest. */
function pick(world: World, back: number): Held | undefined {
  return world.handed.at(-1 - (back % Math.max(1, world.handed.length)));
}

class Say implements fc.AsyncCommand<object, World> {
  constructor(
    private readonly verb: Verb,
    private readonly back: number,
  ) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    const held = pick(world, this.back);
    if (held === undefined) return;
    const alive = (await world.leads.holds()).some(({ id }) => id === held.hold);
    const before = (await world.all()).find(({ id }) => id === held.lead);
    const settled = await world.leads.settle(this.settlement(world, held));
    if (alive) expect(settled).toMatchObject({ ok: true, repeated: false });
    // Never call is said whenever it is said; the others end a hold, and a repeat changes nothing.
    else if (settled.ok && this.verb !== 'dnc') {
      expect(settled.repeated).toBe(true);
      expect(settled.lead).toEqual(before);
    } else if (!settled.ok) expect(['not_held', 'held']).toContain(settled.reason);
    if (settled.ok && !settled.repeated) await this.remember(world, held.lead);
    await check(world);
  }
  private settlement(world: World, { agent, hold, lead }: Held): Settlement {
    const { verb } = this;
    const later = world.now + 60 * MINUTE;
    const to = { skip: 'later', reject: 'ready', remove: 'removed', dnc: 'dnc', reschedule: 'later', release: 'back' };
    const common = settlement({ agent, lead, hold, verb, to: to[verb] as Settlement['to'], now: world.now });
    const times = { at: later, zone: null, wallTime: null, now: world.now };
    const people = { by: agent, owner: this.back % 2 === 0 ? agent : null, name: null, note: null };
    switch (verb) {
      case 'skip':
        return { ...common, until: later };
      case 'reject':
        return { ...common, pass: true };
      case 'dnc':
        return { ...common, dnc: { scope: 'all' } };
      case 'reschedule':
        return {
          ...common,
          book: { ...times, ...people, id: `cb:${hold}`, source: null, lead, call: null, purpose: 'service' },
        };
      default:
        return common;
    }
  }
  private async remember(world: World, lead: number): Promise<void> {
    if (this.verb !== 'remove' && this.verb !== 'dnc') return;
    const leads = await world.all();
    expect(leads.find(({ id }) => id === lead)?.state).toBe(this.verb === 'dnc' ? 'dnc' : 'removed');
    // With it went those of the other list that had no other number.
    for (const { id, state } of leads) if (FINAL.has(state)) world.ended.add(id);
  }
  toString = () => `${this.verb}(hold ${this.back} back)`;
}

class Renew implements fc.AsyncCommand<object, World> {
  constructor(private readonly back: number) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    const held = pick(world, this.back);
    if (held === undefined) return;
    const alive = (await world.leads.holds()).some(({ id }) => id === held.hold);
    const renewed = await world.leads.renewHold(held.agent.id, held.lead, held.hold, world.now);
    expect(renewed?.id).toBe(alive ? held.hold : undefined);
    await check(world);
  }
  toString = () => `renew(hold ${this.back} back)`;
}

/** Time goes on: leases that were not renewed end, as the relay's upkeep ends them, and leads wake. */
class Later implements fc.AsyncCommand<object, World> {
  constructor(private readonly minutes: number) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    world.now += this.minutes * MINUTE;
    const holds = await world.leads.holds();
    for (const hold of holds.filter(({ renewed }) => renewed + LEASE_MS <= world.now)) {
      // Renewed since it was looked at: it lives.
      expect(await world.leads.expireHold({ ...hold, renewals: hold.renewals - 1 }, world.now)).toBe(false);
      expect(await world.leads.expireHold(hold, world.now)).toBe(true);
    }
    await world.leads.wake(world.now, 100);
    await check(world);
  }
  toString = () => `later(${this.minutes} min)`;
}

class Pause implements fc.AsyncCommand<object, World> {
  constructor(
    private readonly index: number,
    private readonly paused: boolean,
  ) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    const list = world.lists[this.index] ?? 0;
    expect(await world.leads.pauseSegment(list, SEGMENT, this.paused)).toBe(true);
    world.paused[this.paused ? 'add' : 'delete'](list);
    await check(world);
  }
  toString = () => `${this.paused ? 'pause' : 'resume'}(list ${this.index})`;
}

class Crash implements fc.AsyncCommand<object, World> {
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    const before = [await world.all(), await world.leads.holds()];
    await world.crash();
    expect([await world.all(), await world.leads.holds()]).toEqual(before);
    await check(world);
  }
  toString = () => 'crash';
}

const agent = fc.constantFrom(...AGENTS);
const back = fc.nat({ max: 5 });
const verb = fc.constantFrom<Verb>('skip', 'reject', 'remove', 'dnc', 'reschedule', 'release');
const chosen = fc.option(fc.integer({ min: 1, max: LEADS }), { nil: undefined, freq: 2 });
const next = fc.tuple(agent, chosen).map((args) => new Next(...args));
const say = fc.tuple(verb, back).map((args) => new Say(...args));

let template: string;
let lists: number[];
const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'handover-leads-model-'));

/** Every run begins with a copy of this database. */
beforeAll(async () => {
  template = newFolder();
  const world = new World(path.join(template, 'relay.db'), []);
  const store = await world.open();
  lists = await Promise.all(LISTS.map(() => makeList(store)));
  for (const [n, list] of lists.entries()) await addLeads(store, list, LISTS[n] ?? []);
  await world.close();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

test('whatever agents do, no number is in two hands, no lead is lost, and no stop is overheard', async () => {
  const commands = fc.commands(
    [
      ...[next, next, next, say, say],
      back.map((n) => new Renew(n)),
      fc.constantFrom(1, 4, 6, 70).map((minutes) => new Later(minutes)),
      fc.tuple(fc.nat({ max: 1 }), fc.boolean()).map((args) => new Pause(...args)),
      fc.constant(new Crash()),
    ],
    { maxCommands: 40, size: '+1' },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const folder = newFolder();
      cpSync(template, folder, { recursive: true });
      const world = new World(path.join(folder, 'relay.db'), lists);
      try {
        await world.open();
        await fc.asyncModelRun(() => ({ model: {}, real: world }), steps);
      } finally {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: RUNS },
  );
}, 60_000);
