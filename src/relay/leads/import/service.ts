/** Imports whole: who takes them, and who runs them. The same for REST, the running relay's operator and the command line. */
import type { Logger } from 'pino';
import type { PolicyPack } from '../../../shared/contract/dialling-policies';
import { createDialCheck } from '../../../shared/lib/dialling/check';
import type { Clock } from '../../clock';
import { createLaneJudge } from '../hours';
import type { ListBook } from '../list-book';
import type { OpenContactRules } from './contact-rules';
import { createImportDesk, type ImportDesk } from './desk';
import type { ImportRow, ImportStore } from './port';
import { ImportRunner } from './runner';
import { inlineReader, type OpenReader } from './thread';

export interface ImportServiceDeps {
  store: ImportStore;
  lists: ListBook;
  packs: readonly PolicyPack[];
  rules?: OpenContactRules | undefined;
  /** Absent: files are read in this thread. */
  reader?: OpenReader | undefined;
  /** Who calls, where a list does not say. */
  seller: string;
  /** The leads of a list can be seen from now on. */
  published: (list: number) => void;
  clock: Clock;
  log: Logger;
}

export interface ImportService {
  desk: ImportDesk;
  /** Deletes the file of a job that has ended. */
  dropFile(row: ImportRow): Promise<void>;
  /** Goes on with what a relay before left to do. */
  start(): void;
  /** Finishes the present portion; the rest waits for the next start. */
  stop(): Promise<void>;
}

export function createImportService(deps: ImportServiceDeps): ImportService {
  const { store, lists, packs, rules, reader, seller, published, clock, log } = deps;
  const judge = createLaneJudge(packs, createDialCheck(packs));
  const open = reader ?? inlineReader;
  const runner = new ImportRunner({ store, open, lists, judge, rules, clock, log, seller, published });
  const desk = createImportDesk({ store, lists, runner, clock });
  return {
    desk,
    dropFile: (row) => runner.dropFile(row),
    start: () => runner.kick(),
    stop: () => runner.stop(),
  };
}
