/** What is wrong with a file that an operator named; undefined when the error is of something else. */
export function fileFault(file: string, error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^E[A-Z]+$/.test(code) ? `${file} cannot be read (${code})` : undefined;
}
