/** Pieces of the platforms' configuration sections. */
import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function isSafeBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  return (url.protocol === 'https:' || isPlain) && url.username === '' && url.search === '' && url.hash === '';
}

/** Base address of a REST API, with or without its version part. Keys never travel in the clear but on this machine. */
export function baseSchema(usual: string): z.ZodDefault<z.ZodString> {
  return z.string().refine(isSafeBase, 'must be an https address (http only on this machine)').default(usual);
}

/** API key or secret header value: printable and without spaces, so that it can be a header. */
export const keySchema = z.string().regex(/^[\x21-\x7e]{1,4096}$/, 'must be printable ASCII without spaces');

/** Signing secrets, newest first; several during rotation. */
export const secretsSchema = z.array(z.string().min(1)).max(10);
