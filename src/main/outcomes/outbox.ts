/**
 * Takes saved outcomes from the journal to the relay: in order per call, side by side across calls, for as long as it
 * takes. Holds nothing that matters: what it knows it reads from the journal, so a kill at any moment costs at most a
 * second attempt under the same key.
 */
import type { Journal } from '../journal/journal';
import type { DueOutcome, Settlement } from '../journal/tables/outcomes';
import type { Scheduler } from '../timing/scheduler';
import { afterAttempt, OUTBOX_LIMITS, retryDelayMs, type Line } from './after-attempt';
import type { RelayLink } from './send-outcome';
import type { Verdict } from './verdict';

export interface OutboxOptions {
  journal: Pick<Journal, 'ask'>;
  scheduler: Scheduler;
  random: () => number;
  /** Undefined while there is no relay. */
  link: () => RelayLink | undefined;
  /** Whose name that link speaks in, as `mode/agent`; undefined until the relay has said so. */
  owner: () => string | undefined;
  /** Never rejects. */
  send: (outcome: DueOutcome, link: RelayLink) => Promise<Verdict>;
  /** An outcome of this call went out, came back, or waits. */
  changed: (call: string, settled?: Settlement) => void;
  failed: (what: string, cause: unknown) => void;
}

export class Outbox {
  /** Calls of which an outcome is on its way. */
  readonly #inFlight = new Map<string, string>();
  #running = false;
  #again = false;
  #stopped = false;
  #lineFailures = 0;
  #closedUntil = 0;
  #refusedToken: string | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(private readonly options: OutboxOptions) {}

  /** Ids of the outcomes that are on their way now. */
  get sending(): ReadonlySet<string> {
    return new Set(this.#inFlight.values());
  }

  /** When the line to the relay is tried again, epoch ms; undefined while it is not known to be down. */
  get lineTryAt(): number | undefined {
    return this.#closedUntil > this.options.scheduler.now() ? this.#closedUntil : undefined;
  }

  /** There may be something to send. */
  kick(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    // Never rejects: every round reports its own failure.
    void this.#run();
  }

  /** The relay can be reached again, or there is another token: nothing waits any longer. */
  async wake(): Promise<void> {
    this.#lineFailures = 0;
    this.#closedUntil = 0;
    this.#refusedToken = undefined;
    try {
      await this.options.journal.ask('wakeOutcomes');
    } catch (error) {
      this.#report('outbox.wake', error);
    }
    this.kick();
  }

  /** Starts nothing more. What is on its way may still be recorded; if not, it goes out again after the next start. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#round();
      } catch (error) {
        this.#report('outbox.round', error);
        this.#kickAt(this.options.scheduler.now() + OUTBOX_LIMITS.baseMs);
      }
    }
    this.#running = false;
  }

  async #round(): Promise<void> {
    const { journal, scheduler } = this.options;
    const [link, owner] = [this.options.link(), this.options.owner()];
    if (link === undefined || owner === undefined || link.token === this.#refusedToken) return;
    if (this.#closedUntil > scheduler.now()) {
      this.#kickAt(this.#closedUntil);
      return;
    }
    // While the line has not proved itself again, one outcome tries it.
    const parallel = this.#lineFailures > 0 ? 1 : OUTBOX_LIMITS.parallel;
    const room = parallel - this.#inFlight.size;
    if (room <= 0) return;
    const now = scheduler.now();
    const due = await journal.ask('dueOutcomes', owner, now, room + this.#inFlight.size);
    if (this.#stopped) return;
    const free = due.filter(({ call }) => !this.#inFlight.has(call)).slice(0, room);
    for (const outcome of free) this.#start(outcome, link);
    if (free.length > 0) return;
    if (await this.#recheck({ owner, link }, now, room)) return;
    const next = await journal.ask('nextTryAt', owner, now);
    if (next !== null) this.#kickAt(next);
  }

  /** With nothing else to do: what became of those whose platform had not answered? */
  async #recheck({ owner, link }: { owner: string; link: RelayLink }, now: number, room: number): Promise<boolean> {
    const due = await this.options.journal.ask('recheckOutcomes', owner, now, room + this.#inFlight.size);
    if (this.#stopped) return true;
    const free = due.filter(({ call }) => !this.#inFlight.has(call));
    // One of a call at a time, as with sending.
    const first = new Map(free.map((outcome) => [outcome.call, outcome]));
    for (const outcome of [...first.values()].slice(0, room)) this.#start(outcome, link);
    return first.size > 0;
  }

  #start(outcome: DueOutcome, link: RelayLink): void {
    this.#inFlight.set(outcome.call, outcome.id);
    this.options.changed(outcome.call);
    this.#deliver(outcome, link).catch((error: unknown) => {
      // It stays in the journal as it was and is sent again, under the same key.
      this.#report('outbox.deliver', error);
      this.#close(undefined);
      this.#landed(outcome.call);
    });
  }

  async #deliver(outcome: DueOutcome, link: RelayLink): Promise<void> {
    const { journal, scheduler, random } = this.options;
    const verdict = await this.options.send(outcome, link);
    const { settlement, line } = afterAttempt(outcome, verdict, scheduler.now(), random);
    this.#noteLine(line, link);
    await journal.ask('settleOutcome', settlement);
    this.#landed(outcome.call, outcome.recheck ? undefined : settlement);
  }

  #landed(call: string, settlement?: Settlement): void {
    this.#inFlight.delete(call);
    this.options.changed(call, settlement);
    this.kick();
  }

  #noteLine(line: Line, link: RelayLink): void {
    switch (line.state) {
      case 'open':
        this.#lineFailures = 0;
        return;
      case 'sign_in':
        this.#refusedToken = link.token;
        return;
      case 'closed':
        this.#close(line.atLeastMs);
    }
  }

  /** Several that were on their way fail together: that is one failure of the line. */
  #close(atLeastMs: number | undefined): void {
    const { scheduler, random } = this.options;
    const now = scheduler.now();
    if (this.#closedUntil > now) return;
    this.#closedUntil = now + Math.max(atLeastMs ?? 0, retryDelayMs(this.#lineFailures, random));
    this.#lineFailures += 1;
  }

  /** After the end a closed journal is no fault. */
  #report(what: string, cause: unknown): void {
    if (!this.#stopped) this.options.failed(what, cause);
  }

  #kickAt(at: number): void {
    this.#cancelTimer();
    if (this.#stopped) return;
    const { scheduler } = this.options;
    this.#cancelTimer = scheduler.after(Math.max(0, at - scheduler.now()), () => {
      this.kick();
    });
  }
}
