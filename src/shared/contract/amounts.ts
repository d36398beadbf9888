/** Money as it is stored and sent: digits as text, which no float ever rounds, and whose money it is. */
import { z } from 'zod';

/** ISO 4217, as banks write it. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'is a currency of three capitals, such as INR');

/** Plain decimal digits, more than nothing: twelve before the point are more than any debt, four after it are the most of any currency. */
const valueSchema = z
  .string()
  .regex(/^(?=.*[1-9])(0|[1-9]\d{0,11})(\.\d{1,4})?$/, 'is an amount above zero, such as "1500" or "1500.50"');

export const amountSchema = z.strictObject({ value: valueSchema, currency: currencySchema });
export type Amount = z.infer<typeof amountSchema>;
