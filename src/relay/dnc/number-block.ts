/**
 * Many phone numbers in little room. A number is a prefix and its last four digits; the numbers of one prefix make a block:
 * their last digits in order, two bytes each, or a bitmap where that is shorter. A register of millions is some thousand
 * blocks, a lookup reads one, and blocks can be filled in any order.
 */

/** Numbers that share a prefix. */
export const BLOCK_SIZE = 10_000;
const BITMAP_BYTES = BLOCK_SIZE / 8;
/** A longer list would be as long as the bitmap, and its length is what tells the two apart. */
const MAX_LISTED = BITMAP_BYTES / 2 - 1;

export interface Placed {
  prefix: number;
  suffix: number;
}

/** @param number digits with country code, at most 15 of them, as a number */
export function place(number: number): Placed {
  return { prefix: Math.floor(number / BLOCK_SIZE), suffix: number % BLOCK_SIZE };
}

const view = (block: Uint8Array) => new DataView(block.buffer, block.byteOffset, block.byteLength);

function* suffixesOf(block: Uint8Array): Generator<number> {
  if (block.length === BITMAP_BYTES) {
    for (let suffix = 0; suffix < BLOCK_SIZE; suffix += 1) if (bitOf(block, suffix)) yield suffix;
    return;
  }
  const data = view(block);
  for (let at = 0; at < block.length; at += 2) yield data.getUint16(at);
}

const bitOf = (bitmap: Uint8Array, suffix: number) => ((bitmap[suffix >> 3] ?? 0) & (1 << (suffix & 7))) !== 0;

/** A block of these numbers, and of those that are in a block already. */
export function blockOf(suffixes: Iterable<number>, known?: Uint8Array): Uint8Array {
  const all = new Set(suffixes);
  if (known !== undefined) for (const suffix of suffixesOf(known)) all.add(suffix);
  if (all.size > MAX_LISTED) {
    const bitmap = new Uint8Array(BITMAP_BYTES);
    for (const suffix of all) bitmap[suffix >> 3] = (bitmap[suffix >> 3] ?? 0) | (1 << (suffix & 7));
    return bitmap;
  }
  const block = new Uint8Array(all.size * 2);
  const data = view(block);
  for (const [index, suffix] of [...all].sort((a, b) => a - b).entries()) data.setUint16(index * 2, suffix);
  return block;
}

export function hasSuffix(block: Uint8Array, suffix: number): boolean {
  if (block.length === BITMAP_BYTES) return bitOf(block, suffix);
  const data = view(block);
  let [low, high] = [0, block.length / 2 - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = data.getUint16(middle * 2);
    if (found === suffix) return true;
    if (found < suffix) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

export function countOf(block: Uint8Array): number {
  if (block.length !== BITMAP_BYTES) return block.length / 2;
  let count = 0;
  for (let byte of block) for (; byte !== 0; byte &= byte - 1) count += 1;
  return count;
}
