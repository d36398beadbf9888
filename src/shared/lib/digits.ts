/** Digits of the scripts that people here type in. Pure. */

const ZEROS = [0x0966, 0x0660, 0x06f0, 0x09e6, 0xff10];

/** `५` → `5`; undefined for what is no digit of another script. */
export function asciiDigit(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? undefined : String(code - zero);
}
