/** Every way to spoil a platform's published body that we could think of, and what must become of it. */

export interface NastyBody {
  name: string;
  body: Buffer;
  /** `unknown`: kept as not understood; `same`: no difference; `understood`: still its own type; else only sound. */
  expected?: 'unknown' | 'same' | 'understood';
}

type Json = Record<string, unknown>;

const MIB = 1024 * 1024;
const DEVANAGARI = 'ग्राहक ने बकाया राशि पर आपत्ति जताई';
const EMOJI = '👩🏽‍💻🙏🇮🇳';

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same JSON with `change` applied to every leaf; undefined removes it. */
function mapLeaves(value: unknown, change: (leaf: unknown, key: string) => unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change, key));
  if (!isObject(value)) return change(value, key);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapLeaves(inner, change, name)]));
}

const IDS = /^(?:call_id|id|event_id|campaign_id)$/;
const TYPES = /^(?:event|event_type|type|role)$/;
const isCore = (key: string): boolean => IDS.test(key) || TYPES.test(key);
const isTime = (key: string): boolean => /time|timestamp|utc/.test(key);

/** All leaves but the ones that say what happened to which call. */
function spoil(body: Json, value: (leaf: unknown, key: string) => unknown): Buffer {
  return bytesOf(mapLeaves(body, (leaf, key) => (isCore(key) ? leaf : value(leaf, key))));
}

function spoilIds(body: Json, value: unknown): Buffer {
  return bytesOf(mapLeaves(body, (leaf, key) => (IDS.test(key) ? value : leaf)));
}

function spoilTypes(body: Json, value: unknown): Buffer {
  return bytesOf(mapLeaves(body, (leaf, key) => (TYPES.test(key) ? value : leaf)));
}

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { down: value };
  return value;
}

/** The body with every object inside replaced by `value`. */
function flatten(body: Json, value: unknown): Buffer {
  return bytesOf(
    Object.fromEntries(Object.entries(body).map(([key, inner]) => [key, isObject(inner) ? value : inner])),
  );
}

/** `field` added to the body and to every object within. */
function withField(body: Json, name: string, value: unknown): Json {
  const inside = Object.entries(body).map(([key, inner]) => [
    key,
    isObject(inner) ? withField(inner, name, value) : inner,
  ]);
  return { ...(Object.fromEntries(inside) as Json), [name]: value };
}

export function nastyBodies(bytes: Buffer): NastyBody[] {
  const text = bytes.toString('utf8');
  const body = JSON.parse(text) as Json;
  const opening = text.indexOf('{') + 1;
  const inject = (json: string): Buffer => Buffer.from(`${text.slice(0, opening)}${json},${text.slice(opening)}`);
  const texts = (change: string): Buffer =>
    spoil(body, (leaf, key) => (typeof leaf === 'string' && !isTime(key) ? change : leaf));
  // Custom fields are the customer's own: nobody but they knows whether text is meant as a number.
  const numbers = (change: (leaf: number) => unknown): Buffer =>
    spoil(body, (leaf, key) =>
      typeof leaf === 'number' && !isTime(key) && key !== 'loan_amount' ? change(leaf) : leaf,
    );
  const times = (value: unknown): Buffer => spoil(body, (leaf, key) => (isTime(key) ? value : leaf));

  return [
    { name: 'no bytes at all', body: Buffer.alloc(0), expected: 'unknown' },
    { name: 'only white space', body: Buffer.from(' \r\n\t '), expected: 'unknown' },
    { name: 'only a BOM', body: Buffer.from([0xef, 0xbb, 0xbf]), expected: 'unknown' },
    { name: 'NUL bytes', body: Buffer.alloc(100), expected: 'unknown' },
    { name: 'random bytes', body: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80, 0xc0, 0xaf]), expected: 'unknown' },
    { name: 'UTF-16', body: Buffer.from(text, 'utf16le'), expected: 'unknown' },
    { name: 'plain words', body: Buffer.from('call escalated'), expected: 'unknown' },
    { name: 'a form', body: Buffer.from('event=call.escalated&call_id=1'), expected: 'unknown' },
    { name: 'XML', body: Buffer.from('<?xml version="1.0"?><event/>'), expected: 'unknown' },
    { name: 'HTML of a proxy', body: Buffer.from('<html><body>502 Bad Gateway</body></html>'), expected: 'unknown' },
    { name: 'cut off half way', body: bytes.subarray(0, bytes.length >> 1), expected: 'unknown' },
    { name: 'sent twice in one body', body: Buffer.concat([bytes, bytes]), expected: 'unknown' },
    { name: 'a comment inside', body: Buffer.from(text.replace('{', '{ // what happened\n')), expected: 'unknown' },
    { name: 'a block comment inside', body: Buffer.from(text.replace('{', '{ /* role */ ')), expected: 'unknown' },
    { name: 'a trailing comma', body: Buffer.from(text.replace(/\}\s*$/, ',}')), expected: 'unknown' },
    { name: 'single quotes', body: Buffer.from(text.replaceAll('"', "'")), expected: 'unknown' },
    { name: 'NaN as a value', body: inject('"x": NaN'), expected: 'unknown' },
    { name: 'a raw line break in a text', body: inject('"x": "a\nb"'), expected: 'unknown' },
    { name: 'null', body: Buffer.from('null'), expected: 'unknown' },
    { name: 'a number', body: Buffer.from('42'), expected: 'unknown' },
    { name: 'a text', body: bytesOf(text), expected: 'unknown' },
    { name: 'an empty object', body: Buffer.from('{}'), expected: 'unknown' },
    { name: 'a list of events', body: bytesOf([body]), expected: 'unknown' },
    { name: 'a hundred thousand brackets', body: Buffer.from('['.repeat(100_000)), expected: 'unknown' },
    {
      name: 'balanced brackets, 5,000 deep',
      body: inject(`"x":${'['.repeat(5000)}${']'.repeat(5000)}`),
      expected: 'unknown',
    },
    { name: 'an extra field nested 50 deep', body: bytesOf({ ...body, extra: nested(50) }), expected: 'understood' },
    { name: 'an extra field nested 500 deep', body: bytesOf({ ...body, extra: nested(500) }), expected: 'unknown' },

    {
      name: 'no ids',
      body: bytesOf(mapLeaves(body, (leaf, key) => (IDS.test(key) ? undefined : leaf))),
      expected: 'unknown',
    },
    { name: 'null ids', body: spoilIds(body, null), expected: 'unknown' },
    { name: 'empty ids', body: spoilIds(body, ''), expected: 'unknown' },
    { name: 'blank ids', body: spoilIds(body, '   '), expected: 'unknown' },
    { name: 'ids that are objects', body: spoilIds(body, { id: 1 }), expected: 'unknown' },
    { name: 'ids that are lists', body: spoilIds(body, [1]), expected: 'unknown' },
    { name: 'ids that are flags', body: spoilIds(body, true), expected: 'unknown' },
    { name: 'ids with line breaks', body: spoilIds(body, 'call\r\nX-Evil: 1'), expected: 'unknown' },
    { name: 'ids of 10,000 characters', body: spoilIds(body, 'x'.repeat(10_000)), expected: 'unknown' },
    { name: 'integer ids', body: spoilIds(body, 42), expected: 'understood' },
    { name: 'negative ids', body: spoilIds(body, -42), expected: 'understood' },
    { name: 'fractional ids', body: spoilIds(body, 4.2), expected: 'understood' },
    { name: 'ids in Devanagari', body: spoilIds(body, DEVANAGARI), expected: 'understood' },
    {
      name: 'ids with slashes, colons and percent signs',
      body: spoilIds(body, '../a:b%00/c?d#e'),
      expected: 'understood',
    },
    { name: 'ids named __proto__', body: spoilIds(body, '__proto__'), expected: 'understood' },
    {
      name: 'half a surrogate pair as id',
      body: Buffer.from(spoilIds(body, 'ID').toString().replaceAll('"ID"', '"\\ud83d"')),
    },

    { name: 'every other leaf missing', body: spoil(body, () => undefined) },
    { name: 'every other leaf null', body: spoil(body, () => null) },
    { name: 'every other leaf an empty text', body: spoil(body, () => '') },
    { name: 'every other leaf a number', body: spoil(body, () => 7) },
    { name: 'every other leaf a negative number', body: spoil(body, () => -7) },
    { name: 'every other leaf true', body: spoil(body, () => true) },
    { name: 'every other leaf an empty list', body: spoil(body, () => []) },
    { name: 'every other leaf an empty object', body: spoil(body, () => ({})) },
    { name: 'every other leaf a list of nulls', body: spoil(body, () => [null, null]) },
    { name: 'every object null', body: flatten(body, null) },
    { name: 'every object a list', body: flatten(body, []) },
    { name: 'every object a text', body: flatten(body, 'object') },
    { name: 'all types null', body: spoilTypes(body, null) },
    { name: 'all types unheard of', body: spoilTypes(body, 'quantum-leap') },
    { name: 'all types of megabyte length', body: spoilTypes(body, 'x'.repeat(MIB)) },
    { name: 'all types named constructor', body: spoilTypes(body, 'constructor') },
    { name: 'all types named __proto__', body: spoilTypes(body, '__proto__') },

    { name: 'texts in Devanagari', body: texts(DEVANAGARI), expected: 'understood' },
    { name: 'texts of emoji', body: texts(EMOJI), expected: 'understood' },
    { name: 'texts of markup', body: texts('<img src=x onerror=alert(1)>{{7*7}}${7*7}'), expected: 'understood' },
    {
      name: 'texts of a megabyte',
      body: spoil(body, (leaf, key) => (/summary|message|transcript/.test(key) ? 'ग'.repeat(MIB / 3) : leaf)),
      expected: 'understood',
    },
    {
      name: 'texts with NUL escapes',
      body: Buffer.from(texts('NUL').toString().replaceAll('"NUL"', '"a\\u0000b"')),
      expected: 'understood',
    },
    {
      name: 'texts with half a surrogate pair',
      body: Buffer.from(texts('HALF').toString().replaceAll('"HALF"', '"a\\ud83db"')),
      expected: 'understood',
    },
    {
      name: 'texts with bytes that are not UTF-8',
      body: Buffer.from(texts('BYTES').toString().replaceAll('BYTES', 'Andr\xe9'), 'latin1'),
      expected: 'understood',
    },
    { name: 'texts with right-to-left overrides', body: texts('\u202eevil\u202c'), expected: 'understood' },
    { name: 'texts with every control escape', body: texts('\b\f\n\r\t\u0001\u001f\u007f'), expected: 'understood' },

    { name: 'numbers as text', body: numbers(String), expected: 'same' },
    { name: 'numbers as text with spaces', body: numbers((n) => ` ${n} `), expected: 'understood' },
    { name: 'negative numbers', body: numbers((n) => -n), expected: 'understood' },
    {
      name: 'huge numbers',
      body: Buffer.from(
        numbers(() => 'HUGE')
          .toString()
          .replaceAll('"HUGE"', '1e999'),
      ),
      expected: 'understood',
    },
    { name: 'numbers as words', body: numbers(() => 'a lot'), expected: 'understood' },
    {
      name: 'numbers with 300 digits',
      body: Buffer.from(
        numbers(() => 'LONG')
          .toString()
          .replaceAll('"LONG"', '9'.repeat(300)),
      ),
      expected: 'understood',
    },

    { name: 'times as Unix seconds', body: times(1760084505), expected: 'understood' },
    { name: 'times as Unix seconds in text', body: times('1760084505'), expected: 'understood' },
    { name: 'times as Unix milliseconds', body: times(1760084505123), expected: 'understood' },
    { name: 'times with an Indian offset', body: times('2024-01-15T11:43:22+05:30'), expected: 'understood' },
    { name: 'times without zone', body: times('2024-01-15T11:43:22'), expected: 'understood' },
    { name: 'times of nonsense', body: times('111111'), expected: 'understood' },
    { name: 'times in the year one', body: times('0001-01-01T00:00:00Z'), expected: 'understood' },
    { name: 'times in words', body: times('just now'), expected: 'understood' },
    { name: 'times that are objects', body: times({ seconds: 1760084505 }), expected: 'understood' },
    { name: 'times that are null', body: times(null), expected: 'understood' },

    { name: 'every key twice', body: inject(text.trim().slice(1, -1)), expected: 'same' },
    { name: 'a prototype key', body: inject('"__proto__": {"polluted": true, "call_id": "stolen"}'), expected: 'same' },
    {
      name: 'a prototype key spelt with escapes',
      body: inject('"__pr\\u006fto__": {"polluted": true}'),
      expected: 'same',
    },
    {
      name: 'prototype keys everywhere',
      body: Buffer.from(
        bytesOf(withField(body, 'PROTO', { polluted: true }))
          .toString()
          .replaceAll('PROTO', '__proto__'),
      ),
      expected: 'same',
    },
    {
      name: 'fields named like methods',
      body: bytesOf(withField(withField(body, 'constructor', 1), 'toString', 'x')),
      expected: 'understood',
    },
    {
      name: 'unknown fields everywhere',
      body: bytesOf(withField(body, 'brand_new', { a: [1, null, DEVANAGARI] })),
      expected: 'understood',
    },
    {
      name: '10,000 unknown fields',
      body: bytesOf({ ...Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, n])), ...body }),
      expected: 'understood',
    },
    {
      name: 'our own field names with wrong kinds',
      body: bytesOf(
        [
          'turns',
          'contact_',
          'origin',
          'transfer',
          'partial',
          'key',
          'by',
          'agent',
          'unread',
          'lease_until',
          'seq',
        ].reduce((made, name) => withField(made, name, 13), body),
      ),
      expected: 'understood',
    },
    {
      name: 'keys in another order',
      body: bytesOf(Object.fromEntries(Object.entries(body).reverse())),
      expected: 'same',
    },
    {
      name: 'pretty-printed with tabs and CRLF',
      body: Buffer.from(JSON.stringify(body, null, '\t').replaceAll('\n', '\r\n')),
      expected: 'same',
    },
    { name: 'white space around', body: Buffer.from(`\r\n ${text} \n\n`), expected: 'same' },
    {
      name: 'all text as escapes',
      body: Buffer.from(
        JSON.stringify(body).replace(
          /[a-z](?=[^"]*"\s*[,}\]])/g,
          (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      ),
      expected: 'same',
    },
  ];
}
