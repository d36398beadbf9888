import { createHash } from 'node:crypto';

/** SHA-256 of an agent token, hex. */
export type TokenHash = string;

/** What is kept of an agent token. Comparing hashes by index also leaves no timing to learn a token from. */
export function tokenHash(token: string): TokenHash {
  return createHash('sha256').update(token).digest('hex');
}
