/** Webhook bodies to plain JSON objects that are safe to keep, copy and store. Never throws. */

/** Deepest nesting of a body. Real ones have three levels; thousands would overflow the stack of whoever copies them. */
const MAX_DEPTH = 64;

export type ParsedBody = { ok: true; value: Record<string, unknown> } | { ok: false; reason: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in this one bit, and so do `]` and `}`. */
const CASE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if ((code | CASE_BIT) === OPENING) depth += 1;
    else if ((code | CASE_BIT) === CLOSING) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Integer ids beyond 2^53 would be rounded, and two calls become one: they are read as text. Only keys have a colon. */
const LONG_INTEGER_ID = /("(?:call_id|callId|id)"\s*:\s*)(\d{16,300})(?=\s*[,}])/g;

// eslint-disable-next-line no-control-regex -- NUL is what this looks for: PostgreSQL's jsonb refuses it
const UNSTORABLE = /\u0000|\p{Surrogate}/u;
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

function cleanText(text: string): string {
  return UNSTORABLE.test(text) ? text.replace(EVERY_UNSTORABLE, '\ufffd') : text;
}

/** Only what survives being stored: no NUL, no half surrogates, no `__proto__`, no number beyond what JSON can say. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (key !== '__proto__') kept[cleanText(key)] = clean(inner);
  return kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops a BOM, replaces what is not UTF-8; keeps no state between calls. */
const utf8 = new TextDecoder('utf-8');

export type ParsedJson = { ok: true; value: unknown } | { ok: false; reason: string };

/**
 * UTF-8 JSON, with or without BOM. Bytes that are not UTF-8 become U+FFFD rather than costing the whole event. With
 * duplicate keys the last one counts.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  const text = utf8.decode(bytes);
  if (text.trim() === '') return { ok: false, reason: 'empty body' };
  if (isTooDeep(text)) return { ok: false, reason: `nested deeper than ${MAX_DEPTH} levels` };
  try {
    const value: unknown = JSON.parse(text.replace(LONG_INTEGER_ID, '$1"$2"'));
    return { ok: true, value: clean(value) };
  } catch {
    // The parser's own message quotes the body, which may hold what callers said.
    return { ok: false, reason: 'not valid JSON' };
  }
}

/** A JSON object as webhooks carry it. */
export function parseBody(rawBody: Uint8Array): ParsedBody {
  const parsed = parseJson(rawBody);
  if (!parsed.ok) return parsed;
  return isRecord(parsed.value) ? { ok: true, value: parsed.value } : { ok: false, reason: 'not a JSON object' };
}
