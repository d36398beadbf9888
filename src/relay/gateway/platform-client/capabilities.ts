/** What platforms turned out not to offer, remembered across restarts and asked again after a day. */
import type { Clock } from '../../clock';
import type { GatewayStore } from '../store-port';

/** An account may be upgraded: what it lacked yesterday is tried once more. */
const REPROBE_AFTER_MS = 24 * 3600 * 1000;

export class CapabilityBook {
  private readonly lacking = new Map<string, number>();

  constructor(
    private readonly store: Pick<GatewayStore, 'capabilities' | 'putCapability'>,
    private readonly clock: Clock,
  ) {}

  /** Reads what was learned before. */
  async load(): Promise<void> {
    for (const { platform, name, supported, learned } of await this.store.capabilities()) {
      if (!supported) this.lacking.set(`${platform} ${name}`, learned);
    }
  }

  /** `stale`: it was lacking, but long enough ago to ask again. */
  state(platform: string, name: string): 'unknown' | 'lacking' | 'stale' {
    const learned = this.lacking.get(`${platform} ${name}`);
    if (learned === undefined) return 'unknown';
    return this.clock.now() - learned < REPROBE_AFTER_MS ? 'lacking' : 'stale';
  }

  async learn(platform: string, name: string, supported: boolean): Promise<void> {
    const known = this.state(platform, name);
    if (supported ? known === 'unknown' : known === 'lacking') return;
    if (supported) this.lacking.delete(`${platform} ${name}`);
    else this.lacking.set(`${platform} ${name}`, this.clock.now());
    await this.store.putCapability({ platform, name, supported, learned: this.clock.now() });
  }
}
