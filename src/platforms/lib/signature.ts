/**
 * Webhook signatures: HMAC-SHA256 over the exact bytes received. The platforms do not all state an encoding, so every
 * usual spelling of the 32 bytes is understood; the comparison itself is always over bytes and in constant time.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of an HMAC-SHA256. */
const DIGEST_BYTES = 32;
/** Longest header looked at, characters: `sha256=` and 64 hex digits are 71, anything much longer is not a signature. */
const MAX_HEADER_CHARS = 128;

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;
const BASE64URL = /^[A-Za-z0-9_-]{43}=?$/;

/** A header given once, or undefined: absent, empty and repeated ones say nothing that could be trusted. */
export function singleHeader(value: string | string[] | undefined): string | undefined {
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
  return one === undefined || one === '' ? undefined : one;
}

function signatureBytes(header: string): Buffer | undefined {
  if (header.length > MAX_HEADER_CHARS) return undefined;
  const text = header.replace(/^sha256=/i, '');
  if (HEX.test(text)) return Buffer.from(text, 'hex');
  const encoding = BASE64.test(text) ? 'base64' : BASE64URL.test(text) ? 'base64url' : undefined;
  if (encoding === undefined) return undefined;
  const bytes = Buffer.from(text, encoding);
  // One spelling per signature: the last character carries two bits that a lax decoder would ignore.
  const canonical = bytes.toString(encoding).replace(/=$/, '') === text.replace(/=$/, '');
  return canonical && bytes.length === DIGEST_BYTES ? bytes : undefined;
}

/**
 * Whether `header` is the HMAC-SHA256 of `rawBody` under any of `secrets` (several during rotation), written as hex in
 * either case, base64 or base64url, with or without `sha256=`. No secret, no signature and a repeated header are false.
 */
export function isSigned(
  rawBody: Uint8Array,
  header: string | string[] | undefined,
  secrets: readonly string[],
): boolean {
  const text = singleHeader(header);
  const given = text === undefined ? undefined : signatureBytes(text);
  if (given === undefined) return false;
  let match = false;
  for (const secret of secrets) {
    // HMAC with an empty key is computable by anybody.
    if (secret === '') continue;
    const wanted = createHmac('sha256', secret).update(rawBody).digest();
    // No early exit: how long this takes does not tell which secret matched.
    if (timingSafeEqual(wanted, given)) match = true;
  }
  return match;
}

/** The signature a platform would send, lower-case hex, under the first of `secrets`. */
export function signatureOf(body: string, secrets: readonly string[]): string {
  return createHmac('sha256', secrets[0] ?? '')
    .update(body)
    .digest('hex');
}

/** Constant-time comparison of two texts of any length; an empty `wanted` never matches. */
export function isSameSecret(given: string | undefined, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  const same = timingSafeEqual(digest(given ?? ''), digest(wanted));
  return same && given !== undefined && wanted !== '';
}
