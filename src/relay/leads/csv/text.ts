/** Bytes of a file as text: which encoding, then decoded piece by piece. Spreadsheets write all of these. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1254'] as const;
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

/** Ğ İ Ş ğ ı ş of Turkish, where other Windows files have Ð Ý Þ ð ý þ. */
const TURKISH = /[\u00d0\u00dd\u00de\u00f0\u00fd\u00fe]/;
/** Letters that the languages with those have beside them, and Turkish has not. */
const NOT_TURKISH = /[\u00c1\u00c6\u00cd\u00d3\u00da\u00e1\u00e6\u00ed\u00f3\u00fa]/;

/** Two encodings that differ in six letters: by the country whose numbers they are, else by the letters. */
function windowsOf(sample: Uint8Array, country: string | undefined): Encoding {
  if (country === 'TR') return 'windows-1254';
  const text = new TextDecoder('windows-1252').decode(sample);
  return TURKISH.test(text) && !NOT_TURKISH.test(text) ? 'windows-1254' : 'windows-1252';
}

/**
 * The encoding of a file by its first bytes; undefined when it is no text.
 * @param country ISO 3166, of numbers without a country code
 */
export function encodingOf(sample: Uint8Array, country: string | undefined): Encoding | undefined {
  const encoding = byMark(sample) ?? byZeros(sample) ?? (isUtf8(sample) ? 'utf-8' : windowsOf(sample, country));
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
