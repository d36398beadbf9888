import { createHash } from 'node:crypto';

/** What is remembered of a deleted event's id: enough to know it again, and nothing of a person it may name. */
export function keptId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
