/**
 * Takes in a copy of a register, whatever its size and order: portions of a bounded number of lines go to the store while
 * the next are read. Dial checks look into the old copy until the new one is whole; one that breaks off leaves no trace.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { place } from './number-block';
import type { DncStore, NewBlock } from './port';
import { RegisterReader, type Lines } from './register-lines';

/** Numbers held in memory before they are written: a sorted register then writes each block once. */
const PORTION = 200_000;
/** Blocks per commit: a few milliseconds, which is what a webhook may have to wait for. */
const BLOCKS_PER_COMMIT = 500;
/** A copy that is loaded for longer was left half read by a relay that stopped. */
const ABANDONED_MS = 24 * 3600_000;

/** A heading, and now and then a broken line; more than that is another file, or numbers written otherwise. */
const REFUSED_AT_MOST = 0.01;

const older = (list: string) => new RegisterError('older', `The copy of ${list} in use is newer than this one`);

/** The register cannot be taken in. The message is fit to be shown. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError';

  constructor(
    readonly reason: 'empty' | 'older' | 'busy' | 'too_large' | 'doubtful',
    message: string,
  ) {
    super(message);
  }
}

export interface RegisterImport {
  list: string;
  /** Epoch ms: the day of the copy. */
  date: number;
  by: string;
  country: string;
  body: AsyncIterable<Uint8Array>;
  maxBytes: number;
  /** A person looked at what is doubtful about it, and wants it all the same. */
  anyway: boolean;
}

export interface Imported {
  numbers: number;
  refused: number;
  refusedLines: number[];
}

export class RegisterImporter {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly store: Pick<DncStore, 'copies' | 'beginCopy' | 'addNumbers' | 'finishCopy' | 'dropCopy'>,
    private readonly clock: Clock,
  ) {}

  /** @throws RegisterError, or whatever ends the body early */
  async take(wanted: RegisterImport): Promise<Imported> {
    const { list, date } = wanted;
    if (this.underWay.has(list)) throw new RegisterError('busy', `Another copy of ${list} is being imported`);
    this.underWay.add(list);
    try {
      const copies = await this.store.copies();
      if (copies.some((copy) => copy.list === list && copy.state === 'current' && copy.date > date)) {
        throw older(list);
      }
      return await this.load(wanted);
    } finally {
      this.underWay.delete(list);
    }
  }

  /** Removes copies that are no longer looked into, and those that a stopped relay left half read. */
  async tidy(): Promise<void> {
    for (const { copy, state, imported } of await this.store.copies()) {
      const abandoned = state === 'loading' && this.clock.now() - imported > ABANDONED_MS;
      if (state === 'old' || abandoned) await this.drop(copy);
    }
  }

  private async load({ list, date, by, country, body, maxBytes, anyway }: RegisterImport): Promise<Imported> {
    const copy = randomUUID();
    await this.store.beginCopy({ copy, list, date, imported: this.clock.now(), importedBy: by });
    try {
      const { seen, ...read } = await this.read(copy, new RegisterReader(country), body, maxBytes);
      if (!anyway) checkRefused(read.refused, seen);
      return { numbers: await this.close(copy, list, read.refused, anyway), ...read };
    } catch (error) {
      await this.drop(copy);
      throw error;
    }
  }

  private async close(copy: string, list: string, refused: number, anyway: boolean): Promise<number> {
    const finished = await this.store.finishCopy(copy, refused, anyway);
    if (!finished.ok) {
      if (finished.reason === 'older') throw older(list);
      const { numbers, before } = finished;
      throw doubtful(`It holds ${numbers} numbers, and the copy of ${list} in use holds ${before}`);
    }
    await this.tidy();
    return finished.numbers;
  }

  private async read(
    copy: string,
    reader: RegisterReader,
    body: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<Omit<Imported, 'numbers'> & { seen: number }> {
    const refusedLines: number[] = [];
    let [refused, bytes, held, seen] = [0, 0, 0, 0];
    let blocks = new Map<number, number[]>();
    const keep = (lines: Lines) => {
      refused += lines.refused;
      refusedLines.push(...lines.refusedLines);
      for (const number of lines.numbers) {
        const { prefix, suffix } = place(number);
        const block = blocks.get(prefix);
        if (block === undefined) blocks.set(prefix, [suffix]);
        else block.push(suffix);
      }
      held += lines.numbers.length;
      seen += lines.numbers.length;
    };
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new RegisterError('too_large', 'The register is too large');
      keep(reader.take(chunk));
      if (held < PORTION) continue;
      await this.write(copy, blocks);
      blocks = new Map();
      held = 0;
    }
    keep(reader.end());
    // An empty copy would let everybody be called.
    if (seen === 0) throw new RegisterError('empty', 'The register holds no numbers');
    await this.write(copy, blocks);
    return { refused, refusedLines, seen };
  }

  private async write(copy: string, blocks: ReadonlyMap<number, number[]>): Promise<void> {
    let portion: NewBlock[] = [];
    for (const [prefix, suffixes] of blocks) {
      portion.push({ prefix, suffixes });
      if (portion.length < BLOCKS_PER_COMMIT) continue;
      await this.store.addNumbers(copy, portion);
      portion = [];
    }
    if (portion.length > 0) await this.store.addNumbers(copy, portion);
  }

  private async drop(copy: string): Promise<void> {
    while (await this.store.dropCopy(copy));
  }
}

function doubtful(what: string): RegisterError {
  return new RegisterError('doubtful', `${what}. If that is right, send it again and confirm it`);
}

/** A copy most of which could not be read would let everybody in the rest of it be called. */
function checkRefused(refused: number, seen: number): void {
  if (refused <= Math.max(1, (refused + seen) * REFUSED_AT_MOST)) return;
  throw doubtful(`${refused} of ${refused + seen} lines hold no number`);
}
