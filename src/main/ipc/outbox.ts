/** Messages to one window: kept until it says it is ready, and then only the latest of each channel. */
import type { IpcData, IpcMessage, WindowName } from '../../shared/contract/ipc';
import { checkMessage, mayHear } from './checks';

export class Outbox {
  readonly #waiting = new Map<IpcMessage, unknown>();
  #deliver: ((channel: IpcMessage, data: unknown) => void) | undefined;

  constructor(private readonly to: WindowName) {}

  send<C extends IpcMessage>(channel: C, data: IpcData<C>): void {
    if (!mayHear(channel, this.to)) throw new Error(`${channel} is not for ${this.to}`);
    const checked = checkMessage(channel, data);
    if (this.#deliver === undefined) this.#waiting.set(channel, checked);
    else this.#deliver(channel, checked);
  }

  /** The window listens: what waited goes out. */
  ready(deliver: (channel: IpcMessage, data: unknown) => void): void {
    this.#deliver = deliver;
    for (const [channel, data] of this.#waiting) deliver(channel, data);
    this.#waiting.clear();
  }

  /** Its page is loading again and hears nothing until it is ready anew. */
  reset(): void {
    this.#deliver = undefined;
  }
}
