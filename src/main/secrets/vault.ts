/**
 * Secrets kept by the system's keychain where there is one. Where there is none they live in memory for this run only,
 * and the person is told; nothing secret is ever written in clear.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file';

/** The system's keychain, as far as it is used. */
export interface Cipher {
  /** False where encryption would only pretend (no keyring, or a password everybody knows). */
  available: () => boolean;
  /** Throw on failure. */
  encrypt: (text: string) => Buffer;
  decrypt: (sealed: Buffer) => string;
}

export type SecretName = 'team.token' | 'solo.platforms' | 'journal.key';

/** `kept`: survives a restart. `memory`: for this run only. */
export type Keeping = 'kept' | 'memory';

const fileSchema = z.record(z.string(), z.string());

export class Vault {
  readonly #memory = new Map<SecretName, string>();

  /** @param file JSON in the profile: secret name → sealed bytes in base64 */
  constructor(
    private readonly file: string,
    private readonly cipher: Cipher,
    private readonly failed: (what: string, cause: unknown) => void,
  ) {}

  /** Whether what is set survives a restart. */
  get keeps(): boolean {
    return this.cipher.available();
  }

  /** Undefined when there is none, or when the keychain no longer opens it: then it must be entered again. */
  get(name: SecretName): string | undefined {
    const known = this.#memory.get(name);
    if (known !== undefined) return known;
    const sealed = this.#read()[name];
    if (sealed === undefined || !this.cipher.available()) return undefined;
    try {
      const secret = this.cipher.decrypt(Buffer.from(sealed, 'base64'));
      this.#memory.set(name, secret);
      return secret;
    } catch (error) {
      this.failed('secret.unreadable', error);
      return undefined;
    }
  }

  set(name: SecretName, secret: string): Keeping {
    this.#memory.set(name, secret);
    if (!this.cipher.available()) return 'memory';
    try {
      const sealed = this.cipher.encrypt(secret).toString('base64');
      writeFileAtomic(this.file, JSON.stringify({ ...this.#read(), [name]: sealed }));
      return 'kept';
    } catch (error) {
      this.failed('secret.not_kept', error);
      return 'memory';
    }
  }

  #read(): Record<string, string> {
    if (!existsSync(this.file)) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (error) {
      this.failed('secrets.unreadable', error);
      return {};
    }
  }
}
