/**
 * The desk's one model: what the relay said, what the person did, what follows. Frames and commands come in, views go
 * out; nothing here knows windows or sockets.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import type { AgentState, DeskAgent, HelloReply, PlatformTraits } from '../../shared/contract/desk-protocol';
import type { HandoverEvent } from '../../shared/contract/events';
import type { Settings } from '../../shared/contract/settings';
import { phaseOf } from '../../shared/lib/call-view';
import type { PhoneView } from '../../shared/contract/views';
import { CallBook } from '../calls/call-book';
import { customerPhone } from '../calls/call-view';
import { createRelayClock } from '../calls/relay-clock';
import type { AgentCommand, CommandOutcome } from '../relay-client/commands';
import type { KnownCustomer } from '../relay-client/contact-history';
import type { Scheduler } from '../timing/scheduler';
import { Claims } from './claims';
import type { ChosenState } from './chosen-state';
import type { Dismissals } from './dismissals';
import { Histories } from './histories';
import { Pops } from './pops';
import { Sightings } from './sightings';
import { Reconciling } from './reconciling';

export interface DeskOptions {
  scheduler: Scheduler;
  settings: () => Settings;
  dismissals: Dismissals;
  chosen: ChosenState;
  phone: (raw: string) => PhoneView;
  /** To the relay; never rejects. */
  command: (command: AgentCommand) => Promise<CommandOutcome>;
  /** Never rejects. */
  history: (phone: string) => Promise<KnownCustomer>;
  /** A call has just popped. */
  popped: (call: CallSnapshot, event: string) => void;
  /** A call has left the pop window. */
  retracted: (call: string) => void;
  /** The views are out of date. `pop`: the pop window's too. */
  changed: (what: 'pop' | 'desk') => void;
  log: (what: string, details?: Record<string, number | string>) => void;
}

export class Desk {
  readonly book = new CallBook();
  readonly clock;
  readonly claims: Claims;
  readonly pops: Pops;
  readonly histories: Histories;
  readonly sightings: Sightings;
  #me: DeskAgent | undefined;
  #traits = new Map<string, PlatformTraits>();
  #state: { value: AgentState; since: number };
  #nobodyHere = false;
  #awaySince: number | undefined;
  /** How the id of the desk check's test call ends, while one runs. */
  #expected: string | null = null;
  #selected: string | null = null;
  readonly #reconciling: Reconciling;

  constructor(private readonly options: DeskOptions) {
    const { scheduler, log } = options;
    this.clock = createRelayClock(() => scheduler.now());
    this.#state = { value: options.chosen.get(), since: scheduler.now() };
    this.claims = new Claims({
      scheduler,
      log,
      command: options.command,
      changed: (call) => {
        this.#touched(call);
      },
    });
    this.pops = new Pops({
      scheduler,
      log,
      relayNow: () => this.clock.now(),
      policy: (call) => this.#policy(call),
      dismissals: options.dismissals,
      hold: (call) => this.claims.own(call)?.state === 'claiming',
      popped: (call, event) => {
        this.histories.want(customerPhone(call));
        options.popped(call, event);
      },
      retracted: options.retracted,
      changed: () => {
        options.changed('pop');
      },
    });
    this.histories = new Histories({
      scheduler,
      fetch: options.history,
      changed: () => {
        options.changed('pop');
      },
    });
    this.sightings = new Sightings({
      command: options.command,
      relayInstant: (at) => new Date(at - this.clock.ahead).toISOString(),
    });
    this.#reconciling = new Reconciling(scheduler, () => {
      this.reconsider();
    });
  }

  get me(): DeskAgent | undefined {
    return this.#me;
  }

  /** The agent's state in force: what they chose, or a break while nobody is at the desk. */
  get state(): { value: AgentState; since: number } {
    return this.#awaySince === undefined ? this.#state : { value: 'break', since: this.#awaySince };
  }

  /** The agent's state, whether or not anybody is at the desk. */
  get chosen(): AgentState {
    return this.#state.value;
  }

  /** The call in the pop window. */
  get shown(): CallSnapshot | undefined {
    const { current } = this.pops.list;
    return current === null ? undefined : this.book.get(current);
  }

  /** Puts the call in the pop window away. @returns whether there was one */
  dismissShown(): boolean {
    const { shown } = this;
    if (shown !== undefined) this.pops.dismiss(shown);
    return shown !== undefined;
  }

  get selected(): CallSnapshot | undefined {
    return this.#selected === null ? undefined : this.book.get(this.#selected);
  }

  traits(platform: string): PlatformTraits | undefined {
    return this.#traits.get(platform);
  }

  /** The relay answered the hello. @param sentAt local epoch ms of the question */
  welcome(reply: HelloReply, sentAt: number): void {
    this.clock.correct(reply.server_time, sentAt, this.options.scheduler.now());
    this.#me = reply.agent;
    this.#traits = new Map(reply.platforms.map((traits) => [traits.name, traits]));
    if (!reply.recovered) this.#replace(reply.calls ?? []);
    this.#reconciling.begin(reply.recovered ? reply.offset : undefined);
    this.claims.renewAll();
    this.histories.connected(this.#onScreen.map(customerPhone));
    // The relay forgot what the agent chose while we were away.
    void this.options.command({ type: 'state', value: this.state.value });
    this.options.changed('pop');
  }

  event(event: HandoverEvent, offset: number): void {
    const call = this.book.fold(event);
    if (call !== undefined) this.#touched(call.call);
    this.#reconciling.reached(offset);
  }

  call(call: CallSnapshot): void {
    this.book.put(call);
    this.#touched(call.call);
  }

  gone(call: string): void {
    if (!this.book.drop(call)) return;
    this.claims.forget(call);
    this.pops.remove(call);
    this.options.changed('pop');
  }

  /** Every call anew: after an outage, or when state or settings changed. */
  reconsider(): void {
    for (const call of this.book.all()) this.pops.consider(call);
    this.options.changed('pop');
  }

  /** The person has turned to this call, in whichever window. */
  see(call: string): void {
    this.pops.see(call);
    const known = this.book.get(call);
    const waiting = known !== undefined && ['escalated', 'ringing'].includes(phaseOf(known));
    if (waiting) this.sightings.seen(call, this.options.scheduler.now());
  }

  select(call: string): void {
    this.#selected = call;
    const selected = this.selected;
    if (selected !== undefined) this.histories.want(customerPhone(selected));
    this.options.changed('desk');
  }

  /** The agent's own choice; it stays until the next one, and whoever chooses is there. */
  setState(value: AgentState): Promise<CommandOutcome> {
    this.#nobodyHere = false;
    this.remember(value);
    return this.followState(value);
  }

  /** The agent chose what to be from now on, or after this wrap-up: it holds over a restart, too. */
  remember(value: AgentState): void {
    this.options.chosen.set(value);
  }

  /** A state that follows from another one (wrap-up begins, wrap-up is over); it says nothing of who is at the desk. */
  followState(value: AgentState): Promise<CommandOutcome> {
    if (value !== this.#state.value) this.#state = { value, since: this.options.scheduler.now() };
    this.#settleAway();
    return this.#stateChanged();
  }

  /**
   * Nobody is at the desk, or somebody is again. The agent's own choice is kept and comes back with them. Only who counts
   * as available goes away: a break stays the break that was chosen, and a wrap-up is finished first. Who is away already
   * stays so when a call ends, and finds its wrap-up on coming back.
   */
  setAway(away: boolean): Promise<CommandOutcome> {
    this.#nobodyHere = away;
    return this.#settleAway() ? this.#stateChanged() : Promise.resolve({ status: 'done' });
  }

  /** The desk check's test call pops whatever the settings and the agent's state say; null: there is none. */
  expectTest(suffix: string | null): void {
    this.#expected = suffix;
  }

  stop(): void {
    this.claims.stop();
  }

  #replace(calls: readonly CallSnapshot[]): void {
    this.book.reset(calls);
    for (const { call } of this.pops.list.pops) {
      if (this.book.get(call) === undefined) this.pops.remove(call);
    }
    for (const call of this.book.all()) this.claims.reconcile(call, this.#me?.id, this.clock.now());
  }

  /** Calls that a window shows in full, or may at any moment. */
  get #onScreen(): CallSnapshot[] {
    const shown = [...this.pops.list.pops.map(({ call }) => call), this.#selected];
    return shown.flatMap((call) => (call === null ? [] : (this.book.get(call) ?? [])));
  }

  /** @returns whether that changed the state in force */
  #settleAway(): boolean {
    const was = this.#awaySince !== undefined;
    const { value } = this.#state;
    const away = this.#nobodyHere && (value === 'available' || (was && value === 'wrapup'));
    if (away === was) return false;
    this.#awaySince = away ? this.options.scheduler.now() : undefined;
    return true;
  }

  #stateChanged(): Promise<CommandOutcome> {
    this.reconsider();
    return this.options.command({ type: 'state', value: this.state.value });
  }

  #touched(id: string): void {
    const call = this.book.get(id);
    if (call === undefined) return;
    this.claims.reconcile(call, this.#me?.id, this.clock.now());
    // While missed events stream in, a call may be over two frames later: nothing rings before all is known.
    if (!this.#reconciling.busy) this.pops.consider(call);
    const shown = this.pops.list.pops.some((pop) => pop.call === id);
    this.options.changed(shown ? 'pop' : 'desk');
  }

  #policy(call: string) {
    const settings = this.options.settings();
    const checking = this.#expected !== null && call.endsWith(this.#expected);
    const practice = settings.mode === 'practice';
    return {
      me: this.#me,
      sole: settings.mode !== 'team',
      state: checking ? ('available' as const) : this.state.value,
      allow: {
        pops: checking || settings.pop.enabled,
        tests: checking || practice || settings.pop.tests === true,
      },
      rules: settings.pop.rules ?? {},
    };
  }
}
