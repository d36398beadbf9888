/** Keeps one program running: starts it, starts it again when it ends, a little later each time, and stops it cleanly. */
import type { z } from 'zod';
import type { Scheduler } from '../timing/scheduler';
import type { Child, Fork } from './child';

/** First restart after this, then twice as long each time. */
const RESTART_BASE_MS = 500;
/** A program that keeps ending is tried this often, no more. */
const RESTART_CAP_MS = 30_000;
/** Having run this long, its next end counts as the first. */
const STEADY_AFTER_MS = 60_000;
/** Grace between being asked to stop and being ended. */
const STOP_WITHIN_MS = 5_000;

export interface SupervisedOptions<Out> {
  fork: Fork;
  /** What the program says. */
  messages: z.ZodType<Out>;
  /** First message to each new process. Asked anew every time, so that secrets and ports may change. */
  start: () => unknown;
  onMessage: (message: Out) => void;
  /** It ended without being asked to. */
  onDown: () => void;
  scheduler: Scheduler;
  log: (what: string, details?: Record<string, number | string>) => void;
}

export class Supervised<Out> {
  #child: Child | undefined;
  #startedAt = 0;
  #failures = 0;
  #stopping: (() => void) | undefined;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: SupervisedOptions<Out>) {}

  start(): void {
    const { fork, scheduler } = this.options;
    this.#startedAt = scheduler.now();
    const child = fork();
    this.#child = child;
    child.onMessage((message) => {
      const parsed = this.options.messages.safeParse(message);
      if (parsed.success) this.options.onMessage(parsed.data);
      else this.options.log('process.unknown_message');
    });
    child.onExit((code) => {
      if (child === this.#child) this.#ended(code);
    });
    child.post(this.options.start());
  }

  /** Nothing happens while it is down: what it needs is in its start message. */
  post(message: unknown): void {
    this.#child?.post(message);
  }

  /** Ends this process; a new one follows with the next start message. */
  restart(): void {
    this.#child?.kill();
  }

  /** Resolves when it has ended, within a few seconds. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => {
      this.#stopping = resolve;
    });
    child.post({ type: 'stop' });
    const cancel = this.options.scheduler.after(STOP_WITHIN_MS, () => {
      child.kill();
      this.#stopping?.();
    });
    await gone;
    cancel();
  }

  #ended(code: number): void {
    const { scheduler, log } = this.options;
    this.#child = undefined;
    this.#stopping?.();
    if (this.#stopped) return;
    const steady = scheduler.now() - this.#startedAt >= STEADY_AFTER_MS;
    this.#failures = steady ? 0 : this.#failures + 1;
    const wait = Math.min(RESTART_CAP_MS, RESTART_BASE_MS * 2 ** Math.min(this.#failures, 10));
    log('process.ended', { code, wait });
    this.options.onDown();
    this.#cancel = scheduler.after(wait, () => {
      this.start();
    });
  }
}
