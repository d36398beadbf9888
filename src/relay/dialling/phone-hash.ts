import { createHash } from 'node:crypto';

/**
 * What stands for a number in tables that outlive the wish to be forgotten: SHA-256 of its digits with country code, hex.
 * It keeps numbers out of sight; against somebody who tries all numbers nothing short of a kept secret would.
 */
export function phoneHash(phone: string): string {
  return createHash('sha256').update(phone.replace(/\D/g, '')).digest('hex');
}
