/** Do-not-call's store port over whatever runs the works. */
import type { Ask } from '../store/works';
import type { DncStore } from './port';

export function dncStoreOver(ask: Ask): DncStore {
  return {
    recordStops: (entries, readUpTo) => ask('recordStops', entries, readUpTo),
    entries: ({ phoneHash, limit, offset }) => ask('dncEntries', phoneHash ?? null, limit, offset),
    stands: (phoneHash) => ask('dncStands', phoneHash),
    correct: async (id, by, reason, now) => (await ask('correctDnc', id, by, reason, now)) ?? undefined,
    unplaced: (since, limit) => ask('unplacedEntries', since, limit),
    placeEntry: (id, phone) => ask('placeEntry', id, phone),
    dueEntryWrites: (now, limit) => ask('dueEntryWrites', now, limit),
    endEntryWrite: (end) => ask('endEntryWrite', end),
    nextEntryWriteDue: async () => (await ask('nextEntryWriteDue')) ?? undefined,
    copies: () => ask('copies'),
    beginCopy: (copy) => ask('beginCopy', copy),
    addNumbers: (copy, blocks) => ask('addNumbers', copy, blocks),
    finishCopy: (copy, refused, anyway) => ask('finishCopy', copy, refused, anyway),
    dropCopy: (copy) => ask('dropCopy', copy),
  };
}
