/** The views as they go out: to the windows, and to the tray, which shows a part of the same. */
import type { IpcData, IpcMessage, WindowName } from '../../shared/contract/ipc';
import type { DeskView } from '../../shared/contract/views';
import type { Scheduler } from '../timing/scheduler';
import { Publisher } from './publisher';
import { deskView, popView } from './views';
import type { ViewSources } from './views';

/** Least time between two views, ms: a frame for the pop, four for the lists. */
const POP_REST_MS = 16;
const DESK_REST_MS = 60;

export interface PublishedOptions {
  scheduler: Scheduler;
  sources: ViewSources;
  send: <C extends IpcMessage>(to: WindowName, channel: C, data: IpcData<C>) => void;
  /** No call is in the pop window any more. */
  idle: () => void;
  desk: (view: DeskView) => void;
}

export class Published {
  readonly #pop: Publisher;
  readonly #desk: Publisher;

  constructor({ scheduler, sources, send, idle, desk }: PublishedOptions) {
    this.#pop = new Publisher(scheduler, POP_REST_MS, () => {
      const view = popView(sources);
      send('screen-pop', 'pop:view', view);
      if (view.current === null) idle();
    });
    this.#desk = new Publisher(scheduler, DESK_REST_MS, () => {
      const view = deskView(sources);
      send('workspace', 'desk:view', view);
      desk(view);
    });
  }

  /** @param what `desk`: the pop window shows nothing of what changed */
  refresh(what: 'pop' | 'desk'): void {
    if (what === 'pop') this.#pop.request();
    this.#desk.request();
  }
}
