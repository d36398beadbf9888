import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSameSecret, isSigned } from '../../src/platforms/lib/signature';

const SECRET = 'whsec_one';
const OTHER = 'whsec_two';
const body = Buffer.from('{"event":"call.escalated","call":{"contact_name":"अमित 🙏"}}');
const of = (bytes: Uint8Array, secret: string) => createHmac('sha256', secret).update(bytes).digest();
const mac = of(body, SECRET);
const hex = mac.toString('hex');
const base64 = mac.toString('base64');
const base64url = mac.toString('base64url');
const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
const latin1 = Buffer.from('{"name":"Andr\xe9"}', 'latin1');
const empty = Buffer.alloc(0);

function flipped(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
}
/** Same 32 bytes to a lax decoder: the last base64 character has two unused bits. */
function slack(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = text.at(-2)!;
  return `${text.slice(0, -2)}${alphabet[alphabet.indexOf(last) ^ 1]!}=`;
}

type Vector = [
  name: string,
  header: string | string[] | undefined,
  accepted: boolean,
  bytes?: Uint8Array,
  secrets?: string[],
];
const vectors: Vector[] = [
  ['lower-case hex', hex, true],
  ['upper-case hex', hex.toUpperCase(), true],
  ['mixed-case hex', hex.slice(0, 32) + hex.slice(32).toUpperCase(), true],
  ['hex with sha256=', `sha256=${hex}`, true],
  ['upper-case hex with sha256=', `sha256=${hex.toUpperCase()}`, true],
  ['hex with SHA256=', `SHA256=${hex}`, true],
  ['base64', base64, true],
  ['base64 with sha256=', `sha256=${base64}`, true],
  ['base64url', base64url, true],
  ['base64url with padding', `${base64url}=`, true],
  ['a header given once as a list', [hex], true],
  ['the older of two secrets', hex, true, body, [OTHER, SECRET]],
  ['the newer of two secrets', hex, true, body, [SECRET, OTHER]],
  ['the last of ten secrets', hex, true, body, [...Array.from({ length: 9 }, (_, n) => `old ${n}`), SECRET]],
  ['an empty secret beside the right one', hex, true, body, ['', SECRET]],
  ['a body with a BOM, signed with it', of(bom, SECRET).toString('hex'), true, bom],
  ['a body that is not UTF-8', of(latin1, SECRET).toString('hex'), true, latin1],
  ['an empty body', of(empty, SECRET).toString('hex'), true, empty],
  ['a secret beyond ASCII', of(body, 'गुप्त').toString('hex'), true, body, ['गुप्त']],
  ['no header', undefined, false],
  ['an empty header', '', false],
  ['only the prefix', 'sha256=', false],
  ['an empty list of headers', [], false],
  ['the same header twice', [hex, hex], false],
  ['the same header twice, joined', `${hex}, ${hex}`, false],
  ['a wrong one before the right one, joined', `${flipped(hex, 0)}, ${hex}`, false],
  ['another secret', of(body, OTHER).toString('hex'), false],
  ['no secret configured', hex, false, body, []],
  ['only an empty secret, signed with it', of(body, '').toString('hex'), false, body, ['']],
  ['only an empty secret, signed with the right one', hex, false, body, ['']],
  ['a tampered body', hex, false, Buffer.concat([body, Buffer.from(' ')])],
  ['a body with one bit changed', hex, false, Buffer.from(body.map((byte, n) => (n === 10 ? byte ^ 1 : byte)))],
  [
    'a body with its keys reordered',
    hex,
    false,
    Buffer.from('{"call":{"contact_name":"अमित 🙏"},"event":"call.escalated"}'),
  ],
  ['a body that lost its BOM', of(bom, SECRET).toString('hex'), false, body],
  ['a body decoded and encoded again', of(latin1, SECRET).toString('hex'), false, Buffer.from(latin1.toString('utf8'))],
  ['first digit wrong', flipped(hex, 0), false],
  ['last digit wrong', flipped(hex, 63), false],
  ['one digit short', hex.slice(0, -1), false],
  ['half of it', hex.slice(0, 32), false],
  ['one digit more', `${hex}0`, false],
  ['twice in a row', hex + hex, false],
  ['oversized', hex.padEnd(64 * 1024, '0'), false],
  ['oversized, only spaces behind it', hex.padEnd(200, ' '), false],
  ['not hex', 'z'.repeat(64), false],
  ['hex with a space inside', `${hex.slice(0, 32)} ${hex.slice(32)}`, false],
  ['hex in quotes', `"${hex}"`, false],
  ['hex with 0x', `0x${hex}`, false],
  ['hex with a NUL behind', `${hex}\u0000`, false],
  ['another algorithm named', `sha1=${hex}`, false],
  ['the prefix twice', `sha256=sha256=${hex}`, false],
  ['a version list of another scheme', `v1,${base64}`, false],
  ['base64 without its last character', base64.slice(0, -2), false],
  ['base64 with slack bits set', slack(base64), false],
  ['base64 of the hex text', Buffer.from(hex).toString('base64'), false],
  ['SHA-1 of the body', createHmac('sha1', SECRET).update(body).digest('hex'), false],
  ['SHA-512 of the body', createHmac('sha512', SECRET).update(body).digest('hex'), false],
  ['full-width digits', hex.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))), false],
];

describe('webhook signatures', () => {
  test.each(vectors)('%s', (_name, header, accepted, bytes = body, secrets = [SECRET]) => {
    expect(isSigned(bytes, header, secrets)).toBe(accepted);
  });

  test('there are at least forty vectors, of both kinds', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(40);
    expect(vectors.filter(([, , accepted]) => accepted).length).toBeGreaterThan(10);
  });

  test('any single changed bit of the signature is refused', () => {
    for (let bit = 0; bit < 256; bit += 1) {
      const bytes = Buffer.from(mac);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(isSigned(body, bytes.toString('hex'), [SECRET])).toBe(false);
    }
  });
});

test.each([
  ['secret', 'secret', true],
  ['secret', 'Secret', false],
  ['secre', 'secret', false],
  ['secret ', 'secret', false],
  ['', '', false],
  [undefined, '', false],
  [undefined, 'secret', false],
])('secret %o against %o', (given, wanted, same) => {
  expect(isSameSecret(given, wanted)).toBe(same);
});
