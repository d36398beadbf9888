import { expect, test } from 'vitest';
import { amountSchema } from '../../../src/shared/contract/amounts';

const taken = (value: unknown, currency: unknown = 'INR') => amountSchema.safeParse({ value, currency }).success;

test.each(['1', '1500', '1500.5', '1500.50', '0.01', '0.0001', '999999999999.9999'])('%j is an amount', (value) => {
  expect(taken(value)).toBe(true);
});

test.each([
  1500,
  '',
  '0',
  '0.00',
  '-1',
  '+1',
  '01',
  '1.',
  '.5',
  '1,500',
  '1e3',
  '1.00001',
  '1000000000000',
  '१५००',
  '1\n',
])('%j is none', (value) => {
  expect(taken(value)).toBe(false);
});

test.each(['inr', 'RS', 'INRS', '₹', ''])('%j is no currency', (currency) => {
  expect(taken('1', currency)).toBe(false);
});
