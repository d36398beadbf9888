/** The stored pieces of a file as rows, in order; the next piece is read while the present one is dealt with. */
import type { ListBook } from '../list-book';
import type { KeptJob } from './job';
import type { ImportRow, ImportStore } from './port';
import type { Batch } from './reader';
import type { OpenReader } from './thread';

/** The job was taken from us: cancelled, or done by another relay; or its file is gone. */
export class Overtaken extends Error {}

export interface FileBatchDeps {
  store: Pick<ImportStore, 'piece' | 'segments'>;
  open: OpenReader;
  lists: Pick<ListBook, 'one'>;
}

/** @throws Overtaken */
export async function* fileBatches(
  { store, open, lists }: FileBatchDeps,
  { id, list }: Pick<ImportRow, 'id' | 'list'>,
  { settings, pieces }: Pick<KeptJob, 'settings' | 'pieces'>,
): AsyncGenerator<Batch & { part: number }> {
  const target = 'id' in settings.list ? await lists.one(Number(settings.list.id)) : undefined;
  const own = 'id' in settings.list ? target?.settings.country : settings.list.country;
  const into = list ?? target?.id;
  const segments = into === undefined ? [] : await store.segments(into);
  const reader = open({
    ...{ ...settings, country: settings.country ?? own ?? undefined },
    // Contacts of a campaign are in no list.
    ...('campaign_at' in settings.list ? {} : { segments }),
  });
  const read = async (n: number): Promise<Batch> => {
    if (n >= pieces) return reader.end();
    const bytes = await store.piece(id, n);
    if (bytes === undefined) throw new Overtaken();
    return reader.push(bytes);
  };
  let next = read(0);
  try {
    for (let n = 0; n <= pieces; n += 1) {
      const batch = await next;
      if (n < pieces && batch.fault === undefined) {
        next = read(n + 1);
        // Whether it failed is asked when it is its turn.
        next.catch(() => undefined);
      }
      yield { ...batch, part: Math.min(1, (n + 1) / (pieces + 1)) };
      if (batch.fault !== undefined) return;
    }
  } finally {
    await reader.close();
  }
}
