import { describe, expect, test } from 'vitest';
import { isAllowed } from '../../src/platforms/lib/allow-list';
import { parseBody } from '../../src/platforms/lib/body';
import { compact, contactOf, eventIdOf, extras, subjectOf } from '../../src/platforms/lib/decoding';
import { Fields } from '../../src/platforms/lib/fields';
import { turnsFromList, turnsFromText } from '../../src/platforms/lib/turns';

const parse = (text: string) => parseBody(Buffer.from(text));

describe('bodies', () => {
  test('a BOM in front is not part of the JSON', () => {
    expect(parse('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  test.each([
    ['', 'empty body'],
    ['  \n', 'empty body'],
    ['{"a":1,}', 'not valid JSON'],
    ['{"a":1} // said', 'not valid JSON'],
    ['hello', 'not valid JSON'],
    ['[1]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'nested deeper than 64 levels'],
    ['['.repeat(1_000_000), 'nested deeper than 64 levels'],
  ])('%.20s is refused: %s', (text, reason) => {
    expect(parse(text)).toEqual({ ok: false, reason });
  });

  test('brackets inside strings are not depth', () => {
    expect(parse(JSON.stringify({ a: '[{\\"['.repeat(200) })).ok).toBe(true);
  });

  test('bytes that are not UTF-8 cost a character, not the event', () => {
    expect(parseBody(Buffer.from('{"name":"Andr\xe9"}', 'latin1'))).toEqual({
      ok: true,
      value: { name: 'Andr\ufffd' },
    });
  });

  test('NUL and half surrogates become replacement characters, whole emoji stay', () => {
    expect(parse('{"a":"x\\u0000y","b":"\\ud83d","c":"\\ud83d\\ude00","d":["\\udc00"]}')).toEqual({
      ok: true,
      value: { a: 'x\ufffdy', b: '\ufffd', c: '😀', d: ['\ufffd'] },
    });
  });

  test.each([
    '{"__proto__":{"polluted":1},"a":1}',
    '{"\\u005f_proto__":{"polluted":1},"a":1}',
    '{"__pr\\u006fto__":{"polluted":1},"a":1}',
  ])('%s leaves no prototype behind', (text) => {
    const body = parse(text);
    expect(body.ok && Object.keys(body.value)).toEqual(['a']);
    expect(body.ok && 'polluted' in body.value).toBe(false);
  });

  test('integer ids beyond what a double holds keep every digit', () => {
    const body = parse(
      '{"payload":{"call_id":9007199254740993,"call":{"id": 12345678901234567890}},"n":9007199254740993}',
    );
    expect(body.ok && body.value.payload).toEqual({
      call_id: '9007199254740993',
      call: { id: '12345678901234567890' },
    });
  });

  test('what looks like an id inside a text is left alone', () => {
    const said = 'he said "call_id": 9007199254740993, twice';
    const body = parse(JSON.stringify({ said }));
    expect(body.ok && body.value.said).toBe(said);
  });
});

describe('fields', () => {
  const of = (source: unknown) => new Fields(source);

  test('a field of the wrong kind is absent', () => {
    const fields = of({ text: {}, number: 'many', flag: 'maybe', list: {}, record: [], nothing: null });
    expect(fields.text('text')).toBeUndefined();
    expect(fields.number('number')).toBeUndefined();
    expect(fields.flag('flag')).toBeUndefined();
    expect(fields.list('list')).toBeUndefined();
    expect(fields.record('record')).toBeUndefined();
    expect(fields.text('nothing')).toBeUndefined();
    expect(fields.any('nothing')).toBeUndefined();
  });

  test.each<[unknown, number | undefined]>([
    ['94', 94],
    [' 94.5 ', 94.5],
    ['1e3', 1000],
    ['0x10', undefined],
    ['', undefined],
    ['Infinity', undefined],
    [true, undefined],
    ['९४', undefined],
  ])('the number in %o is %o', (value, number) => {
    expect(of({ value }).number('value')).toBe(number);
  });

  test('a negative length of time is dropped and kept among the rest', () => {
    const fields = of({ duration_seconds: -5 });
    expect(fields.duration('duration_seconds')).toBeUndefined();
    expect(fields.rest()).toEqual({ duration_seconds: -5 });
  });

  test('inherited properties are not fields', () => {
    expect(of({}).any('constructor', 'toString', '__proto__')).toBeUndefined();
  });

  test('the first alias that can be read wins, the others stay among the rest', () => {
    const fields = of({ a: {}, b: 'two', c: 'three' });
    expect(fields.text('a', 'b', 'c')).toBe('two');
    expect(fields.rest()).toEqual({ a: {}, c: 'three' });
  });
});

describe('data of events', () => {
  test('unknown fields keep their names; our own names that could not be read go under unread', () => {
    const source = new Fields({ duration_seconds: -5, mood: 'fine', summary: null, turns: 'x' });
    expect(extras('call.ended', source)).toEqual({ mood: 'fine', unread: { duration_seconds: -5, turns: 'x' } });
  });

  test('a platform cannot claim that an agent of ours started the call', () => {
    const source = new Fields({ origin: { agent: 'asha' } });
    expect(extras('call.started', source)).not.toHaveProperty('origin');
  });

  test('contacts carry what else the platform says of them', () => {
    expect(contactOf('Amit', undefined, { city: 'Pune', name: 5 })).toEqual({ name: 'Amit', city: 'Pune' });
    expect(contactOf(undefined, undefined, {})).toBeUndefined();
  });

  test.each([
    ['7', 'salpre:7'],
    [' 7 ', 'salpre:7'],
    ['', undefined],
    ['  ', undefined],
    [undefined, undefined],
    ['a\nb', undefined],
    ['x'.repeat(400), undefined],
    ['कॉल', 'salpre:कॉल'],
  ])('call id %o has the subject %o', (id, subject) => {
    expect(subjectOf('salpre', id)).toBe(subject);
  });

  test('event ids that cannot be ids are not used', () => {
    expect(eventIdOf('evt_1')).toBe('evt_1');
    for (const id of [undefined, '', 'a\u0000b', 'x'.repeat(500)]) expect(eventIdOf(id)).toBeUndefined();
  });

  test('compact leaves null, false, zero and empty text alone', () => {
    expect(compact({ a: undefined, b: null, c: false, d: 0, e: '' })).toEqual({ b: null, c: false, d: 0, e: '' });
  });
});

describe('conversations', () => {
  test('labels at line starts become turns, other lines continue them', () => {
    expect(turnsFromText('Agent: Hello.\nHow are you?\r\n\nCaller: Fine: thanks\n[00:12] **AI Agent:** Good.')).toEqual(
      [
        { speaker: 'ai', text: 'Hello.\nHow are you?' },
        { speaker: 'customer', text: 'Fine: thanks' },
        { speaker: 'ai', text: 'Good.' },
      ],
    );
  });

  test('the person who took over is not the AI', () => {
    expect(turnsFromText('Live Agent: I have it.\nUser (01:02): Finally.')).toEqual([
      { speaker: 'agent', text: 'I have it.' },
      { speaker: 'customer', text: 'Finally.' },
    ]);
  });

  test.each([undefined, '', '\n\n', 'no labels here', 'Priya: hello\nAgent: hi', '::::', 'http://example: x'])(
    '%o has no recognised labels',
    (text) => {
      expect(turnsFromText(text)).toBeUndefined();
    },
  );

  test('a megabyte on one line is read in linear time', () => {
    const started = performance.now();
    turnsFromText(`${' '.repeat(500_000)}${'a '.repeat(500_000)}`);
    turnsFromText('[((**'.repeat(200_000));
    turnsFromText(`AI: ${'x'.repeat(1024 * 1024)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('lists keep order, times and extra fields, and leave out system prompts and junk', () => {
    const list = [
      { role: 'system', message: 'You are an agent' },
      { role: 'bot', message: 'Namaste', time: 1744364970174, secondsFromStart: 1.4 },
      { role: 'user', message: '🙏' },
      null,
      'text',
      { role: 'user' },
      { type: 'ai', message: 'ok', at: 'never' },
    ];
    expect(turnsFromList(list)).toEqual([
      { speaker: 'ai', text: 'Namaste', at: '2025-04-11T09:49:30.174Z', secondsFromStart: 1.4 },
      { speaker: 'customer', text: '🙏' },
      { speaker: 'ai', text: 'ok' },
    ]);
  });
});

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8'], false],
  ['203.0.113.9', ['203.0.113.9'], true],
  ['2001:db8::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32', '10.0.0.0/8'], false],
  ['not an address', ['10.0.0.0/8'], false],
  [undefined, ['0.0.0.0/0'], false],
  ['10.1.2.3', [], false],
])('%o within %o: %o', (address, allowed, expected) => {
  expect(isAllowed(address, allowed)).toBe(expected);
});
