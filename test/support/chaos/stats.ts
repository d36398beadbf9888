/** Percentiles of measured times. */
export interface Spread {
  count: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

/** @param values in any order; an empty list gives NaN everywhere */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  // Nearest rank: a percentile is always a value that was really measured.
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

/** Milliseconds for a table: one digit after the point. */
export const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Epoch milliseconds with fractions, comparable between processes of one machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();
