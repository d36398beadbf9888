/** How many calls wait, on the icon in taskbar or dock: as a number where the system draws one, else as a mark. */
import type { Words } from '../words/words';

export interface BadgeOptions {
  platform: NodeJS.Platform;
  /** Taskbar of Linux, dock of macOS; 0 takes it away. */
  setCount: (count: number) => void;
  /** Windows: a small picture over the taskbar icon, described for screen readers; null takes it away. */
  setOverlay: (description: string | null) => void;
}

export class Badge {
  #shown = '';

  constructor(private readonly options: BadgeOptions) {}

  /** Does nothing when nothing it shows has changed. */
  show(waiting: number, words: Words): void {
    const description = waiting > 0 ? words.waiting(waiting) : null;
    const key = `${waiting} ${description ?? ''}`;
    if (key === this.#shown) return;
    this.#shown = key;
    if (this.options.platform === 'win32') this.options.setOverlay(description);
    else this.options.setCount(waiting);
  }
}
