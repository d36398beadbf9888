/** The one key that works from any program. Pure. */
import { acceleratorOf } from '../../shared/lib/keys';

export interface ShortcutOptions {
  /** Electron's `globalShortcut`, or the part of it that is used. */
  system: {
    register: (accelerator: string, pressed: () => void) => boolean;
    unregister: (accelerator: string) => void;
  };
  pressed: () => void;
  /** Whether the system gave it to us; false: another program has it, or the system gives none away. */
  changed: (chord: string, ours: boolean) => void;
}

export class GlobalShortcut {
  #chord: string | undefined;
  #ours = false;

  constructor(private readonly options: ShortcutOptions) {}

  /** Whether the key leads here and not to another program. */
  get ours(): boolean {
    return this.#ours;
  }

  /** Lets go of the key before and takes this one. One that was refused is asked for again: it may be free by now. */
  use(chord: string): void {
    if (chord === this.#chord && this.#ours) return;
    this.stop();
    this.#chord = chord;
    this.#ours = this.#register(chord);
    this.options.changed(chord, this.#ours);
  }

  stop(): void {
    if (this.#ours && this.#chord !== undefined) this.options.system.unregister(acceleratorOf(this.#chord));
    this.#ours = false;
  }

  #register(chord: string): boolean {
    try {
      return this.options.system.register(acceleratorOf(chord), this.options.pressed);
    } catch {
      // A spelling that this system's Electron does not know is a key that it does not give.
      return false;
    }
  }
}
