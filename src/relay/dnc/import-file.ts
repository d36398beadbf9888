/** `handover-relay dnc import`: a register from a file on the relay's machine, however large. */
import { open } from 'node:fs/promises';
import { DNC_LIMITS } from '../../shared/contract/dnc';
import type { Clock } from '../clock';
import { fileFault } from '../file-fault';
import type { Store } from '../store/port';
import { RegisterError, RegisterImporter } from './import-register';
import { countryOfList } from './register-lines';

const BY = 'command line';

interface FileImport {
  list: string;
  file: string;
  /** `YYYY-MM-DD`. */
  date: string;
  country?: string | undefined;
  /** `true`: also when it looks doubtful. */
  confirm?: 'true' | 'false' | undefined;
}

type FileAnswer = { ok: true; value: unknown } | { ok: false; message: string };

/** What is wrong with file or register is an answer, not an exception. @throws StoreError */
export async function importRegisterFile(
  { list, file, date, country = countryOfList(list), confirm }: FileImport,
  { store, clock }: { store: Pick<Store, 'dnc'>; clock: Clock },
): Promise<FileAnswer> {
  const day = Date.parse(date);
  if (day > clock.now()) return { ok: false, message: 'date: lies in the future' };
  const importer = new RegisterImporter(store.dnc, clock);
  try {
    // Opened before anything is written: a file that is not there is no broken import.
    const body: AsyncIterable<Uint8Array> = (await open(file)).createReadStream();
    const maxBytes = DNC_LIMITS.maxListBytes;
    return {
      ok: true,
      value: await importer.take({ list, date: day, by: BY, country, body, maxBytes, anyway: confirm === 'true' }),
    };
  } catch (error) {
    const message = error instanceof RegisterError ? error.message : fileFault(file, error);
    if (message === undefined) throw error;
    return { ok: false, message };
  }
}
