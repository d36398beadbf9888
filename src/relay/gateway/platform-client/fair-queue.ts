/**
 * Shares one platform between agents: a queue per agent, served round-robin, so that one agent's hundred requests do not
 * hold up another's single one. Background work goes last. Bounded in length and in time.
 */
import { PlatformError } from '../../../platforms/api';
import type { RateWindow } from './rate-window';

/** Requests at one platform at a time: enough for a floor of agents, far from what a platform would call abuse. */
const MAX_IN_FLIGHT = 16;
/** Requests that one agent may have waiting: a person at a desk never has that many. */
const MAX_WAITING_EACH = 20;
const MAX_WAITING = 500;
/** A person would rather be told than wait longer. */
const MAX_WAIT_MS = 10_000;

interface Ticket {
  background: boolean;
  grant: () => void;
  refuse: (error: PlatformError) => void;
  timer: NodeJS.Timeout;
}

export class FairQueue {
  /** Insertion order is the round: a served agent goes to the end. */
  private readonly waiting = new Map<string, Ticket[]>();
  private inFlight = 0;
  private wake: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly platform: string,
    private readonly window: RateWindow,
  ) {}

  /**
   * Resolves when this agent's turn has come; call the result when the request is over.
   * @throws PlatformError `rate_limited` when there are too many or the turn does not come in time
   */
  async enter(agent: string, background = false): Promise<() => void> {
    const mine = this.waiting.get(agent) ?? [];
    if (this.closed || mine.length >= MAX_WAITING_EACH || this.length >= MAX_WAITING) throw this.refusal(background);
    await new Promise<void>((resolve, reject) => {
      const ticket: Ticket = {
        background,
        grant: resolve,
        refuse: reject,
        timer: setTimeout(() => this.drop(agent, ticket), MAX_WAIT_MS),
      };
      mine.push(ticket);
      this.waiting.set(agent, mine);
      this.pump();
    });
    return () => {
      this.inFlight -= 1;
      this.pump();
    };
  }

  /** Refuses everything that waits and all that comes. */
  close(): void {
    this.closed = true;
    clearTimeout(this.wake);
    for (const [agent, tickets] of [...this.waiting]) for (const ticket of [...tickets]) this.drop(agent, ticket);
  }

  private get length(): number {
    return [...this.waiting.values()].reduce((sum, { length }) => sum + length, 0);
  }

  private refusal(background: boolean): PlatformError {
    const retryAfterS = Math.max(1, Math.ceil(this.window.waitMs(background) / 1000));
    const message = `${this.platform}: too many requests wait for their turn`;
    return new PlatformError('rate_limited', message, { retryAfterS, rate: this.window.latest });
  }

  private drop(agent: string, ticket: Ticket): void {
    clearTimeout(ticket.timer);
    this.remove(agent, ticket);
    ticket.refuse(this.refusal(ticket.background));
  }

  private remove(agent: string, ticket: Ticket): void {
    const left = (this.waiting.get(agent) ?? []).filter((other) => other !== ticket);
    this.waiting.delete(agent);
    // Behind everybody else: it was just served.
    if (left.length > 0) this.waiting.set(agent, left);
  }

  private pump(): void {
    clearTimeout(this.wake);
    while (this.inFlight < MAX_IN_FLIGHT) {
      const next = this.next(false) ?? this.next(true);
      if (next === undefined) return;
      const waitMs = this.window.waitMs(next.ticket.background);
      if (waitMs > 0) {
        this.wake = setTimeout(() => this.pump(), waitMs);
        return;
      }
      clearTimeout(next.ticket.timer);
      this.remove(next.agent, next.ticket);
      this.inFlight += 1;
      this.window.spend();
      next.ticket.grant();
    }
  }

  private next(background: boolean): { agent: string; ticket: Ticket } | undefined {
    for (const [agent, tickets] of this.waiting) {
      const ticket = tickets.find((one) => one.background === background);
      if (ticket !== undefined) return { agent, ticket };
    }
    return undefined;
  }
}
