/** English in accents and a third longer: shows what is not in the catalogue and what does not fit. */
const ACCENTS: Partial<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'û',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ö',
  U: 'Û',
  C: 'Ç',
  N: 'Ñ',
  S: 'Š',
};

export interface Words {
  readonly [key: string]: string | Words;
}

function pseudoText(text: string): string {
  const parts = text.split(/(\{\{.*?\}\})/);
  const accented = parts.map((part) =>
    part.startsWith('{{') ? part : part.replaceAll(/[a-z]/gi, (letter) => ACCENTS[letter] ?? letter),
  );
  return `[${accented.join('')}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}

export function pseudo(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? pseudoText(value) : pseudo(value)]),
  );
}
