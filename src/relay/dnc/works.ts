/** What do-not-call can ask of the database; merged into the store's table of works. */
import { JobTables } from '../gateway/store/jobs';
import type { Work } from '../store/sql';
import { EntryTable } from './entries-table';
import { STOPS_MARK } from './marks';
import type { EntryWriteEnd, NewBlock, NewEntry, RegisterCopy } from './port';
import { RegisterTable } from './registers-table';

export function dncWorks() {
  const jobs = new JobTables();
  const entries = new EntryTable();
  const registers = new RegisterTable();
  return {
    writes: {
      *recordStops(stops: NewEntry[], readUpTo?: number): Work<void> {
        yield* entries.record(stops);
        if (readUpTo !== undefined) yield* jobs.putMark(STOPS_MARK, readUpTo);
      },
      correctDnc: (id: string, by: string, reason: string, now: number) => entries.correct(id, by, reason, now),
      placeEntry: (id: string, phone: string) => entries.place(id, phone),
      endEntryWrite: (end: EntryWriteEnd) => entries.endWrite(end),
      beginCopy: (copy: Omit<RegisterCopy, 'numbers' | 'refused' | 'state'>) => registers.begin(copy),
      addNumbers: (copy: string, blocks: NewBlock[]) => registers.add(copy, blocks),
      finishCopy: (copy: string, refused: number, anyway: boolean) => registers.finish(copy, refused, anyway),
      dropCopy: (copy: string) => registers.drop(copy),
    },
    reads: {
      dncEntries: (phone: string | null, limit: number, offset: number) =>
        entries.list(phone ?? undefined, limit, offset),
      dncStands: (hash: string) => entries.stands(hash),
      unplacedEntries: (since: number, limit: number) => entries.unplaced(since, limit),
      dueEntryWrites: (now: number, limit: number) => entries.dueWrites(now, limit),
      nextEntryWriteDue: () => entries.nextDue(),
      copies: () => registers.copies(),
    },
  };
}
