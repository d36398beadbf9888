/** The way between a desk and its relay, with whatever can happen to a way: it goes silent, it is cut, it comes back. */
import { TcpProxy, type Plan } from '../../support/chaos/tcp-proxy';
import type { RelayProcess } from '../../support/relay-process';

const WHOLE: Plan = { harm: 'none', afterBytes: 0, waitMs: 0 };

export class Link {
  #open: Plan[] = [];

  private constructor(private readonly proxy: () => TcpProxy) {}

  static async to(relay: RelayProcess): Promise<Link> {
    const link = new Link(() => proxy);
    const proxy = await TcpProxy.start(relay.port, () => link.#plan());
    return link;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.proxy().port)}`;
  }

  /** Connections made so far. */
  get connections(): number {
    return this.#open.length;
  }

  /** From now on everything the relay says on the present connections vanishes, and nobody is told. New ones are whole. */
  goSilent(): void {
    // The proxy looks at the plan with every chunk.
    for (const plan of this.#open) plan.harm = 'swallow';
  }

  /** Ends every connection without a goodbye. */
  cut(): void {
    this.proxy().cutAll();
  }

  stop(): Promise<void> {
    return this.proxy().stop();
  }

  #plan(): Plan {
    const plan = { ...WHOLE };
    this.#open.push(plan);
    return plan;
  }
}
