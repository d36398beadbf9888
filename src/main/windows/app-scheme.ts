/**
 * `app://desk/…`: the windows' pages come from here and from nowhere else. The scheme is a standard, secure one; it reads
 * files of the renderer's folder only, says what type they are, and sends the content security policy with each.
 */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

export const APP_SCHEME = 'app';
export const APP_HOST = 'desk';

/** QUALITY §3: no network, no inline anything, no framing. Sounds are the product's own files. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const TYPES: Partial<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
};

/** Address of a page. */
export function pageUrl(page: string): string {
  return `${APP_SCHEME}://${APP_HOST}/${page}.html`;
}

/** The page's name when `url` is one of our pages, whatever its query or fragment; else undefined. */
export function pageOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, username, password } = new URL(url);
  if (protocol !== `${APP_SCHEME}:` || host !== APP_HOST || username !== '' || password !== '') return undefined;
  return /^\/([a-z-]+)\.html$/.exec(pathname)?.[1];
}

/** File below `root` that a request names, or undefined when it names none that we would serve. */
export function fileFor(root: string, requested: string): { file: string; type: string } | undefined {
  if (!URL.canParse(requested)) return undefined;
  const url = new URL(requested);
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  // Written so that nothing depends on how a platform reads separators, drives or dots.
  if (!/^\/[\w./-]+$/.test(name) || name.split('/').some((part) => part.startsWith('.'))) return undefined;
  const file = path.join(root, ...name.split('/'));
  const type = TYPES[path.extname(file)];
  return type === undefined || !file.startsWith(root + path.sep) ? undefined : { file, type };
}

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Bytes from `start` to `end`, both included. */
interface Range {
  start: number;
  end: number;
}

/** The part of a file that is asked for; undefined: all of it; `outside`: there is no such part. */
function rangeOf(header: string | null, size: number): Range | 'outside' | undefined {
  const [, first, last = ''] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) return 'outside';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/**
 * A file as it is asked for. Chromium asks for sounds in parts, and now and then takes the whole of one for no sound at
 * all (electron/electron#51442): the call would come in silence.
 */
function answer(body: Uint8Array<ArrayBuffer>, type: string, asked: string | null): Response {
  const size = body.byteLength;
  const headers = { ...HEADERS, 'content-type': type, 'accept-ranges': 'bytes' };
  const range = rangeOf(asked, size);
  if (range === 'outside')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const part = { 'content-length': String(end + 1 - start) };
  if (range === undefined) return new Response(body, { headers: { ...headers, ...part } });
  return new Response(body.subarray(start, end + 1), {
    status: 206,
    headers: { ...headers, ...part, 'content-range': `bytes ${start}-${end}/${size}` },
  });
}

/** Answers requests of the scheme from the files below `root`. */
export function appSchemeHandler(root: string): (request: Request) => Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: HEADERS });
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const found = fileFor(root, request.url);
    if (found === undefined) return refuse(404);
    try {
      // A link inside the folder must not lead out of it.
      const real = await realpath(found.file);
      if (!real.startsWith((await realpath(root)) + path.sep)) return refuse(404);
      return answer(new Uint8Array(await readFile(real)), found.type, request.headers.get('range'));
    } catch {
      return refuse(404);
    }
  };
}
