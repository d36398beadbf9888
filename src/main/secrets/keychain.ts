/** Electron's `safeStorage` as a cipher. */
import { safeStorage } from 'electron';
import type { Cipher } from './vault';

/* eslint-disable @typescript-eslint/no-deprecated -- the asynchronous calls that replace these are missing in Electron 33, the oldest that the desk runs on */

/** On Linux without a keyring Electron encrypts with a password that everybody knows: that counts as none. */
export function systemKeychain(platform: NodeJS.Platform): Cipher {
  return {
    available: () =>
      safeStorage.isEncryptionAvailable() &&
      (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
