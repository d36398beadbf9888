/**
 * The desk's link to its relay: connects, says hello, checks that no event is missing, notices a dead link, comes back.
 *
 * The position lives as long as the program. A desk that starts anew asks for a snapshot instead of resuming, because
 * its call book is empty then: the snapshot holds every call that still matters, with everything said so far.
 */
import { DESK_CLOSE, DESK_SUBPROTOCOL } from '../../shared/contract/desk-protocol';
import type { DeskPosition, HelloReply } from '../../shared/contract/desk-protocol';
import type { CallSnapshot } from '../../shared/contract/call';
import type { HandoverEvent } from '../../shared/contract/events';
import type { Scheduler } from '../timing/scheduler';
import { deskUrl } from './address';
import { STABLE_AFTER_MS } from './backoff';
import { PendingCommands } from './commands';
import type { AgentCommand, CommandOutcome } from './commands';
import { parseFrame } from './frames';
import type { Frame } from './frames';
import { Liveness } from './liveness';
import { Rotation } from './rotation';
import { openDeskSocket } from './socket';
import type { DeskSocket, OpenSocket } from './socket';

/** Why the client will not try again by itself. */
export type StopReason = 'token_refused' | 'taken_over' | 'protocol';

export type LinkState =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'lost'; nextTryAt: number }
  | { state: 'stopped'; reason: StopReason; message?: string };

export interface RelayClientOptions {
  /** `ws(s)://host[:port]`, tried in order; at least one. */
  relays: readonly string[];
  token: string;
  client: { app: string; version: string; instance: string };
  scheduler: Scheduler;
  /** 0 ≤ x < 1. */
  random: () => number;
  onState: (state: LinkState) => void;
  /** `sentAt` is local epoch ms of the hello: half the round trip corrects the clock. */
  onHello: (reply: HelloReply, sentAt: number) => void;
  onEvent: (event: HandoverEvent, offset: number) => void;
  onCall: (call: CallSnapshot) => void;
  onGone: (call: string) => void;
  /** Callbacks of this agent changed or fell due; the list is asked for over REST. */
  onCallbacks: () => void;
  /** Codes only; never contents. */
  log: (what: string, details?: Record<string, number | string>) => void;
  open?: OpenSocket;
}

export class RelayClient {
  readonly #pending: PendingCommands;
  readonly #rotation: Rotation;
  #socket: DeskSocket | undefined;
  #liveness: Liveness | undefined;
  #cancelTimer: () => void = () => undefined;
  #cancelStable: () => void = () => undefined;
  #position: DeskPosition | null = null;
  /** Offset the next event frame must name as its predecessor. */
  #expected = 0;
  #gaps = 0;
  #helloId = 0;
  #helloAt = 0;
  #live = false;
  #takeover = false;
  #closed = false;
  /** Terminal until the person does something. */
  #stopped = false;

  constructor(private readonly options: RelayClientOptions) {
    this.#pending = new PendingCommands(options.scheduler);
    this.#rotation = new Rotation(options.relays, options.random);
  }

  start(): void {
    this.#connect();
  }

  /** The relay in use, `ws(s)://host[:port]`. */
  get relay(): string {
    return this.#rotation.current;
  }

  /** Sends a command and resolves with what came of it; never rejects. */
  async command(command: AgentCommand): Promise<CommandOutcome> {
    if (!this.#live || this.#socket === undefined) return { status: 'offline' };
    const id = this.#pending.nextId();
    const answer = this.#pending.wait(id);
    this.#socket.send(JSON.stringify({ ...command, id }));
    return answer;
  }

  /** Connects at once instead of waiting: the network is back, the computer woke, or the person asked. */
  reconnectNow(takeover = false): void {
    if (this.#closed) return;
    this.#takeover ||= takeover;
    this.#drop();
    this.#stopped = false;
    this.#rotation.forgive();
    this.#connect();
  }

  /** The network changed: a link that is up must prove it, one that is down is tried at once, a stopped one stays so. */
  networkChanged(): void {
    if (this.#live) this.#liveness?.doubt();
    else if (!this.#stopped) this.reconnectNow();
  }

  /** The computer woke up: whatever the socket says, the relay has given us up. */
  woke(): void {
    if (!this.#stopped) this.reconnectNow();
  }

  /** For good. */
  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #connect(): void {
    const { scheduler, log } = this.options;
    this.options.onState({ state: 'connecting' });
    const open = this.options.open ?? openDeskSocket;
    const socket = open(deskUrl(this.relay), DESK_SUBPROTOCOL, this.options.token, {
      opened: () => {
        if (socket === this.#socket) this.#hello();
      },
      message: (text) => {
        if (socket === this.#socket) this.#receive(text);
      },
      alive: () => {
        if (socket === this.#socket) this.#liveness?.heard();
      },
      closed: (code, reason, status) => {
        if (socket === this.#socket) this.#lost(code, reason, status);
      },
    });
    this.#socket = socket;
    this.#cancelTimer = scheduler.after(this.#rotation.patienceMs, () => {
      log('relay.no_hello');
      this.#lost(0, '');
    });
  }

  #hello(): void {
    this.#helloId = this.#pending.nextId();
    this.#helloAt = this.options.scheduler.now();
    this.#socket?.send(
      JSON.stringify({
        type: 'hello',
        id: this.#helloId,
        position: this.#position,
        client: this.options.client,
        ...(this.#takeover ? { takeover: true } : {}),
      }),
    );
  }

  #receive(text: string): void {
    this.#liveness?.heard();
    const parsed = parseFrame(text);
    switch (parsed.kind) {
      case 'hello': {
        this.#welcome(parsed.frame);
        return;
      }
      case 'event':
      case 'unknown_event': {
        this.#event(parsed);
        return;
      }
      case 'call': {
        this.options.onCall(parsed.frame.call);
        return;
      }
      case 'callbacks':
        this.options.onCallbacks();
        return;
      case 'gone': {
        this.options.onGone(parsed.frame.call);
        return;
      }
      case 'ok': {
        const { re, lease_s } = parsed.frame;
        this.#pending.settle(re, { status: 'done', ...(lease_s === undefined ? {} : { lease_s }) });
        return;
      }
      case 'refused': {
        this.#refused(parsed.frame.re, { status: 'refused', error: parsed.frame.error });
        return;
      }
      case 'unknown': {
        this.options.log('relay.unknown_frame');
        return;
      }
      case 'garbage':
        this.options.log('relay.garbage');
        {
          this.#lost(0, '');
          return;
        }
    }
  }

  #refused(re: number, outcome: CommandOutcome): void {
    if (re !== this.#helloId || this.#live) {
      this.#pending.settle(re, outcome);
      return;
    }
    this.options.log('relay.hello_refused');
    if (outcome.status === 'refused' && outcome.error.code === 'busy') {
      this.#lost(DESK_CLOSE.takenOver.code, outcome.error.message);
      return;
    }
    this.#lost(0, '');
  }

  #welcome(reply: HelloReply): void {
    if (reply.re !== this.#helloId || this.#live) return;
    const { scheduler } = this.options;
    this.#cancelTimer();
    this.#takeover = false;
    const resumed = reply.recovered && this.#position?.epoch === reply.epoch;
    this.#expected = resumed ? (this.#position?.offset ?? reply.offset) : reply.offset;
    this.#position = { epoch: reply.epoch, offset: this.#expected };
    this.#live = true;
    this.#liveness = new Liveness({
      scheduler,
      ask: () => this.#socket?.ping(),
      dead: (reason) => {
        this.options.log('relay.dead', { reason });
        // Waking up is no failure of the relay: the first try follows at once.
        if (reason === 'slept') this.#rotation.forgive();
        this.#lost(0, '');
      },
    });
    this.#cancelStable = scheduler.after(STABLE_AFTER_MS, () => {
      this.#rotation.forgive();
    });
    this.options.onHello(reply, this.#helloAt);
    this.options.onState({ state: 'live' });
  }

  #event(parsed: Extract<Frame, { kind: 'event' | 'unknown_event' }>): void {
    const { offset, prev } = parsed.frame;
    if (prev !== this.#expected || this.#position === null) {
      this.options.log('relay.gap', { expected: this.#expected, prev, offset });
      this.#gaps += 1;
      // The same gap twice in a row will not heal by resuming: ask for everything anew.
      if (this.#gaps > 1) this.#position = null;
      this.#lost(0, '');
      return;
    }
    this.#gaps = 0;
    this.#expected = offset;
    this.#position = { epoch: this.#position.epoch, offset };
    if (parsed.kind === 'event') this.options.onEvent(parsed.frame.event, offset);
    else this.options.log('relay.unknown_event');
  }

  /** Ends the socket, whatever state it is in, without a word to anybody. */
  #drop(): void {
    this.#cancelTimer();
    this.#cancelStable();
    this.#liveness?.stop();
    this.#liveness = undefined;
    this.#live = false;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.end();
    this.#pending.loseAll();
  }

  /** @param code WebSocket close code, 0 when we gave up on it @param status HTTP status when the upgrade was refused */
  #lost(code: number, reason: string, status?: number): void {
    this.#drop();
    if (this.#closed) return;
    const stop = stopReason(code, status);
    if (stop !== undefined) {
      this.#stopped = true;
      this.options.log('relay.stopped', { code, reason: stop });
      this.options.onState({ state: 'stopped', reason: stop, ...(reason === '' ? {} : { message: reason }) });
      return;
    }
    const { scheduler } = this.options;
    const wait = this.#rotation.lost();
    this.options.log('relay.lost', { code, wait });
    this.options.onState({ state: 'lost', nextTryAt: scheduler.now() + wait });
    this.#cancelTimer = scheduler.after(wait, () => {
      this.#connect();
    });
  }
}

function stopReason(code: number, status: number | undefined): StopReason | undefined {
  if (code === DESK_CLOSE.tokenRefused.code || status === 401 || status === 403) return 'token_refused';
  if (code === DESK_CLOSE.takenOver.code) return 'taken_over';
  return code === DESK_CLOSE.protocolError.code ? 'protocol' : undefined;
}
