import { createHash } from 'node:crypto';

/** What is kept of an agent token. Comparing hashes by index also leaves no timing to learn a token from. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
