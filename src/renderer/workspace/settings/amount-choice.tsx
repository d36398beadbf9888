import { Choice } from './choice';

/** One of a few amounts; an amount from the settings file that is none of them is offered, too. */
export function AmountChoice({
  label,
  value,
  amounts,
  words,
  onChange,
}: {
  label: string;
  value: number;
  amounts: readonly number[];
  words: (amount: number) => string;
  onChange: (amount: number) => void;
}) {
  const offered = amounts.includes(value) ? amounts : [...amounts, value].toSorted((a, b) => a - b);
  return (
    <Choice
      label={label}
      value={String(value)}
      options={offered.map((amount) => ({ value: String(amount), label: words(amount) }))}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  );
}
