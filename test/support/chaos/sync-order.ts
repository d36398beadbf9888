/**
 * Reads a system call trace and answers, per request: was the row written to the write-ahead log, then synced, and only
 * then answered? kill -9 cannot show this, because the page cache survives it.
 */
export interface SyncOrder {
  /** Requests whose row was written and synced before their answer left. */
  proven: number;
  /** Requests answered with 200 too early, with what was missing. */
  early: string[];
  /** Syncs of the write-ahead log that succeeded. */
  syncs: number;
}

interface Pending {
  tag: string;
  written: boolean;
  synced: boolean;
}

const LINE = /^(\d+) +(.*)$/;
const ENTERED = /^(\w+)\((\d+<[^>]*>)?/;
const RESUMED = /^<\.\.\. (\w+) resumed>/;
const SUCCESS = /\) += 0\s*$/;
const TAG = /X-Tag: (\w+)/;

/** @param trace lines as `strace -f -y` writes them; requests carry their event id in `X-Tag` */
export function syncOrder(trace: Iterable<string>): SyncOrder {
  const result: SyncOrder = { proven: 0, early: [], syncs: 0 };
  /** By socket: the request it waits for an answer to. */
  const asked = new Map<string, Pending>();
  /** By thread: the file of a call that has not returned yet. */
  const entered = new Map<string, string>();

  const synced = () => {
    result.syncs += 1;
    for (const pending of asked.values()) if (pending.written) pending.synced = true;
  };
  const finish = (call: string, file: string, text: string) => {
    if (call === 'read') {
      const tag = TAG.exec(text)?.[1];
      if (tag !== undefined) asked.set(file, { tag, written: false, synced: false });
    }
    if (/^f(data)?sync$/.test(call) && file.includes('-wal') && SUCCESS.test(text)) synced();
  };
  const begin = (call: string, file: string, text: string) => {
    if (/^pwritev?(64)?$/.test(call) && file.includes('-wal')) {
      for (const pending of asked.values()) pending.written ||= text.includes(pending.tag);
    }
    if (!/^(write|writev|sendto|sendmsg)$/.test(call) || !text.includes('HTTP/1.1 200')) return;
    const pending = asked.get(file);
    if (pending === undefined) return;
    asked.delete(file);
    if (pending.synced) result.proven += 1;
    else result.early.push(`${pending.tag} was ${pending.written ? 'written but not synced' : 'not written'}`);
  };

  for (const line of trace) {
    const [, thread = '', text = ''] = LINE.exec(line) ?? [];
    const resumed = RESUMED.exec(text)?.[1];
    if (resumed !== undefined) {
      finish(resumed, entered.get(thread) ?? '', text);
      entered.delete(thread);
      continue;
    }
    const [, call, file = ''] = ENTERED.exec(text) ?? [];
    if (call === undefined) continue;
    begin(call, file, text);
    if (text.endsWith('<unfinished ...>')) entered.set(thread, file);
    else finish(call, file, text);
  }
  return result;
}
