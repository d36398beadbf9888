/** The configuration cannot be used. Each problem is one line that begins with the path of the key. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly string[],
    options?: { cause?: unknown },
  ) {
    super(problems.join('\n'), options);
    this.name = 'ConfigError';
  }
}
