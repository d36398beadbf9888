/** When a call's pop was painted and when the person first turned to the call, told to the relay: each once per call. */
import type { AgentCommand, CommandOutcome } from '../relay-client/commands';

/** Calls remembered: far more than a shift brings. */
const MAX_REMEMBERED = 1_000;

export interface SightingsOptions {
  command: (command: AgentCommand) => Promise<CommandOutcome>;
  /** Epoch ms on this computer's clock as the relay's instant. */
  relayInstant: (at: number) => string;
}

export class Sightings {
  readonly #painted = new Map<string, number>();
  readonly #seen = new Set<string>();

  constructor(private readonly options: SightingsOptions) {}

  /** @param at epoch ms */
  painted(call: string, at: number): Promise<CommandOutcome> {
    if (this.#painted.size >= MAX_REMEMBERED) this.#painted.clear();
    if (!this.#painted.has(call)) this.#painted.set(call, at);
    return this.options.command({ type: 'seen', call, painted: this.options.relayInstant(at) });
  }

  /** @param at epoch ms: the first time counts */
  seen(call: string, at: number): void {
    if (this.#seen.has(call)) return;
    if (this.#seen.size >= MAX_REMEMBERED) this.#seen.clear();
    this.#seen.add(call);
    const { command, relayInstant } = this.options;
    // Chosen in the workspace, it may never have popped: it was on screen from then on.
    const painted = relayInstant(this.#painted.get(call) ?? at);
    // An outcome, never a rejection: a measurement that does not arrive is lost and harms nobody.
    void command({ type: 'seen', call, painted, seen: relayInstant(at) });
  }
}
