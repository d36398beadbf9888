/**
 * Raw bodies are encrypted at rest (AES-256-GCM), so that a copied or backed-up database alone does not hold them in
 * the clear. The key is the configured one, or lies in a file of its own beside the database.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OWNER_ONLY = 0o600;

export interface Seal {
  /** Nonce, tag and ciphertext in one. */
  seal(body: Uint8Array): Uint8Array;
  /** Undefined when it was sealed with another key, or damaged. */
  open(sealed: Uint8Array): Buffer | undefined;
}

export function createSeal(key: Uint8Array): Seal {
  return {
    seal: (body) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const text = Buffer.concat([cipher.update(body), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed);
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

/** A key of any length from the configuration, as 32 bytes. */
export function configuredKey(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** The key in a file, made at the first start. */
export function keyFromFile(file: string): Uint8Array {
  try {
    // `wx`: two processes that start at once must not each write their own.
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: OWNER_ONLY, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}
