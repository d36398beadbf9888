/** The screen pop as the desk sees it: shown, hidden, and insisted on in other ways while something lies over it. */
import type { Notices } from '../observability/notices';
import type { Scheduler } from '../timing/scheduler';
import { CoverWatch } from './cover-watch';
import type { Windows } from './windows';

export interface CallWindowOptions {
  scheduler: Scheduler;
  windows: Pick<Windows, 'showPop' | 'hidePop' | 'raisePop' | 'popSight' | 'flash'>;
  /** Whether the person wants to be told in other ways. */
  mayInsist: () => boolean;
  notices: Pick<Notices, 'add' | 'clear'>;
  /** Notifies of the call that is shown, whether or not notifications are on. */
  notify: () => void;
  /** The pop's view is out of date. */
  refresh: () => void;
  log: (what: string, details: Record<string, boolean>) => void;
}

export class CallWindow {
  readonly #covers: CoverWatch;

  constructor(private readonly options: CallWindowOptions) {
    const { scheduler, windows } = options;
    this.#covers = new CoverWatch({
      scheduler,
      look: () => windows.popSight(),
      raise: () => windows.raisePop(),
      changed: (covered) => this.#changed(covered),
    });
  }

  /** The window sounds until seen, whatever was chosen. */
  get insisting(): boolean {
    return this.#covers.covered && this.options.mayInsist();
  }

  show(): void {
    this.options.refresh();
    this.options.windows.showPop();
    this.#covers.shown();
  }

  hide(): void {
    this.options.windows.hidePop();
    this.#covers.hidden();
  }

  #changed(covered: boolean): void {
    const { notices, windows, notify, refresh, log } = this.options;
    log('pop.covered', { covered });
    if (covered) notices.add('pop_covered');
    else notices.clear('pop_covered');
    if (!covered || !this.options.mayInsist()) return;
    notify();
    windows.flash(true);
    refresh();
  }
}
