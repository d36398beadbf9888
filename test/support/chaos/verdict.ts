/** What every fault run ends with, and how it is shown. */
export interface Verdict {
  name: string;
  outcome: 'held' | 'broken' | 'skipped';
  /** What was counted and measured. */
  facts: Record<string, number | string>;
  /** Why it broke or was skipped, one sentence each. */
  problems: string[];
}

export interface FaultOptions {
  seed: number;
  /** The form that takes minutes, run by hand. */
  long: boolean;
}

export function verdictOf(name: string, facts: Verdict['facts'], problems: readonly string[]): Verdict {
  return { name, outcome: problems.length === 0 ? 'held' : 'broken', facts, problems: [...problems] };
}

export function skipped(name: string, why: string): Verdict {
  return { name, outcome: 'skipped', facts: {}, problems: [why] };
}

/** Rows as text with aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, n) => (widths[n] = Math.max(widths[n] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
