import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tail } from '../../../src/relay/desks/tail';

const entry = (offset: number, size = 1) => ({ offset, body: 'x'.repeat(size), audience: [] });

test('the tail gives everything after an offset, or says that it cannot', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 }),
      fc.nat(200),
      (head, steps, asked) => {
        const tail = new Tail(head);
        let at = head;
        const offsets = steps.map((step) => (at += step));
        for (const offset of offsets) tail.push(entry(offset));
        const found = tail.after(asked)?.map(({ offset }) => offset);
        if (asked < head) expect(found).toBeUndefined();
        else expect(found).toEqual(offsets.filter((offset) => offset > asked));
      },
    ),
  );
});

test('a tail that has forgotten its beginning never gives a part as if it were the whole', () => {
  const tail = new Tail(0);
  for (let offset = 1; offset <= 25_000; offset += 1) tail.push(entry(offset));
  const oldest =
    Array.from({ length: 25_000 }, (_, offset) => offset).find((offset) => tail.after(offset) !== undefined) ?? 0;
  expect(oldest).toBeGreaterThan(10_000);
  expect(tail.after(oldest)).toHaveLength(25_000 - oldest);
  expect(tail.after(oldest - 1)).toBeUndefined();
});

test('a tail of few but huge entries stays small too', () => {
  const tail = new Tail(0);
  for (let offset = 1; offset <= 100; offset += 1) tail.push(entry(offset, 1024 * 1024));
  expect(tail.after(0)).toBeUndefined();
  expect(tail.after(99)).toHaveLength(1);
});
