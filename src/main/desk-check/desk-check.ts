/**
 * The desk check: a test call from the relay through this desk onto every display, and everything around it that a shift
 * depends on. One run at a time; it ends by itself.
 */
import type { DeskCheck, DeskCheckAnswers, DeskCheckResult } from '../../shared/contract/desk-check';
import type { CheckAnswer } from '../../shared/contract/relay-check';
import type { Scheduler } from '../timing/scheduler';
import { clockGrade, delayGrade, displayGrades, paintGrade, signatureGrades, surroundingGrades } from './grades';
import type { ShownDisplay, Surrounding } from './grades';
import { reportOf } from './report';

/** From the relay's answer to the painted window: a slow computer on a slow line. */
const PAINTED_WITHIN_MS = 8_000;

export interface DeskCheckOptions {
  scheduler: Scheduler;
  newId: () => string;
  /** Never reject. `begin` resolves with undefined when the relay does not answer. */
  begin: (id: string) => Promise<CheckAnswer | undefined>;
  end: (call: string) => Promise<boolean>;
  live: () => boolean;
  /** This computer's clock minus the relay's, ms. */
  ahead: () => number;
  /** Shows the pop window on each display for a moment. */
  tour: () => Promise<ShownDisplay[]>;
  surrounding: () => Promise<Surrounding>;
  /** The test call may pop from now on, whatever the settings say of tests; null: no longer. */
  expect: (suffix: string | null) => void;
  dismiss: (call: string) => void;
  facts: () => { version: string; system: string };
}

/** A call of somebody's desk check: no customer's, so nothing is kept of it and it has no wrap-up. */
export function isCheckCall(call: string): boolean {
  return /:check-[0-9a-f]{8}-[0-9a-f-]{27}$/.test(call);
}

interface Watch {
  suffix: string;
  heardAt: number | undefined;
  delay: number | undefined;
  painted: (at: number | undefined) => void;
}

export class DeskChecks {
  #watch: Watch | undefined;
  #running: Promise<DeskCheck> | undefined;
  #last: DeskCheck | undefined;

  constructor(private readonly options: DeskCheckOptions) {}

  /** The relay's events pass by. @param receivedAt when the relay had it, on this computer's clock */
  heard(call: string, receivedAt: number): void {
    const watch = this.#watch;
    if (watch?.heardAt !== undefined || watch === undefined || !call.endsWith(watch.suffix)) return;
    watch.heardAt = this.options.scheduler.now();
    watch.delay = watch.heardAt - receivedAt;
  }

  /** The pop window has painted a call. @param at epoch ms */
  painted(call: string, at: number): void {
    if (this.#watch !== undefined && call.endsWith(this.#watch.suffix)) this.#watch.painted(at);
  }

  /** A second press while one runs gets the same result. */
  run(): Promise<DeskCheck> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The last run as plain text without names, numbers, hosts or secrets; undefined before the first. */
  report(answers: DeskCheckAnswers): string | undefined {
    return this.#last === undefined ? undefined : reportOf(this.#last, answers, this.options.facts());
  }

  async #run(): Promise<DeskCheck> {
    const { scheduler } = this.options;
    const around = this.options.surrounding();
    const results: DeskCheckResult[] = await this.#throughRelay();
    results.push(...surroundingGrades(await around));
    this.#last = { at: scheduler.now(), results };
    return this.#last;
  }

  async #throughRelay(): Promise<DeskCheckResult[]> {
    const { options } = this;
    if (!options.live()) return [{ item: 'link', grade: 'bad', why: 'not_connected' }];
    const link: DeskCheckResult = { item: 'link', grade: 'good', why: 'connected' };
    const clock = clockGrade(options.ahead());
    const id = options.newId();
    const seen = this.#watchFor(`check-${id}`);
    try {
      const answer = await options.begin(id);
      if (answer === undefined) {
        return [link, { item: 'signature', grade: 'bad', why: 'no_answer' }, clock];
      }
      const signatures = signatureGrades(answer);
      if (answer.call === undefined) return [link, ...signatures, clock];
      const shown = await this.#shown(answer.call, seen);
      return [link, ...signatures, ...shown, clock];
    } finally {
      this.#watch = undefined;
      options.expect(null);
    }
  }

  #watchFor(suffix: string): Promise<number | undefined> {
    this.options.expect(suffix);
    return new Promise((resolve) => {
      this.#watch = { suffix, heardAt: undefined, delay: undefined, painted: resolve };
    });
  }

  async #shown(call: string, painted: Promise<number | undefined>): Promise<DeskCheckResult[]> {
    const watch = this.#watch;
    const cancel = this.options.scheduler.after(PAINTED_WITHIN_MS, () => watch?.painted(undefined));
    const at = await painted;
    cancel();
    const displays = at === undefined ? [] : displayGrades(await this.options.tour());
    this.options.dismiss(call);
    // Not told: the relay's own lateness rule makes it a test among the missed ones, which counts nowhere.
    await this.options.end(call);
    if (watch?.heardAt === undefined || watch.delay === undefined) {
      return [{ item: 'delay', grade: 'bad', why: 'never' }];
    }
    const delay = delayGrade(watch.delay);
    if (at === undefined) return [delay, { item: 'paint', grade: 'bad', why: 'never' }];
    return [delay, paintGrade(at - watch.heardAt), ...displays];
  }
}
