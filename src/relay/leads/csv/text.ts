/** Bytes of a file as text: which encoding, then decoded piece by piece. Spreadsheets write all of these. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Bytes looked at to find the encoding. */
export const SNIFF_BYTES = 64 * 1024;

/** Control characters that text does not have. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/; // eslint-disable-line no-control-regex -- that is what is looked for

function byMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Text in a Latin script has a zero in every second byte of UTF-16, and none in anything else. */
function byZeros(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < bytes.length / 10) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // `stream`: a character cut off at the end of the sample is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The encoding of a file by its first bytes; undefined when it is no text. @param whole the sample is the whole file */
export function encodingOf(sample: Uint8Array): Encoding | undefined {
  const encoding = byMark(sample) ?? byZeros(sample) ?? (isUtf8(sample) ? 'utf-8' : 'windows-1252');
  const text = new TextDecoder(encoding).decode(sample, { stream: true });
  return CONTROLS.test(text) ? undefined : encoding;
}

export interface Decoder {
  /** The text of the next bytes. Bytes that are no text become U+FFFD, which rows are refused for. */
  push(bytes: Uint8Array): string;
  end(): string;
}

/** The byte order mark is left out. */
export function createDecoder(encoding: Encoding): Decoder {
  const decoder = new TextDecoder(encoding);
  return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}
