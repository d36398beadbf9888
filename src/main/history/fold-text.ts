/**
 * Text as it is searched: case, accents and the dotless i do not matter, digits of every script are digits. The same
 * folding on both sides, the index and the question. Pure.
 */
import { asciiDigit } from '../../shared/lib/digits';

/** Accents of Latin, Greek and Cyrillic letters; the signs of Indian scripts are letters of their own and stay. */
const ACCENTS = /[\u0300-\u036f]/g;

function foldOne(character: string): string {
  if (character >= '\u0000' && character < '\u0080') return character.toLowerCase();
  const digit = asciiDigit(character);
  if (digit !== undefined) return digit;
  return character
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replaceAll('ı', 'i')
    .normalize('NFC');
}

export function foldText(text: string): string {
  let folded = '';
  for (const character of text) folded += foldOne(character);
  return folded;
}

/** Folded text with, for every UTF-16 unit of it, where in the original it came from. */
export function foldWithMap(text: string): { folded: string; from: number[] } {
  let folded = '';
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = foldOne(character);
    from.push(...new Array<number>(piece.length).fill(at));
    folded += piece;
    at += character.length;
  }
  from.push(at);
  return { folded, from };
}

/** Only the digits, of any script. */
export function digitsOf(text: string): string {
  return foldText(text).replaceAll(/\D/g, '');
}
