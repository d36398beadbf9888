/**
 * What goes on behind the line: holds that nobody renewed end, leads whose time has come are woken, callbacks of people who
 * are away go to the queue, lists are looked through for leads that may not be called.
 */
import type { Logger } from 'pino';
import { LEAD_LIMITS } from '../../shared/contract/leads';
import type { CallbackStore } from '../callbacks/port';
import type { Clock } from '../clock';
import type { DialSettings } from '../dialling/config';
import { Background, whileOnDuty, type Duty } from '../gateway/background';
import type { ListBook } from './list-book';
import type { LeadRow, LeadStore, ListRow } from './port';
import { asideOf, isCallable, type AskVerdicts } from './verdicts';

const MINUTE_MS = 60_000;
/** Between two looks at the holds, ms: how much longer than its lease a hold may last. */
const HOLDS_EVERY_MS = 5_000;
const WAKE_EVERY_MS = 1_000;
/** Leads woken in one transaction: a few milliseconds, between which webhooks have their turn. */
const WAKE_PORTION = 400;
/** What was found is written down after so many leads: each time costs a sync that others wait for. */
const SCREEN_NOTE_EVERY = 200;
/** Leads looked through at a time: some milliseconds, between which webhooks and agents have their turn. */
const SCREEN_PORTION = 10;
/** The pause after them, in times of what they took, and at least so many ms: a large list must not keep the processor. */
const SCREEN_REST = 3;
const SCREEN_PAUSE_MS = 5;

export interface UpkeepDeps {
  store: Pick<LeadStore, 'holds' | 'holdsInCall' | 'expireHold' | 'wake' | 'toScreen' | 'screened'>;
  callbacks: Pick<CallbackStore, 'releaseAbsent' | 'releaseLost'>;
  promises: DialSettings['callbacks'];
  /** One relay of a store does this for all of them. */
  duty: Duty;
  lists: ListBook;
  verdicts: AskVerdicts;
  clock: Clock;
  log: Logger;
  /** Ms; shortened by tests only. */
  leaseMs?: number;
  holdsEveryMs?: number;
}

export interface Upkeep {
  start(): void;
  stop(): Promise<void>;
  /** Looks a list through, from its beginning. */
  screen(list: number): void;
}

/**
 * Leases by this process's own monotonic clock: a hold lives as long as its count of renewals goes on changing, and while its
 * call needs no renewal.
 */
function createLeases({ store, clock, leaseMs = LEAD_LIMITS.leaseS * 1000 }: UpkeepDeps) {
  const seen = new Map<string, { renewals: number; until: number }>();
  return async (): Promise<void> => {
    const holds = await store.holds();
    const inCall = new Set(holds.length === 0 ? [] : await store.holdsInCall(clock.now()));
    const now = clock.monotonic();
    const held = new Set(holds.map(({ id }) => id));
    for (const id of seen.keys()) if (!held.has(id)) seen.delete(id);
    for (const { id, renewals } of holds) {
      const known = seen.get(id);
      if (known?.renewals !== renewals || inCall.has(id)) seen.set(id, { renewals, until: now + leaseMs });
      else if (known.until <= now && (await store.expireHold({ id, renewals }, clock.now()))) seen.delete(id);
    }
  };
}

type Screened = Parameters<LeadStore['screened']>[2][number];

function createScreener({ store, lists, verdicts, clock, log }: UpkeepDeps) {
  const waiting = new Set<number>();
  const look = async (lead: LeadRow, list: ListRow): Promise<Screened[]> => {
    const now = clock.now();
    const said = await verdicts(lead, list, 'import', now);
    if (isCallable(said)) return [];
    const aside = asideOf(lead.id, '', said, now);
    return aside.kind === 'closed' ? [] : [aside];
  };
  /** Where each list is, how many leads ago that was written down, and what was found in them; gone when it is done. */
  const reached = new Map<number, { upTo: number; unwritten: number; found: Screened[] }>();
  const work = new Background(
    'looking through leads',
    async () => {
      const [id] = waiting;
      if (id === undefined) return undefined;
      const began = clock.monotonic();
      const list = await lists.one(id);
      const { upTo, unwritten, found } = reached.get(id) ?? { upTo: 0, unwritten: 0, found: [] };
      const leads = list === undefined ? [] : await store.toScreen(id, upTo, SCREEN_PORTION);
      const last = leads.at(-1);
      if (list === undefined || last === undefined) {
        if (unwritten > 0) await store.screened(id, upTo, found);
        waiting.delete(id);
        reached.delete(id);
      } else {
        const all = [...found, ...(await Promise.all(leads.map((lead) => look(lead, list)))).flat()];
        const due = unwritten + leads.length >= SCREEN_NOTE_EVERY;
        if (due) await store.screened(id, last.id, all);
        reached.set(id, { upTo: last.id, unwritten: due ? 0 : unwritten + leads.length, found: due ? [] : all });
      }
      return Math.max(SCREEN_PAUSE_MS, SCREEN_REST * (clock.monotonic() - began));
    },
    log,
  );
  return {
    work,
    screen: (list: number) => {
      waiting.add(list);
      work.kick();
    },
  };
}

async function releaseCallbacks({ callbacks, promises, clock }: UpkeepDeps): Promise<void> {
  const now = clock.now();
  await callbacks.releaseLost(now);
  if (promises.owner_away === 'release') await callbacks.releaseAbsent(now, promises.grace_minutes * MINUTE_MS);
}

export function createUpkeep(deps: UpkeepDeps): Upkeep {
  const { store, clock, log, duty, holdsEveryMs = HOLDS_EVERY_MS } = deps;
  const leases = createLeases(deps);
  const screener = createScreener(deps);
  const holds = new Background(
    'leases of leads',
    whileOnDuty(duty, async () => {
      await leases();
      await releaseCallbacks(deps);
      return holdsEveryMs;
    }),
    log,
  );
  const waking = new Background(
    'waking leads',
    whileOnDuty(duty, async () => {
      const woken = await store.wake(clock.now(), WAKE_PORTION);
      // More may be due: soon, but not before others had their turn.
      return woken === 0 ? WAKE_EVERY_MS : 1;
    }),
    log,
  );
  return {
    start: () => {
      holds.kick();
      waking.kick();
    },
    stop: async () => {
      await Promise.all([holds.stop(), waking.stop(), screener.work.stop()]);
    },
    screen: screener.screen,
  };
}
