/** What the floor says about itself: JSON lines, never a name, number, summary, secret or body. */
export interface Log {
  info(message: string, details?: Record<string, string | number | boolean>): void;
  error(message: string, error: unknown): void;
}

/** Writes to stderr: stdout belongs to the ready line. */
export function stderrLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const say = (level: string, message: string, details: object) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), message, ...details })}\n`);
  return {
    info: (message, details = {}) => say('info', message, details),
    error: (message, error) =>
      say('error', message, error instanceof Error ? { error: error.name, reason: error.message } : {}),
  };
}
