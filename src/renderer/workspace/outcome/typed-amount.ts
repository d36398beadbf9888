/**
 * An amount of money as people type it, understood to the digit: it is text all the way and never a float. What could be
 * meant in two ways is not guessed. Pure.
 */
import { asciiDigit } from '../../../shared/lib/digits';

/** Whose numbers, and which money. */
export interface Money {
  locale: string;
  /** ISO 4217. */
  currency: string;
}

/** `too_exact`: more digits after the point than the currency has. */
export type AmountFault = 'not_a_number' | 'unclear' | 'too_exact' | 'too_large' | 'zero';
export type Understood = { ok: true; value: string } | { ok: false; why: AmountFault };

/** Digits before the point that are kept (`amountSchema`). */
const MAX_WHOLE = 12;
/** 1,500,000 and 15,00,000: the same mark all the way, nothing but three digits at the end. */
const GROUPED = [/^[1-9]\d{0,2}([ ',.])\d{3}(?:\1\d{3})*$/, /^[1-9]\d?([ ',.])(?:\d{2}\1)+\d{3}$/];
const isGrouped = (text: string) => GROUPED.some((shape) => shape.test(text));
/** Marks of writing direction, which come along with what is pasted. */
const UNSEEN = /[\u061c\u200e\u200f]/g;

/** Digits after the point that the currency has: 2 of the rupee, none of the yen, 3 of the dinar. */
function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
}

/** How the locale writes something. */
function part({ locale, currency }: Money, type: 'decimal' | 'currency', currencyDisplay: 'symbol' | 'code'): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay,
    minimumFractionDigits: 1,
  });
  return format.formatToParts(1.5).find((one) => one.type === type)?.value ?? '';
}

/** Digits of every script as 0–9, one sort of space and apostrophe, and no sign of the currency at either end. */
function plainText(typed: string, money: Money): string {
  const digits = Array.from(typed, (character) => asciiDigit(character) ?? character).join('');
  const text = digits.replace(UNSEEN, '').replace(/\s+/g, ' ').replace(/’/g, "'").trim();
  for (const display of ['symbol', 'code'] as const) {
    const sign = part(money, 'currency', display);
    if (text.startsWith(sign)) return text.slice(sign.length).trim();
    if (text.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
}

/** What stands before the decimal mark and after it; undefined: it could be meant in two ways. */
function split(text: string, money: Money, decimals: number): [whole: string, fraction: string] | undefined {
  const last = /[.,](?=[^.,]*$)/.exec(text);
  if (last === null) return [text, ''];
  const [mark] = last;
  const [before, after] = [text.slice(0, last.index), text.slice(last.index + 1)];
  if (before.includes(mark)) return [text, ''];
  if (/\D/.test(before)) return [before, after];
  const fits = after.length <= decimals;
  // The only mark: a decimal one, or the one that groups?
  if (mark === part(money, 'decimal', 'symbol')) return isGrouped(text) && !fits ? undefined : [before, after];
  if (isGrouped(text)) return [text, ''];
  // After more than three digits no mark groups; after fewer it may be a slip.
  return before.length > 3 && fits ? [before, after] : undefined;
}

export function understandAmount(typed: string, money: Money): Understood {
  const not = (why: AmountFault): Understood => ({ ok: false, why });
  const text = plainText(typed, money).replace(/[.,]$/, '');
  if (!/^[\d ',.]*\d[\d ',.]*$/.test(text)) return not('not_a_number');
  const decimals = decimalsOf(money.currency);
  const [whole, fraction] = split(text, money, decimals) ?? [];
  if (whole === undefined || fraction === undefined) return not('unclear');
  if (!/^\d*$/.test(fraction) || !(/^\d*$/.test(whole) || isGrouped(whole))) return not('unclear');
  if (fraction.length > decimals) return not('too_exact');
  const digits = whole.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length > MAX_WHOLE) return not('too_large');
  const rest = /[1-9]/.test(fraction) ? `.${fraction.padEnd(decimals, '0')}` : '';
  if (digits === '' && rest === '') return not('zero');
  return { ok: true, value: `${digits === '' ? '0' : digits}${rest}` };
}

/** An amount the way the locale writes it, to type after. */
export function exampleAmount({ locale, currency }: Money): string {
  const decimals = decimalsOf(currency);
  const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, shown).format(decimals === 0 ? 1500 : 1500.5);
}
