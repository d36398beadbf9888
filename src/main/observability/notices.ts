/** What the person must be told that belongs to no call. Each stands until it is put away. */
import type { DeskView } from '../../shared/contract/views';

export type Notice = DeskView['notices'][number];

export class Notices {
  readonly #standing = new Map<string, Notice>();

  constructor(private readonly changed: () => void) {}

  /** One of each kind and detail; saying it again changes nothing. */
  add(kind: Notice['kind'], detail?: string): void {
    const id = detail === undefined ? kind : `${kind}:${detail}`.slice(0, 100);
    if (this.#standing.has(id)) return;
    this.#standing.set(id, { id, kind, ...(detail === undefined ? {} : { detail }) });
    this.changed();
  }

  /** It is mended by itself. */
  clear(kind: Notice['kind']): void {
    for (const [id, notice] of this.#standing) {
      if (notice.kind === kind) this.dismiss(id);
    }
  }

  dismiss(id: string): void {
    if (this.#standing.delete(id)) this.changed();
  }

  all(): Notice[] {
    return [...this.#standing.values()];
  }
}
