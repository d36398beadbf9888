/** The link to the relay in use, and what the windows are told of it. A new address or token means a new link. */
import type { ConnectionView } from '../../shared/contract/views';
import type { RelayLink } from '../processes/backend';
import type { AgentCommand, CommandOutcome } from '../relay-client/commands';
import { RelayClient } from '../relay-client/relay-client';
import type { LinkState, RelayClientOptions } from '../relay-client/relay-client';
import type { Scheduler } from '../timing/scheduler';

export interface ConnectionOptions {
  scheduler: Scheduler;
  /** Everything of a relay client but where and who. */
  client: Omit<RelayClientOptions, 'relays' | 'token' | 'scheduler' | 'onState'>;
  changed: (view: ConnectionView) => void;
}

export class Connection {
  #client: RelayClient | undefined;
  #token = '';
  #signedInAs: string | undefined;
  #view: ConnectionView = { state: 'starting' };
  #lostAt: number | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  get view(): ConnectionView {
    return this.#view;
  }

  /** Where REST requests go, and with which token; undefined while there is no relay. */
  get rest(): { relay: string; token: string } | undefined {
    return this.#client === undefined ? undefined : { relay: this.#client.relay, token: this.#token };
  }

  /** Whose the link in use is, as `mode/agent`; undefined until its relay has said so. */
  get signedInAs(): string | undefined {
    return this.#signedInAs;
  }

  signedIn(as: string): void {
    this.#signedInAs = as;
  }

  use(link: RelayLink): void {
    this.#signedInAs = undefined;
    this.#client?.close();
    this.#client = undefined;
    if (!link.ok) {
      const { reason, message } = link;
      this.#set({ state: 'stopped', reason, ...(message === undefined ? {} : { message }) });
      return;
    }
    this.#token = link.token;
    const client = new RelayClient({
      ...this.options.client,
      relays: link.relays,
      token: link.token,
      scheduler: this.options.scheduler,
      onState: (state) => {
        if (client === this.#client) this.#linkChanged(state);
      },
    });
    this.#client = client;
    client.start();
  }

  command(command: AgentCommand): Promise<CommandOutcome> {
    return this.#client?.command(command) ?? Promise.resolve({ status: 'offline' });
  }

  /** Tries at once. @param takeover the person wants this desk to replace another one of theirs */
  reconnectNow(takeover = false): void {
    this.#client?.reconnectNow(takeover);
  }

  networkChanged(): void {
    this.#client?.networkChanged();
  }

  woke(): void {
    this.#client?.woke();
  }

  /** Leaves the relay: nobody sees "live" until there is another one. */
  close(): void {
    if (this.#client === undefined) return;
    this.#client.close();
    this.#client = undefined;
    this.#lostAt = undefined;
    if (this.#view.state !== 'stopped') this.#set({ state: 'starting' });
  }

  #linkChanged(link: LinkState): void {
    const now = this.options.scheduler.now();
    switch (link.state) {
      case 'connecting':
        // The first attempt is a start; every later one belongs to the outage it is to end.
        if (this.#lostAt !== undefined) this.#set({ state: 'reconnecting', since: this.#lostAt });
        else this.#set({ state: 'starting' });
        return;
      case 'live':
        this.#lostAt = undefined;
        this.#set({ state: 'live', since: now });
        return;
      case 'lost':
        this.#lostAt ??= now;
        this.#set({ state: 'reconnecting', since: this.#lostAt, next_try_at: link.nextTryAt });
        return;
      case 'stopped':
        this.#set({
          state: 'stopped',
          reason: link.reason,
          ...(link.message === undefined ? {} : { message: link.message }),
        });
    }
  }

  #set(view: ConnectionView): void {
    this.#view = view;
    this.options.changed(view);
  }
}
